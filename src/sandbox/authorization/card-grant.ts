import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import { clientId, type RevocationState, type Scope } from "../../login/wire.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { findOrCreatePerson } from "../login/person.ts";
import { type VerifyParts, verifyAssertion } from "../login/verify.ts";
import { headersOf, Refusal } from "../refusal.ts";

/** How long a session lasts, in seconds. */
export const sessionLife = 15 * 60;

export const scopes: readonly Scope[] = ["openid", "portal", "mykey"];

/** What an access token remembers of the login. */
export interface SessionFacts {
  /** How the person logged in; with a password, the certificate is the one that the account goes with. */
  readonly method: "card" | "password";
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revocation: RevocationState;
  /** Milliseconds since the epoch, by the platform's clock. */
  readonly expiresAt: number;
  /** Of the account at the login: a later one ends the session. */
  readonly epoch: number;
}

export interface CardGrantParts extends VerifyParts {
  random(length: number): Uint8Array;
}

type GrantContext = TokenEndpointGrantContext<{ [parameter: string]: string }>;

/**
 * The token endpoint's answer to a card-signed assertion (RFC 7523, 2.1). A refusal is written as the answer here:
 * oidc-provider would hide its reason.
 */
export const cardGrant = (parts: CardGrantParts) =>
  granting((context: GrantContext) => answer(context, parts), parts.now);

/** Writes a refusal as the answer. */
export function granting<C extends GrantContext>(
  answer: (context: C) => Promise<void>,
  now: () => number,
): (context: C) => Promise<void> {
  return async (context) => {
    try {
      await answer(context);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.status = error.status;
      context.set(headersOf(error, now()));
      context.body = error.body;
    }
  };
}

async function answer(context: GrantContext, parts: CardGrantParts): Promise<void> {
  const { assertion } = context.oidc.params;
  const scope = requestedScope(context.oidc.params.scope);
  if (!assertion) throw new Refusal("request-malformed", "the parameter assertion is missing");
  const verified = await verifyAssertion(assertion, parts);
  const person = await findOrCreatePerson(parts.db, verified, parts.now(), parts.random);
  const { certificate, revocation } = verified;
  const facts: SessionFacts = {
    method: "card",
    ...certificateFacts(certificate),
    revocation,
    ...lifeFrom(parts.now()),
    epoch: person.epoch,
  };
  context.body = {
    ...(await issueTokens(context, { person: person.id, scope, facts, methods: ["hwk", "pin"] })),
    scope,
    revocation,
    sandbox: true,
  };
}

export function requestedScope(text: string | undefined): string {
  const wanted = new Set((text ?? "").split(" ").filter((part) => part !== ""));
  const unknown = [...wanted].filter((part) => !scopes.includes(part as Scope));
  if (wanted.size === 0 || unknown.length > 0) {
    throw new Refusal("scope-unknown", `scope must name some of: ${scopes.join(" ")}`);
  }
  return [...wanted].join(" ");
}

const certificateFacts = ({ issuer, serialNumber, notBefore, notAfter }: Certificate) => ({
  issuer,
  serialNumber,
  notBefore,
  notAfter,
});

export const lifeFrom = (now: number) => ({ expiresAt: now + sessionLife * 1000 });

interface Login {
  readonly person: string;
  readonly scope: string;
  readonly facts: SessionFacts;
  /** As in RFC 8176: a key in hardware and a PIN, or a password. */
  readonly methods: readonly string[];
}

/** Tokens for somebody who logged in. */
export async function issueTokens(context: GrantContext, { person, scope, facts, methods }: Login): Promise<object> {
  const { client } = context.oidc;
  const provider: Provider = context.oidc.provider;
  const grant = new provider.Grant({ accountId: person, clientId });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const token = new provider.AccessToken({
    accountId: person,
    client,
    grantId,
    gty: String(context.oidc.params.grant_type),
    scope,
    extra: facts,
  });
  const tokens = { access_token: await token.save(), token_type: token.tokenType, expires_in: token.expiration };
  if (!scope.split(" ").includes("openid")) return tokens;
  const idToken = new provider.IdToken({}, { ctx: context });
  idToken.set("sub", person);
  idToken.set("amr", [...methods]);
  return { ...tokens, id_token: await idToken.issue({ use: "idtoken" }) };
}
