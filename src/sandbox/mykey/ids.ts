import type { IssuedMykeyId } from "../../mykey/wire.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";

/** The MyKey ID that a person has now. */
export async function activeIdOf(db: Db, person: string): Promise<IssuedMykeyId | undefined> {
  const row = await db
    .selectFrom("mykey")
    .innerJoin("reservation", "reservation.person", "mykey.person")
    .select(["mykey.id", "mykey.furigana", "mykey.issued_at", "reservation.reserved_at"])
    .where("mykey.person", "=", person)
    .where("mykey.state", "=", "active")
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
