import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { PasswordSet } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type ChangeParts, changeOnce } from "../store/change.ts";
import { lockAccount } from "./access.ts";
import { requireActiveId } from "./ids.ts";
import { endSessions } from "./suspension.ts";

/** What the real platform demands of a password is not published. */
export const passwordRules = { shortest: 10, longest: 128 } as const;

/** Memory-hard (RFC 7914): 32 MiB and some tens of milliseconds for each guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const hashBytes = 32;
const saltBytes = 16;

const derive = promisify<string, Uint8Array, number, typeof cost, Buffer>(scrypt);

/** `scrypt$N$r$p$salt$hash`, the last two in Base64url. */
async function hashOf(password: string, salt: Uint8Array): Promise<string> {
  const hash = await derive(password.normalize("NFKC"), salt, hashBytes, cost);
  const parts = ["scrypt", cost.N, cost.r, cost.p, Buffer.from(salt).toString("base64url"), hash.toString("base64url")];
  return parts.join("$");
}

/** Against which a guess is measured where there is no password: it takes as long. */
const nobodys = `scrypt$${cost.N}$${cost.r}$${cost.p}$${randomBytes(saltBytes).toString("base64url")}$`;

/** Whether a password is the one that was hashed; undefined: there is none, which takes as long to say. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, , , , salt = "", hash = ""] = (stored ?? nobodys).split("$");
  const expected = Buffer.from(hash, "base64url");
  const actual = await hashOf(password, Buffer.from(salt, "base64url"));
  const found = Buffer.from(actual.split("$")[5] ?? "", "base64url");
  return expected.length === found.length && timingSafeEqual(expected, found);
}

export interface PasswordOrder {
  readonly password: string;
  readonly idempotencyKey: string;
}

export interface PasswordParts extends ChangeParts {
  random(length: number): Uint8Array;
}

/**
 * Sets or changes the password of a person who logged in with the card; every session ends.
 * @throws {Refusal} card-required, password-malformed, no-mykey-id, session-expired, idempotency-key-reused
 */
export async function setPassword(session: Session, order: PasswordOrder, parts: PasswordParts): Promise<PasswordSet> {
  const { person, method } = session;
  const { password, idempotencyKey } = order;
  if (method !== "card") throw new Refusal("card-required", "a password is set after a login with the card");
  requireForm(password);
  // Both before the transaction, which nobody should wait for. What is remembered of the request is as hard to guess
  // from as the password's own hash.
  const fingerprint = await hashOf(password, Buffer.from(`${person} ${idempotencyKey}`));
  const hash = await hashOf(password, parts.random(saltBytes));
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["password.set", fingerprint] }, async (transaction) => {
    await lockAccount(transaction, session);
    await requireActiveId(transaction, person);
    const row = { hash, changed_at: parts.now() };
    await transaction
      .insertInto("password")
      .values({ person, ...row })
      .onConflict((conflict) => conflict.column("person").doUpdateSet(row))
      .execute();
    await endSessions(transaction, person);
    return {
      answer: { sandbox: true, changedAt: rfc3339(parts.now()) },
      audit: [{ actor, action: "password.set", subject: person }],
    };
  });
}

function requireForm(password: string): void {
  const { shortest, longest } = passwordRules;
  const { length } = [...password];
  if (length >= shortest && length <= longest && !/\p{Cc}/u.test(password)) return;
  throw new Refusal("password-malformed", `a password has ${shortest} to ${longest} characters`);
}
