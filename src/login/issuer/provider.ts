import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from "openid-client";
import { MynakitError } from "../../errors.ts";
import { AccessToken } from "../access-token.ts";
import { deviceGrant } from "../device/wire.ts";
import { guardedFetch } from "../guarded-fetch.ts";
import { type DeviceAnswer, deviceAnswer } from "../oidc.ts";
import { isConfidential, mayBePlain, type Platform } from "../platform.ts";
import type { ProofKey } from "../proof-key.ts";
import { jwtBearerGrant } from "../wire.ts";
import { issuerFailure } from "./failure.ts";
import type { IssuerSession } from "./session.ts";

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** How somebody can log in with a provider; what comes first is taken where it offers several. */
export const loginWays = ["device", "code", "card"] as const;
export type LoginWay = (typeof loginWays)[number];

export interface IssuerOptions extends Pick<Platform, "fetch" | "signal"> {
  /** The issuer identifier (OpenID Connect Discovery 1.0, 3). */
  readonly issuer: string;
  readonly clientId: string;
  /** What tokens shall be bound to, where the provider can (RFC 9449). */
  readonly key: ProofKey;
  readonly clock: () => Date;
}

/** An authorization request, against which its answer is checked (RFC 6749, 10.12; RFC 7636; OpenID Connect Core, 3.1.2.1). */
export interface CodeRequest {
  readonly scope: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

/** An OpenID Connect provider of anybody's, discovered. Its methods throw as `discoverIssuer` does. */
export interface Issuer {
  readonly issuer: string;
  /** True where it says of itself that it is a local platform of ours. */
  readonly sandbox: boolean;
  readonly clientId: string;
  /** As it names them; the default of the standard where it names none. */
  readonly grants: readonly string[];
  /** Those of our ways that it offers, in our order. */
  readonly ways: readonly LoginWay[];
  /** Where a card's nonce is asked for (as `challengePath`), relative to the issuer; undefined: it knows no cards. */
  readonly challenge: string | undefined;
  /** RFC 8628, 3.1. */
  askForDevice(scope: string): Promise<DeviceAnswer>;
  /** Asks once what became of it (RFC 8628, 3.4). */
  exchangeDeviceCode(deviceCode: string, scope: string): Promise<IssuerSession>;
  /** RFC 7523, 2.1. */
  exchangeAssertion(assertion: string, scope: string): Promise<IssuerSession>;
  /** The address of an authorization request with PKCE (RFC 6749, 4.1.1; RFC 7636). */
  authorizationUrl(request: CodeRequest): Promise<string>;
  /** The tokens for what came to the redirect URI, once it is what was asked for. */
  exchangeCode(answer: URL, request: CodeRequest): Promise<IssuerSession>;
  /** OpenID Connect Core 1.0, 5.3: of the session's person, or it fails. */
  userinfo(session: IssuerSession): Promise<Readonly<Record<string, unknown>>>;
  /** RFC 7009. @returns false: it offers no revocation */
  revoke(session: IssuerSession): Promise<boolean>;
}

/**
 * Finds out what a provider offers (OpenID Connect Discovery 1.0). Whatever it sends us to must be HTTPS too, or this
 * machine; ID tokens count only with a good signature of its keys.
 * @throws {MynakitError} ERR_PLATFORM_ISSUER, ERR_PLATFORM_ISSUER_OTHER, ERR_PLATFORM_CLIENT, ERR_PLATFORM_LOGIN_*,
 *   ERR_PLATFORM_ID_TOKEN, ERR_PLATFORM_REFUSED, ERR_PLATFORM_SESSION, ERR_NETWORK_*
 */
export async function discoverIssuer(options: IssuerOptions): Promise<Issuer> {
  const { issuer, clientId, key, clock } = options;
  const client = await import("openid-client");
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw issuerFailure(error, client, { issuer, clientId });
    }
  };
  const fetch = confidentialFetch(options);
  const configuration = await attempt(async () => {
    const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      [client.customFetch]: (url, init) => fetch(url, init as RequestInit),
      execute: [client.enableNonRepudiationChecks, ...(mayBePlain(issuer) ? [client.allowInsecureRequests] : [])],
    });
    requireSame(found, issuer);
    return found;
  });
  const metadata = configuration.serverMetadata();
  const bound = metadata.dpop_signing_alg_values_supported?.includes("ES256") === true;
  const proving = async (proofKey: ProofKey | undefined) =>
    proofKey ? { DPoP: client.getDPoPHandle(configuration, await keyPairOf(proofKey)) } : undefined;
  const dpop = await proving(bound ? key : undefined);
  const begun = (answer: Tokens, scope: string) => sessionOf(answer, { clientId, scope, now: clock(), key });
  const exchange = (grant: string, parameters: Record<string, string>, scope: string) =>
    attempt(async () => begun(await client.genericGrantRequest(configuration, grant, parameters, dpop), scope));
  const grants = metadata.grant_types_supported ?? ["authorization_code", "implicit"];
  const challenge = challengeIn(metadata.card_challenge_endpoint, issuer);
  return {
    issuer,
    sandbox: metadata.sandbox === true,
    clientId,
    grants,
    ways: waysIn(configuration, grants, challenge),
    challenge,
    askForDevice: (scope) =>
      attempt(async () => deviceAnswer(await client.initiateDeviceAuthorization(configuration, { scope }))),
    exchangeDeviceCode: (deviceCode, scope) => exchange(deviceGrant, { device_code: deviceCode }, scope),
    exchangeAssertion: (assertion, scope) => exchange(jwtBearerGrant, { assertion, scope }, scope),
    authorizationUrl: ({ scope, redirectUri, state, nonce, verifier }) =>
      attempt(async () => {
        const url = client.buildAuthorizationUrl(configuration, {
          scope,
          redirect_uri: redirectUri,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...(dpop ? { dpop_jkt: await dpop.DPoP.calculateThumbprint() } : {}),
        });
        requireConfidential(url);
        return url.href;
      }),
    exchangeCode: (answer, { scope, state, nonce, verifier }) =>
      attempt(async () => {
        const named = answer.searchParams.get("iss");
        if (named !== null && named !== metadata.issuer) throw otherIssuer(issuer, named);
        const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
        return begun(await client.authorizationCodeGrant(configuration, answer, checks, {}, dpop), scope);
      }),
    userinfo: ({ accessToken, subject }) =>
      attempt(async () =>
        client.fetchUserInfo(configuration, accessToken.reveal(), subject, await proving(accessToken.key)),
      ),
    revoke: ({ accessToken }) =>
      attempt(async () => {
        if (metadata.revocation_endpoint === undefined) return false;
        await client.tokenRevocation(configuration, accessToken.reveal());
        return true;
      }),
  };
}

