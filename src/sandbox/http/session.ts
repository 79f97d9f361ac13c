import type { Provider } from "oidc-provider";
import type { Scope } from "../../login/wire.ts";
import type { SessionFacts } from "../authorization/card-grant.ts";
import { Refusal } from "../refusal.ts";

/** Who a request speaks for. */
export interface Session extends SessionFacts {
  readonly person: string;
}

/**
 * The session behind a bearer token (RFC 6750, 2.1).
 * @param authorization the Authorization header
 * @throws {Refusal} session-missing, session-expired, scope-missing
 */
export async function sessionOf(provider: Provider, authorization: string | undefined, scope: Scope): Promise<Session> {
  const [, value] = /^Bearer ([\w~+/.-]+=*)$/i.exec(authorization ?? "") ?? [];
  if (value === undefined) throw new Refusal("session-missing", "the request carries no bearer token");
  const token = await provider.AccessToken.find(value);
  if (!token) throw new Refusal("session-expired", "the session has ended or never was");
  if (!token.scope?.split(" ").includes(scope)) throw new Refusal("scope-missing", `the session is not for ${scope}`);
  return { ...(token.extra as unknown as SessionFacts), person: token.accountId };
}
