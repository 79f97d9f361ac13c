import { createHash } from "node:crypto";
import type { Db, Tables } from "./schema.ts";

/** Who did something: a person by identifier, a service by name, the operator, or the platform by itself. */
export type Actor = `person ${string}` | `service ${string}` | "operator" | "platform";

/** What happened. No personal data: identifiers, states, amounts, and of certificates issuer and serial number. */
export interface AuditEntry {
  readonly actor: Actor;
  /** `noun.verb`, e.g. `mykey.issue`. */
  readonly action: `${string}.${string}`;
  /** The person whose account it is about. */
  readonly subject: string | null;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

type AuditLine = Omit<Tables["audit"], "hash">;

/** SHA-256 over the hash of the line before and the line: a changed line changes every hash after it. Hexadecimal. */
export function lineHash(previous: string, { sequence, at, actor, action, subject, details }: AuditLine): string {
  const line = JSON.stringify([previous, sequence, at, actor, action, subject, details]);
  return createHash("sha256").update(line).digest("hex");
}

/**
 * Adds lines to the audit log. Holds up every other writer from here to the end of the transaction, so it is the last
 * thing that a transaction does.
 * @param db the transaction of the change that the lines are about
 */
export async function appendAudit(db: Db, entries: readonly AuditEntry[], now: number): Promise<void> {
  if (entries.length === 0) return;
  const anchor = await db
    .updateTable("audit_anchor")
    .set((of) => ({ lines: of("lines", "+", entries.length) }))
    .returning(["lines", "hash"])
    .executeTakeFirstOrThrow();
  let { hash } = anchor;
  const first = anchor.lines - entries.length + 1;
  const rows = entries.map(({ actor, action, subject, details = {} }, at) => {
    const line = { sequence: first + at, at: now, actor, action, subject, details: JSON.stringify(details) };
    hash = lineHash(hash, line);
    return { ...line, hash };
  });
  await db.insertInto("audit").values(rows).execute();
  await db.updateTable("audit_anchor").set({ hash }).execute();
}
