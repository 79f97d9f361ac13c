import { lineHash } from "./audit.ts";
import type { Db } from "./schema.ts";

/**
 * What is wrong with the audit log: a line that is missing, one that is not as it was written, lines missing at the
 * end, lines that are too many, or an anchor that does not fit.
 */
export type AuditProblem = "line-missing" | "line-changed" | "end-missing" | "line-added" | "anchor-changed";

export interface AuditVerdict {
  /** How many lines are in order, from the first. */
  readonly lines: number;
  /** Of the last line in order. Noted down elsewhere, it shows later whether all of this was written anew. */
  readonly hash: string;
  /** Null: the log is whole. `sequence` counts from 1. */
  readonly problem: { readonly kind: AuditProblem; readonly sequence: number } | null;
}

const pageSize = 1000;

/**
 * Recomputes the chain of the audit log while others may go on writing to it. It cannot prove that nobody rewrote
 * lines, chain and anchor together: whoever can write to the database can.
 */
export async function verifyAudit(db: Db): Promise<AuditVerdict> {
  // In this order: what is added in between is in the anchor too, and none of it is taken for an intruder.
  const { last } = await db
    .selectFrom("audit")
    .select((of) => of.fn.max("sequence").as("last"))
    .executeTakeFirstOrThrow();
  const anchor = await db.selectFrom("audit_anchor").select(["lines", "hash"]).executeTakeFirst();
  if (!anchor) return { lines: 0, hash: "", problem: { kind: "anchor-changed", sequence: 0 } };
  const verdict = await verifyChain(db, anchor.lines);
  if (verdict.problem) return verdict;
  const found = (kind: AuditProblem, sequence: number) => ({ ...verdict, problem: { kind, sequence } });
  if (verdict.hash !== anchor.hash) return found("anchor-changed", anchor.lines);
  return (last ?? 0) > anchor.lines ? found("line-added", anchor.lines + 1) : verdict;
}

async function verifyChain(db: Db, lines: number): Promise<AuditVerdict> {
  let hash = "";
  let verified = 0;
  const broken = (kind: AuditProblem, sequence: number) => ({ lines: verified, hash, problem: { kind, sequence } });
  while (verified < lines) {
    const page = await db
      .selectFrom("audit")
      .selectAll()
      .where("sequence", ">", verified)
      .where("sequence", "<=", lines)
      .orderBy("sequence")
      .limit(pageSize)
      .execute();
    if (page.length === 0) return broken("end-missing", verified + 1);
    for (const line of page) {
      if (line.sequence !== verified + 1) return broken("line-missing", verified + 1);
      const expected = lineHash(hash, line);
      if (line.hash !== expected) return broken("line-changed", line.sequence);
      hash = expected;
      verified = line.sequence;
    }
  }
  return { lines: verified, hash, problem: null };
}
