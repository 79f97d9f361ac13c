import type { Provider } from "oidc-provider";
import type { AnyScope } from "../../portal/wire/api.ts";
import { verifyProof } from "../login/proof.ts";
import { type NamedSession, type Session, sessionOfGrant } from "../login/sessions.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";

export type { Session };

/** What a request says of who sends it. */
export interface Credentials {
  /** The header Authorization. */
  readonly authorization: string | undefined;
  /** The header DPoP. */
  readonly proof: string | undefined;
  readonly method: string;
  /** Without query. */
  readonly url: string;
}

/**
 * The session behind an access token, which must come with a proof of the key that it is bound to (RFC 9449, 7) if it
 * is (RFC 6750, 2.1 otherwise).
 * @throws {Refusal} session-missing, session-expired, scope-missing, proof-*
 */
export async function sessionOf(
  provider: Provider,
  { authorization, proof, method, url }: Credentials,
  scope: AnyScope,
  parts: ChangeParts,
): Promise<NamedSession> {
  const [, scheme = "", accessToken] = /^(Bearer|DPoP) ([\w~+/.-]+=*)$/i.exec(authorization ?? "") ?? [];
  if (accessToken === undefined) throw new Refusal("session-missing", "the request carries no access token");
  const token = await provider.AccessToken.find(accessToken);
  if (!token) throw new Refusal("session-expired", "the session has ended or never was");
  if (token.jkt || scheme.toLowerCase() === "dpop") {
    if (scheme.toLowerCase() !== "dpop" || proof === undefined) {
      throw new Refusal("proof-missing", "the access token is bound to a key: the request must prove it");
    }
    const thumbprint = await verifyProof(parts, { proof, method, url, accessToken });
    if (thumbprint !== token.jkt) throw new Refusal("proof-foreign", "the access token is bound to another key");
  }
  const session = await sessionOfGrant(parts.db, token.grantId ?? "", parts.now());
  if (!session) throw new Refusal("session-expired", "the session has ended or never was");
  if (!token.scope?.split(" ").includes(scope)) throw new Refusal("scope-missing", `the session is not for ${scope}`);
  return session;
}