function confidentialFetch({ issuer, fetch, signal }: IssuerOptions): typeof globalThis.fetch {
  const guarded = guardedFetch({ url: issuer, fetch, ...(signal && { signal }) });
  return (input, init) => {
    requireConfidential(new URL(String(input)));
    return guarded(input, init);
  };
}

function requireConfidential(url: URL): void {
  if (!isConfidential(url)) throw new SyntaxError(`${url.origin} is not HTTPS`);
}

const otherIssuer = (issuer: string, found: string) => new MynakitError("ERR_PLATFORM_ISSUER_OTHER", { issuer, found });

/** The library lets some providers by that call themselves otherwise; a session here has one issuer. */
function requireSame(configuration: Configuration, issuer: string): void {
  const { issuer: found } = configuration.serverMetadata();
  if (new URL(found).href !== new URL(issuer).href) throw otherIssuer(issuer, found);
}

function waysIn(configuration: Configuration, grants: readonly string[], challenge: string | undefined): LoginWay[] {
  const metadata = configuration.serverMetadata();
  const responses = metadata.response_types_supported ?? ["code"];
  const offered = {
    device: metadata.device_authorization_endpoint !== undefined,
    code:
      metadata.authorization_endpoint !== undefined &&
      grants.includes("authorization_code") &&
      responses.includes("code"),
    card: grants.includes(jwtBearerGrant) && challenge !== undefined,
  };
  return loginWays.filter((way) => offered[way]);
}

function challengeIn(endpoint: unknown, issuer: string): string | undefined {
  const base = issuer.replace(/\/+$/, "");
  return typeof endpoint === "string" && endpoint.startsWith(`${base}/`) ? endpoint.slice(base.length) : undefined;
}

/** The key as the library's proofs take it. */
async function keyPairOf(key: ProofKey) {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const whole = key.reveal();
  const { d: _d, ...open } = whole;
  return {
    privateKey: await subtle.importKey("jwk", whole, algorithm, false, ["sign"]),
    publicKey: await subtle.importKey("jwk", open, algorithm, true, ["verify"]),
  };
}

interface Begun {
  readonly clientId: string;
  /** What was asked for: it was granted where the answer does not say. */
  readonly scope: string;
  readonly now: Date;
  readonly key: ProofKey;
}

/** Where the provider does not say how long its token lives, the session lives as long as the ID token. */
function sessionOf(answer: Tokens, { clientId, scope, now, key }: Begun): IssuerSession {
  const claims = answer.claims();
  if (claims === undefined) throw new SyntaxError("no id_token");
  const ends = answer.expires_in === undefined ? claims.exp * 1000 : now.getTime() + answer.expires_in * 1000;
  return {
    accessToken: new AccessToken(answer.access_token, answer.token_type === "dpop" ? key : undefined),
    expiresAt: new Date(ends),
    subject: claims.sub,
    scope: answer.scope ?? scope,
    clientId,
  };
}
