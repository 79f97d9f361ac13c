import type { Certificate } from "../certificate/certificate.ts";
import type { CheckedCertificate } from "../certificate/check.ts";
import type { Db } from "../store/schema.ts";

const personIdBytes = 16;

/**
 * The person that a certificate speaks for, made at first sight. Certificates come and go, the identifier stays: the
 * history of serial numbers leads to it. The real platforms learn of renewals from the authority's link data of old
 * and new serial numbers, which the public cannot get; an authority of the simulation keeps its subjects instead.
 */
export async function findOrCreatePerson(
  db: Db,
  { certificate, anchor }: CheckedCertificate,
  now: number,
  random: (length: number) => Uint8Array,
): Promise<string> {
  return (await holderOf(db, certificate)) ?? (await db.transaction().execute(register));

  async function register(transaction: Db): Promise<string> {
    const linkage = anchor.simulated
      ? `subject ${certificate.issuer} ${certificate.subject}`
      : `certificate ${certificate.issuer} ${certificate.serialNumber}`;
    const id = Buffer.from(random(personIdBytes)).toString("hex");
    await transaction
      .insertInto("person")
      .values({ id, linkage, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const person = await transaction
      .selectFrom("person")
      .select("id")
      .where("linkage", "=", linkage)
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto("certificate")
      .values({
        issuer: certificate.issuer,
        serial_number: certificate.serialNumber,
        person: person.id,
        not_before: certificate.notBefore,
        not_after: certificate.notAfter,
        first_seen: now,
        linked_at: null,
        unlinked_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return person.id;
  }
}

async function holderOf(db: Db, { issuer, serialNumber }: Certificate): Promise<string | undefined> {
  const known = await db
    .selectFrom("certificate")
    .select("person")
    .where("issuer", "=", issuer)
    .where("serial_number", "=", serialNumber)
    .executeTakeFirst();
  return known?.person;
}
