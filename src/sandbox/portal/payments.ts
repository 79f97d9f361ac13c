import { createHash } from "node:crypto";
import type { Demands, Paid, Payment } from "../../portal/wire/payments.ts";
import type { Session } from "../http/session.ts";
import { dayAt } from "../points/day.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { changeOfUser, requireUser } from "./change.ts";
import { demandsOf } from "./people/demands.ts";
import { seedOf } from "./people/seed.ts";

/** What a person is to pay, and what they have paid, of this year. @throws {Refusal} not-registered */
export async function demandsOfPerson(db: Db, person: string, now: number): Promise<Demands> {
  await requireUser(db, person);
  const rows = await db.selectFrom("portal_payment").selectAll().where("person", "=", person).execute();
  const demands = demandsOf(await seedOf(db, person), dayAt(now)).map((demand) => {
    const row = rows.find((paid) => paid.demand === demand.id);
    return { ...demand, paid: row ? { receipt: row.receipt, means: row.means, at: rfc3339(row.paid_at) } : null };
  });
  return { sandbox: true, demands };
}

const receiptDigits = 12;

/** Says what it is: nobody takes it for a real one. */
const receiptOf = (person: string, demand: string): string =>
  `SIM-${createHash("sha256")
    .update(JSON.stringify([person, demand]))
    .digest("hex")
    .slice(0, receiptDigits)
    .toUpperCase()}`;

/**
 * Pays a demand, once, without money.
 * @throws {Refusal} demand-unknown, already-paid, not-registered, session-expired, idempotency-key-reused
 */
export function pay(
  session: Session,
  { demand: id, means, idempotencyKey }: Payment & { readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<Paid> {
  const { person } = session;
  const order = { action: "portal.pay", asked: [id, means], idempotencyKey, details: { demand: id, means } } as const;
  return changeOfUser(session, order, parts, async (db) => {
    const now = parts.now();
    const demand = (await demandsOfPerson(db, person, now)).demands.find((one) => one.id === id);
    if (!demand) throw new Refusal("demand-unknown", "there is no such demand of yours");
    if (demand.paid) throw new Refusal("already-paid", "this has been paid already");
    const receipt = receiptOf(person, id);
    await db.insertInto("portal_payment").values({ person, demand: id, means, receipt, paid_at: now }).execute();
    return { sandbox: true, simulated: true, demand: { ...demand, paid: { receipt, means, at: rfc3339(now) } } };
  });
}
