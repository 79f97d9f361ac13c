import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import { deviceNameParameter, type Scope } from "../../login/wire.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { notesOf } from "../http/notes.ts";
import { verifyProof } from "../login/proof.ts";
import { beginSession, type SessionFacts, sessionLife } from "../login/sessions.ts";
import type { VerifiedAssertion } from "../login/verify.ts";
import { headersOf, Refusal } from "../refusal.ts";
import type { LoginWay } from "../store/login-schema.ts";
import type { Db } from "../store/schema.ts";

export type GrantContext = TokenEndpointGrantContext<{ [parameter: string]: string }>;

export interface TokenParts {
  readonly db: Db;
  /** The platform's issuer identifier. */
  readonly audience: string;
  /** Milliseconds since the epoch. */
  now(): number;
  random(length: number): Uint8Array;
}

/** What mynakit itself may ask for: all that a person may do for themselves. */
const ownScopes: readonly Scope[] = ["openid", "portal", "mykey"];

const maxDeviceName = 64;

/** Writes a refusal as the answer: oidc-provider would hide its reason. */
export function granting(
  answer: (context: GrantContext) => Promise<void>,
  now: () => number,
): (context: GrantContext) => Promise<void> {
  return async (context) => {
    try {
      await answer(context);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.status = error.tokenStatus;
      context.set(headersOf(error, now()));
      context.body = error.body;
    }
  };
}

/** @param known what can be asked for @throws {Refusal} scope-unknown */
export function requestedScope(text: string | undefined, known: readonly string[] = ownScopes): string {
  const wanted = new Set((text ?? "").split(" ").filter((part) => part !== ""));
  const unknown = [...wanted].filter((part) => !known.includes(part));
  if (wanted.size === 0 || unknown.length > 0) {
    throw new Refusal("scope-unknown", `scope must name some of: ${known.join(" ")}`);
  }
  return [...wanted].join(" ");
}

/** What a device calls itself: one line, not endless. */
export const deviceName = (given: string | undefined): string | null =>
  given
    ?.replace(/\p{C}+/gu, " ")
    .trim()
    .slice(0, maxDeviceName) || null;

/** What a session remembers of a login by card. @param epoch of the person's account */
export function cardFacts({ certificate, revocation }: VerifiedAssertion, epoch: number, now: number): SessionFacts {
  return { method: "card", ...certificateFacts(certificate), revocation, ...lifeFrom(now), epoch };
}

const certificateFacts = ({ issuer, serialNumber, notBefore, notAfter }: Certificate) => ({
  issuer,
  serialNumber,
  notBefore,
  notAfter,
});

export const lifeFrom = (now: number) => ({ expiresAt: now + sessionLife * 1000 });

/**
 * The thumbprint of the key that the client wants its tokens bound to (RFC 9449, 5); null: it proves none.
 * @throws {Refusal} proof-*
 */
export async function provenKey(context: GrantContext, parts: TokenParts): Promise<string | null> {
  const proof = context.get("DPoP");
  if (proof === "") return null;
  return verifyProof(parts, { proof, method: context.method, url: `${parts.audience}${context.path}` });
}

export interface Login {
  readonly person: string;
  readonly scope: string;
  readonly facts: SessionFacts;
  readonly way: LoginWay;
  /** As in RFC 8176: a key in hardware and a PIN, or a password. */
  readonly methods: readonly string[];
  /** Of the key that the tokens are bound to. */
  readonly thumbprint: string | null;
  /** As the device calls itself, and as the platform saw it; the request's own where they are not given. */
  readonly device?: string | null;
  readonly address?: string | null;
}

export interface IssuedTokens {
  readonly answer: object;
  readonly grantId: string;
  /** Makes the tokens good for something: before, they are nobody's. */
  begin(db: Db): Promise<string>;
}

/** Tokens for somebody who logged in. */
export async function issueTokens(context: GrantContext, login: Login, parts: TokenParts): Promise<IssuedTokens> {
  const { person, scope, facts, way, methods, thumbprint } = login;
  const { client } = context.oidc;
  const provider: Provider = context.oidc.provider;
  const grant = new provider.Grant({ accountId: person, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const gty = String(context.oidc.params.grant_type);
  const token = new provider.AccessToken({ accountId: person, client, grantId, gty, scope });
  if (thumbprint !== null) token.setThumbprint("jkt", thumbprint);
  const tokens = { access_token: await token.save(), token_type: token.tokenType, expires_in: token.expiration };
  const idToken = new provider.IdToken({}, { ctx: context });
  idToken.set("sub", person);
  idToken.set("amr", [...methods]);
  const { device = deviceName(context.oidc.params[deviceNameParameter]), address = addressOf(context) } = login;
  const { clientId, clientName: service = clientId } = client;
  const beginning = { grantId, person, facts, way, client: clientId, service, scope, device, address };
  return {
    answer: {
      ...tokens,
      ...(scope.split(" ").includes("openid") ? { id_token: await idToken.issue({ use: "idtoken" }) } : {}),
      scope,
      revocation: facts.revocation,
      sandbox: true,
    },
    grantId,
    begin: (db) => beginSession(db, beginning, parts.now(), parts.random),
  };
}

/** Issues tokens and begins their session at once. */
export async function logIn(context: GrantContext, login: Login, parts: TokenParts): Promise<void> {
  const { answer, begin } = await issueTokens(context, login, parts);
  await begin(parts.db);
  context.body = answer;
}

/** Where a request came from; null: from this process. */
export const addressOf = (context: GrantContext): string | null => notesOf(context.req).address ?? null;
