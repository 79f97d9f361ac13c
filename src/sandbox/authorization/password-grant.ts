import type { TokenEndpointGrantContext } from "oidc-provider";
import { notesOf } from "../http/notes.ts";
import { passwordHolder } from "../mykey/password-login.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import { granting, issueTokens, lifeFrom, requestedScope } from "./card-grant.ts";

/** What the MyKey account is for, and nothing of Mynaportal. */
const scopesAllowed: ReadonlySet<string> = new Set(["openid", "mykey"]);
/** Longer than any password that could be set. */
const longest = 512;

type GrantContext = TokenEndpointGrantContext<{ [parameter: string]: string }>;

/** The token endpoint's answer to a MyKey ID and its password. */
export const passwordGrant = (parts: ChangeParts) =>
  granting((context: GrantContext) => answer(context, parts), parts.now);

async function answer(context: GrantContext, parts: ChangeParts): Promise<void> {
  const { mykey_id: mykeyId, password, scope: wanted } = context.oidc.params;
  const scope = requestedScope(wanted);
  if (!scope.split(" ").every((part) => scopesAllowed.has(part))) {
    throw new Refusal("scope-unknown", "a password logs in to the MyKey account alone");
  }
  if (!mykeyId || !password || mykeyId.length > longest || password.length > longest) {
    throw new Refusal("request-malformed", "the parameters mykey_id and password are missing or too long");
  }
  const { address = null } = notesOf(context.req);
  const { person, epoch, ...certificate } = await passwordHolder({ mykeyId, password, address }, parts);
  const facts = {
    method: "password" as const,
    ...certificate,
    revocation: "not-checked" as const,
    ...lifeFrom(parts.now()),
    epoch,
  };
  context.body = {
    ...(await issueTokens(context, { person, scope, facts, methods: ["pwd"] })),
    scope,
    revocation: facts.revocation,
    sandbox: true,
  };
}
