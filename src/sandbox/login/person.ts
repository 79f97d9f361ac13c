import type { Certificate } from "../certificate/certificate.ts";
import type { CheckedCertificate } from "../certificate/check.ts";
import { appendAudit } from "../store/audit.ts";
import { inTransaction } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

const personIdBytes = 16;

/** A person, and the epoch of the account's sessions. */
export interface KnownPerson {
  readonly id: string;
  readonly epoch: number;
}

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
): Promise<KnownPerson> {
  return (await holderOf(db, certificate)) ?? (await inTransaction(db, register));

  async function register(transaction: Db): Promise<KnownPerson> {
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
      .select(["id", "session_epoch"])
      .where("linkage", "=", linkage)
      .executeTakeFirstOrThrow();
    const { issuer, serialNumber } = certificate;
    const added = await transaction
      .insertInto("certificate")
      .values({
        issuer,
        serial_number: serialNumber,
        person: person.id,
        not_before: certificate.notBefore,
        not_after: certificate.notAfter,
        first_seen: now,
        linked_at: null,
        unlinked_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("person")
      .executeTakeFirst();
    const seen = {
      actor: "platform" as const,
      action: "certificate.see" as const,
      subject: person.id,
      details: { issuer, serialNumber },
    };
    await appendAudit(transaction, added ? [seen] : [], now);
    return { id: person.id, epoch: person.session_epoch };
  }
}

async function holderOf(db: Db, { issuer, serialNumber }: Certificate): Promise<KnownPerson | undefined> {
  return db
    .selectFrom("certificate")
    .innerJoin("person", "person.id", "certificate.person")
    .select(["person.id", "person.session_epoch as epoch"])
    .where("issuer", "=", issuer)
    .where("serial_number", "=", serialNumber)
    .executeTakeFirst();
}
