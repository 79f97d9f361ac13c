import { expect } from "vitest";
import { withdrawApplication } from "../../../src/portal/procedures/applications.ts";
import { canonicalJson, maxSubmissionBytes } from "../../../src/portal/procedures/wire.ts";
import { linkPaths } from "../../../src/portal/wire/links.ts";
import { noticePaths } from "../../../src/portal/wire/notices.ts";
import { type Demands, paymentPaths } from "../../../src/portal/wire/payments.ts";
import { userPaths } from "../../../src/portal/wire/user.ts";
import { portalServiceOperations } from "../../../src/sandbox/http/openapi/operations/portal-services.ts";
import { signerOf } from "../../../src/sandbox/procedures/cms.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { applicant } from "./applicant.ts";
import { now } from "./cards.ts";
import { operationAt, type World } from "./protocol-world.ts";
import { runSandbox } from "./sandbox.ts";

/** What Mynaportal does for who has registered, and refuses to who has not. */
export async function portalServesItsUsers({ ask, post, tokenOf }: World): Promise<void> {
  // Somebody who owes taxes, which not everybody does.
  const token = await tokenOf({ holder: "taxpayer" });
  for (const operation of portalServiceOperations) {
    if (operation.path !== userPaths.registration) await ask(operation, { token });
  }
  await post(userPaths.registration, token, { nickname: " " });
  await post(userPaths.registration, token);
  await post(userPaths.registration, token);
  await post(userPaths.changes, token, { nickname: " " });
  for (const operation of portalServiceOperations) await ask(operation, { token });
  for (const number of [1, 900]) await post(noticePaths.readings, token, { number });
  for (const action of ["connect", "connect", "remove", "remove"]) {
    await post(linkPaths.changes, token, { service: "e-tax", action });
  }
  const { demands } = (await ask(operationAt("GET", paymentPaths.demands), { token })) as unknown as Demands;
  expect(demands).not.toEqual([]);
  for (const _time of [1, 2]) await post(paymentPaths.payments, token, { demand: demands[0]?.id, means: "bank" });
}

type Applicant = Awaited<ReturnType<typeof applicant>>;

/** Whom an application can be handed in to: rejects with the reason where it is refused. */
type Submit = (...submission: Parameters<Applicant["submit"]>) => Promise<{ readonly id: string }>;

const isRefused = (answer: Promise<unknown>, reason: string) =>
  expect(answer).rejects.toMatchObject({ details: { reason } });

/**
 * An application that is received, and everything for which one is not.
 * @param database the platform's, in which the certificate is revoked for a while
 * @returns its identifier
 */
export async function applicationsAreRefused(
  { document, sign }: Applicant,
  submit: Submit,
  database: string,
): Promise<string> {
  const apply = async (...[changed, attachments]: Parameters<Applicant["apply"]>) => {
    const text = canonicalJson(await document(changed));
    return submit(text, await sign(text), attachments);
  };
  const first = await document();
  const text = canonicalJson(first);
  const signature = await sign(text);
  const tooMuch = [{ name: "photo", content: "A".repeat(maxSubmissionBytes) }];
  await isRefused(submit(text, signature, tooMuch), "request-too-large");
  const { id } = await submit(text, signature, [], "taken");
  const second = canonicalJson(await document());
  await isRefused(submit(second, await sign(second), [], "taken"), "idempotency-key-reused");
  await isRefused(submit(second, signature), "signature-refused");
  await isRefused(apply({ nonce: first.nonce, fields: { ...first.fields, newAddress: "京都市" } }), "nonce-unknown");
  await isRefused(apply({ procedure: "131105-nothing" }), "procedure-unknown");
  await isRefused(apply({ procedure: "131105-seal-registration", fields: {} }), "procedure-closed");
  await isRefused(apply({ fields: {} }), "form-refused");
  await isRefused(apply({}, [{ name: "photo", content: "" }]), "attachment-refused");
  await isRefused(apply({ corrects: "nobody's" }), "application-unknown");
  await isRefused(apply({ corrects: id }), "application-decided");
  const { issuer, serialNumber } = signerOf(new Uint8Array(Buffer.from(signature, "base64")), Buffer.from(text));
  const row = { issuer, serial_number: serialNumber, reason: "lost", revoked_at: 0 };
  const { db, close } = await openStore(database, () => now.getTime());
  await db.insertInto("revoked_certificate").values(row).execute();
  await isRefused(apply(), "signer-revoked");
  await db.deleteFrom("revoked_certificate").where("serial_number", "=", serialNumber).execute();
  await close();
  return id;
}

/** Applications that are received, refused and withdrawn. */
export async function applicationsAreDecidedOn(): Promise<void> {
  const { platform, ...sandbox } = await runSandbox();
  const person = await applicant({ ...sandbox, platform });
  const id = await applicationsAreRefused(person, person.submit, sandbox.database);
  const withdraw = (application: string, idempotencyKey: string) =>
    withdrawApplication(platform, person.accessToken, { application, idempotencyKey });
  await isRefused(withdraw("nobody's", "another's"), "application-unknown");
  await withdraw(id, "once");
  await isRefused(withdraw(id, "again"), "application-decided");
}
