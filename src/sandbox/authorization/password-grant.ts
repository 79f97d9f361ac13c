import type { Session } from "../http/session.ts";
import { type PasswordAttempt, passwordHolder } from "../mykey/password-login.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import {
  addressOf,
  type GrantContext,
  granting,
  lifeFrom,
  logIn,
  provenKey,
  requestedScope,
  type TokenParts,
} from "./tokens.ts";

/** What the MyKey account is for, and nothing of Mynaportal. */
const scopesAllowed: ReadonlySet<string> = new Set(["openid", "mykey"]);
/** Longer than any password that could be set. */
const longest = 512;

/** The token endpoint's answer to a MyKey ID and its password. */
export const passwordGrant = (parts: TokenParts) => granting((context) => answer(context, parts), parts.now);

async function answer(context: GrantContext, parts: TokenParts): Promise<void> {
  const { mykey_id: mykeyId, password, scope: wanted } = context.oidc.params;
  const scope = requestedScope(wanted);
  if (!scope.split(" ").every((part) => scopesAllowed.has(part))) {
    throw new Refusal("scope-unknown", "a password logs in to the MyKey account alone");
  }
  if (!mykeyId || !password || mykeyId.length > longest || password.length > longest) {
    throw new Refusal("request-malformed", "the parameters mykey_id and password are missing or too long");
  }
  const thumbprint = await provenKey(context, parts);
  const { person, ...facts } = await passwordSession({ mykeyId, password, address: addressOf(context) }, parts);
  await logIn(context, { person, scope, facts, way: "password", methods: ["pwd"], thumbprint }, parts);
}

/** The login of a MyKey ID and its password. @throws {Refusal} throttled, login-refused, account-suspended */
export async function passwordSession(attempt: PasswordAttempt, parts: ChangeParts): Promise<Session> {
  const holder = await passwordHolder(attempt, parts);
  return { method: "password", ...holder, revocation: "not-checked", ...lifeFrom(parts.now()) };
}
