import type { IssuedMykeyId } from "../../mykey/wire.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";

/** The MyKey ID that a person can use now. */
export async function activeIdOf(db: Db, person: string): Promise<IssuedMykeyId | undefined> {
  const row = await db
    .selectFrom("mykey")
    .innerJoin("reservation", "reservation.person", "mykey.person")
    .select(["mykey.id", "mykey.furigana", "mykey.issued_at", "reservation.reserved_at"])
    .where("mykey.person", "=", person)
    .where("mykey.state", "=", "active")
    .where("mykey.ended_at", "is", null)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    sandbox: true,
    mykeyId: row.id,
    furigana: row.furigana,
    state: "active",
    issuedAt: rfc3339(row.issued_at),
    reservation: { state: "reserved", at: rfc3339(row.reserved_at) },
    created: false,
  };
}

/** @throws {Refusal} no-mykey-id */
export async function requireActiveId(db: Db, person: string): Promise<IssuedMykeyId> {
  const active = await activeIdOf(db, person);
  if (active) return active;
  throw new Refusal("no-mykey-id", "this person has no MyKey ID");
}
