import { Refusal, rfc3339 } from "../refusal.ts";
import { type ChangeParts, inTransaction } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

/** Whom failed logins count against, and how many are free. */
export interface Suspect {
  /** `account ID` or `address IP`. */
  readonly subject: string;
  readonly free: number;
}

const first = 30 * 1000;
const longest = 60 * 60 * 1000;
/** How long failures are remembered after the last. */
const memory = 24 * 60 * 60 * 1000;

/**
 * Counts an attempt against each suspect before it is made, so that many at once get no further than one after the
 * other; `forgive` takes it back. Past the free ones, each doubles the wait.
 * @throws {Refusal} throttled, saying until when
 */
export async function countAttempt({ db, now }: ChangeParts, suspects: readonly Suspect[]): Promise<void> {
  const blockedUntil = await inTransaction(db, async (transaction) => {
    let latest = 0;
    for (const suspect of suspects) latest = Math.max(latest, await countOne(transaction, suspect, now()));
    return latest;
  });
  if (blockedUntil === 0) return;
  const seconds = Math.ceil((blockedUntil - now()) / 1000);
  const earliest = rfc3339(Math.ceil(blockedUntil / 1000) * 1000);
  throw new Refusal("throttled", `too many failed logins: wait ${seconds} s`, { earliest });
}

/** @returns until when the suspect has to wait; 0: not at all */
async function countOne(db: Db, { subject, free }: Suspect, now: number): Promise<number> {
  const { failures, blocked_until: blockedUntil } = await lock(db, subject, now);
  if (blockedUntil > now) return blockedUntil;
  const over = failures + 1 - free;
  const wait = over < 0 ? 0 : Math.min(longest, first * 2 ** over);
  await db
    .updateTable("throttle")
    .set({ failures: failures + 1, blocked_until: wait === 0 ? 0 : now + wait, expires_at: now + memory })
    .where("subject", "=", subject)
    .execute();
  return 0;
}

/** Has other attempts wait until the transaction ends. */
function lock(db: Db, subject: string, now: number) {
  return db
    .insertInto("throttle")
    .values({ subject, failures: 0, blocked_until: 0, expires_at: now + memory })
    .onConflict((conflict) => conflict.column("subject").doUpdateSet((of) => ({ subject: of.ref("excluded.subject") })))
    .returning(["failures", "blocked_until"])
    .executeTakeFirstOrThrow();
}

/** Forgets the failures that a right login makes harmless. */
export async function forgive(db: Db, subjects: readonly string[]): Promise<void> {
  await db.deleteFrom("throttle").where("subject", "in", subjects).execute();
}
