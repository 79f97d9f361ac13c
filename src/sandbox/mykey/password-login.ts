import { Refusal } from "../refusal.ts";
import { appendAudit } from "../store/audit.ts";
import { type ChangeParts, inTransaction } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { isMykeyId } from "./identifier.ts";
import { isPassword } from "./password.ts";
import { addressSubject, countAttempt, forgive } from "./throttle.ts";

export interface PasswordAttempt {
  readonly mykeyId: string;
  readonly password: string;
  /** Where it comes from; null: from this process. */
  readonly address: string | null;
}

/** Who logged in, and the certificate that the account goes with. */
export interface PasswordHolder {
  readonly person: string;
  readonly epoch: number;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Wrong passwords that cost no waiting: of one account, and of one address, behind which may be many people. */
const free = { account: 5, address: 30 } as const;

/**
 * The holder of a MyKey ID by their password. Whether the ID, the password or both are wrong is not told; a card logs in
 * whatever was guessed.
 * @throws {Refusal} throttled, login-refused, account-suspended
 */
export async function passwordHolder(attempt: PasswordAttempt, parts: ChangeParts): Promise<PasswordHolder> {
  const { mykeyId, password, address } = attempt;
  // What can be nobody's ID is looked for nowhere: a stranger's text would fill the table.
  const account = isMykeyId(mykeyId) ? [{ subject: `account ${mykeyId}`, free: free.account }] : [];
  const from = address === null ? [] : [{ subject: addressSubject(address), free: free.address }];
  const blocked = await countAttempt(parts, [...account, ...from]);
  const holder = account.length === 0 ? undefined : await holderOf(parts.db, mykeyId);
  if (!(await isPassword(password, holder?.hash)) || !holder) {
    if (holder && blocked.some((subject) => subject.startsWith("account "))) await recordBlock(holder.person, parts);
    throw new Refusal("login-refused", "the MyKey ID or the password is wrong, or this account has no password");
  }
  // The address stays counted: else one account of one's own would free it for guesses at others.
  await forgive(parts.db, `account ${mykeyId}`);
  if (holder.state === "suspended") throw new Refusal("account-suspended", "this account is suspended");
  const { state: _state, hash: _hash, ...known } = holder;
  return known;
}

/**
 * For the holder to see that others guess. At most one line for an account and day, and each takes as many guesses as
 * are free: the log cannot be filled that way. Other refusals change nothing and stand in the log of requests alone.
 */
function recordBlock(person: string, { db, now }: ChangeParts): Promise<void> {
  const entry = { actor: "platform", action: "login.block", subject: person } as const;
  return inTransaction(db, (transaction) => appendAudit(transaction, [entry], now()));
}

function holderOf(db: Db, mykeyId: string) {
  return db
    .selectFrom("mykey")
    .innerJoin("person", "person.id", "mykey.person")
    .innerJoin("password", "password.person", "mykey.person")
    .innerJoin("certificate", "certificate.person", "mykey.person")
    .select([
      "mykey.person",
      "mykey.state",
      "person.session_epoch as epoch",
      "password.hash",
      "certificate.issuer",
      "certificate.serial_number as serialNumber",
      "certificate.not_before as notBefore",
      "certificate.not_after as notAfter",
    ])
    .where("mykey.id", "=", mykeyId)
    .where("mykey.ended_at", "is", null)
    .where("certificate.linked_at", "is not", null)
    .where("certificate.unlinked_at", "is", null)
    .executeTakeFirst();
}
