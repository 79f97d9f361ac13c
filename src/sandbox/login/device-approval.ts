import type { DeviceApproval } from "../../login/device/wire.ts";
import { devicePaths } from "../../login/device/wire.ts";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { cardFacts } from "../authorization/tokens.ts";
import { appendAudit } from "../store/audit.ts";
import { inTransaction } from "../store/change.ts";
import { decide, requireDecidable } from "./device-login.ts";
import { findOrCreatePerson } from "./person.ts";
import { verifyAssertion } from "./verify.ts";

/**
 * Lets a device in by a card-signed assertion that is for its request and for nothing else: addressed to the approval
 * endpoint, over a nonce of this request.
 * @returns whether its person has registered with Mynaportal
 * @throws {Refusal} assertion-*, certificate-*, nonce-unknown, device-login-*
 */
export async function approve({ request, assertion }: DeviceApproval, parts: CardGrantParts): Promise<boolean> {
  const { db, now, random } = parts;
  await requireDecidable(db, request, now());
  const audience = `${parts.audience}${devicePaths.approvals}`;
  const verified = await verifyAssertion(assertion, { ...parts, audience, boundTo: request });
  const person = await findOrCreatePerson(db, verified, now(), random);
  const facts = JSON.stringify(cardFacts(verified, person.epoch, now()));
  return inTransaction(db, async (transaction) => {
    await decide(transaction, request, { state: "approved", person: person.id, facts }, now());
    const entry = { actor: `person ${person.id}`, action: "device.approve", subject: person.id } as const;
    await appendAudit(transaction, [entry], now());
    const user = transaction.selectFrom("portal_user").select("person").where("person", "=", person.id);
    return (await user.executeTakeFirst()) !== undefined;
  });
}
