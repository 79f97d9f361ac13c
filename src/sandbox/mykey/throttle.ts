import { isIPv6 } from "node:net";
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

/** The subject of an address. A household, and a cheap server, has a whole /64 of IPv6: it is counted as one. */
export function addressSubject(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "")
    .replace(/%.*$/, "");
  if (!isIPv6(plain)) return `address ${plain}`;
  const [head = "", tail] = plain.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const rest = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  const prefix = [...groups, ...Array<string>(Math.max(0, zeros)).fill("0"), ...rest].slice(0, 4);
  return `address ${prefix.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/**
 * Counts an attempt against each suspect before it is made, so that many at once get no further than one after the
 * other; `forgive` takes it back. Past the free ones, each doubles the wait. What one suspect has to wait for counts
 * against none: else an address that is blocked could still have accounts blocked.
 * @returns the subjects that have to wait from now on, for the first time since they were forgiven or forgotten
 * @throws {Refusal} throttled, saying until when
 */
export function countAttempt({ db, now }: ChangeParts, suspects: readonly Suspect[]): Promise<readonly string[]> {
  return inTransaction(db, async (transaction) => {
    const counted = [];
    for (const suspect of suspects) counted.push({ ...suspect, ...(await lock(transaction, suspect.subject, now())) });
    const blockedUntil = Math.max(0, ...counted.map((suspect) => suspect.blocked_until));
    // Thrown in here: what the transaction put into the table goes with it.
    if (blockedUntil > now()) throw throttled(blockedUntil, now());
    for (const suspect of counted) await countOne(transaction, suspect, now());
    return counted.filter(({ failures, free }) => failures + 1 === free).map(({ subject }) => subject);
  });
}

/**
 * Counts a guess that turns out to be wrong. Guesses of one suspect are looked at one after the other.
 * @param find what was guessed; undefined: nothing, the guess was wrong
 * @throws {Refusal} throttled, before anything is looked for
 */
export function guess<T>(
  { db, now }: ChangeParts,
  suspect: Suspect,
  find: (transaction: Db) => Promise<T | undefined>,
): Promise<T | undefined> {
  return inTransaction(db, async (transaction) => {
    const counted = { ...suspect, ...(await lock(transaction, suspect.subject, now())) };
    if (counted.blocked_until > now()) throw throttled(counted.blocked_until, now());
    const found = await find(transaction);
    if (found === undefined) await countOne(transaction, counted, now());
    return found;
  });
}

function throttled(until: number, now: number): Refusal {
  const seconds = Math.ceil((until - now) / 1000);
  const earliest = rfc3339(Math.ceil(until / 1000) * 1000);
  return new Refusal("throttled", `too many failed attempts: wait ${seconds} s`, { earliest });
}

async function countOne(db: Db, { subject, free, failures }: Suspect & { failures: number }, now: number) {
  const over = failures + 1 - free;
  const wait = over < 0 ? 0 : Math.min(longest, first * 2 ** over);
  await db
    .updateTable("throttle")
    .set({ failures: failures + 1, blocked_until: wait === 0 ? 0 : now + wait, expires_at: now + memory })
    .where("subject", "=", subject)
    .execute();
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
export async function forgive(db: Db, subject: string): Promise<void> {
  await db.deleteFrom("throttle").where("subject", "=", subject).execute();
}
