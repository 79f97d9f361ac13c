import * as v from "valibot";
import { deviceGrant } from "../../../../login/device/wire.ts";
import {
  type Challenge,
  clientId,
  jwtBearerGrant,
  type PlatformDescription,
  passwordGrant,
  type RefusalBody,
  type RefusalReason,
} from "../../../../login/wire.ts";
import { type Component, component, matching, moment, sandbox, text, whole } from "../component.ts";

/** The body of refusals. @param reasons those that some operation gives */
export const refusalBody = (reasons: readonly RefusalReason[]): Component =>
  component<RefusalBody>()(
    v.strictObject({
      error: text("As in RFC 6749, 5.2, RFC 6750, 3.1, or a word of that kind."),
      error_description: text("For whoever writes a client; its words may change."),
      reason: v.pipe(v.picklist(reasons), v.description("Why. Stable: clients may rely on it.")),
      sandbox: v.exactOptional(sandbox),
      not_before: v.exactOptional(moment("From when the certificate is valid.")),
      not_after: v.exactOptional(moment("Until when the certificate was valid.")),
      earliest: v.exactOptional(moment("When it is worth trying again.")),
      issuer: v.exactOptional(text("The issuer that the certificate names.")),
    }),
    {
      error: "access_denied",
      error_description: "the certificate was issued too recently",
      reason: "certificate-too-new",
      sandbox: true,
      not_before: "2026-11-22T02:00:00Z",
      earliest: "2026-11-23T02:00:00Z",
    },
  );

const scope = (words: string) => text(`Separated by spaces, of: ${words}.`);
const client = v.pipe(v.literal(clientId), v.description("The public client that everybody is; it has no secret."));
const anyClient = text("mynakit, or a client that the operator registered; none has a secret.");
const compactJws = matching(/^[\w-]+\.[\w-]+\.[\w-]+$/, "A JWS in compact form (RFC 7515, 7.1).");
const revocation = v.pipe(
  v.picklist(["good", "not-checked"]),
  v.description("Whether the issuer's list was asked about the certificate of the login."),
);

const deviceName = v.exactOptional(text("What the device calls itself, for the list of sessions."));

const cardTokenRequest = v.object({
  grant_type: v.literal(jwtBearerGrant),
  client_id: client,
  assertion: v.pipe(
    compactJws,
    v.description(
      "Signed by the card with RS256 (RFC 7523, 2.1). Header: `alg`, and `x5c` with the authentication certificate " +
        "alone. Claims: `iss` and `sub`, the Base64url SHA-256 of the certificate; `aud`, the issuer; `iat`; `exp`, " +
        "at most 60 s later; `jti`, random; `nonce`, of /card/challenge.",
    ),
  ),
  scope: scope("openid, portal, mykey"),
  device_name: deviceName,
});
const passwordTokenRequest = v.object({
  grant_type: v.literal(passwordGrant),
  client_id: client,
  mykey_id: text("The MyKey ID."),
  password: text("Its password."),
  scope: scope("openid, mykey"),
  device_name: deviceName,
});

const deviceTokenRequest = v.object({
  grant_type: v.literal(deviceGrant),
  client_id: anyClient,
  device_code: text("Of the device authorization endpoint."),
});

const codeTokenRequest = v.object({
  grant_type: v.literal("authorization_code"),
  client_id: anyClient,
  code: text("That came to the redirect URI; good for one use, within a minute."),
  redirect_uri: text("The same that the code was asked for with."),
  code_verifier: text("Of PKCE (RFC 7636)."),
});

/** What is not typed in `wire.ts` is read and written by the OAuth libraries of both sides. */
export const loginComponents = {
  PlatformDescription: component<PlatformDescription>()(
    v.strictObject({
      name: text("Of the software that answers."),
      sandbox,
      now: moment("The platform's time."),
      closing: v.exactOptional(
        v.strictObject({
          from: moment("From when it will let nobody in."),
          until: v.nullable(moment("When it will probably be open again.")),
        }),
      ),
    }),
    { name: "mynakit sandbox", sandbox: true, now: "2030-04-12T14:59:59Z" },
  ),
  Health: { schema: v.strictObject({ sandbox, status: v.literal("ok") }), example: { sandbox: true, status: "ok" } },
  Ready: {
    schema: v.strictObject({ sandbox, status: v.literal("ready") }),
    example: { sandbox: true, status: "ready" },
  },
  Challenge: component<Challenge>()(
    v.strictObject({ sandbox, nonce: text("Good for one assertion."), expires_in: whole("Seconds.") }),
    { sandbox: true, nonce: "n-0S6_WzA2Mj", expires_in: 120 },
  ),
  TokenRequest: {
    schema: v.union([cardTokenRequest, passwordTokenRequest, deviceTokenRequest, codeTokenRequest]),
    example: {
      grant_type: passwordGrant,
      client_id: clientId,
      mykey_id: "ABCDEFGH",
      password: "correct horse battery",
      scope: "openid mykey",
    },
  },
  TokenAnswer: {
    schema: v.strictObject({
      access_token: text("For the header Authorization (RFC 9449, 7.1; RFC 6750, 2.1)."),
      token_type: v.picklist(["Bearer", "DPoP"]),
      expires_in: whole("Seconds."),
      scope: text("What the session is for."),
      id_token: v.exactOptional(v.pipe(compactJws, v.description("Where the scope openid was asked for."))),
      revocation,
      sandbox,
    }),
    example: {
      access_token: "dGhpcyBpcyBhbiBleGFtcGxl",
      token_type: "Bearer",
      expires_in: 900,
      scope: "portal",
      revocation: "good",
      sandbox: true,
    },
  },
  RevocationRequest: {
    schema: v.object({ token: text("An access token."), client_id: anyClient }),
    example: { token: "dGhpcyBpcyBhbiBleGFtcGxl", client_id: clientId },
  },
  UserInfo: {
    schema: v.strictObject({ sub: text("The person, under an identifier that outlives certificates.") }),
    example: { sub: "8f14e45fceea167a5a36dedd4bea2543" },
  },
  ServerMetadata: {
    schema: v.pipe(
      v.looseObject({
        issuer: text("What an assertion must be addressed to."),
        authorization_endpoint: text("What a browser opens: a code with PKCE (S256) comes of it."),
        token_endpoint: v.string(),
        device_authorization_endpoint: v.string(),
        card_challenge_endpoint: text("Where a card's nonce is asked for; no standard knows it."),
        revocation_endpoint: v.string(),
        userinfo_endpoint: v.string(),
        jwks_uri: v.string(),
        grant_types_supported: v.array(v.string()),
        scopes_supported: v.array(v.string()),
        sandbox,
      }),
      v.description("RFC 8414 and OpenID Connect Discovery 1.0 define what else can stand here."),
    ),
    example: {
      issuer: "http://127.0.0.1:8080",
      authorization_endpoint: "http://127.0.0.1:8080/auth",
      token_endpoint: "http://127.0.0.1:8080/token",
      device_authorization_endpoint: "http://127.0.0.1:8080/device-logins",
      card_challenge_endpoint: "http://127.0.0.1:8080/card/challenge",
      revocation_endpoint: "http://127.0.0.1:8080/token/revocation",
      userinfo_endpoint: "http://127.0.0.1:8080/me",
      jwks_uri: "http://127.0.0.1:8080/jwks",
      grant_types_supported: ["authorization_code", jwtBearerGrant, passwordGrant, deviceGrant],
      scopes_supported: ["openid", "portal", "mykey"],
      sandbox: true,
    },
  },
  Keys: {
    schema: v.strictObject({
      keys: v.array(
        v.strictObject({
          kty: v.literal("EC"),
          crv: v.literal("P-256"),
          alg: v.literal("ES256"),
          use: v.literal("sig"),
          kid: v.string(),
          x: v.string(),
          y: v.string(),
        }),
      ),
    }),
    example: {
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          alg: "ES256",
          use: "sig",
          kid: "1",
          x: "iEWvxDUxANBxD0i3PecrFYoy255BcrcfFPerPfkRRzc",
          y: "3SSGkNXUPISc_N1rXI3BBKbCiDWJMYs113SVMQbJohM",
        },
      ],
    },
  },
  ProtocolDescription: {
    schema: v.pipe(
      v.looseObject({
        openapi: matching(/^3\.1\./, "The version of OpenAPI."),
        info: v.looseObject({ title: v.string(), version: v.string() }),
        paths: v.looseObject({}),
      }),
      v.description("An OpenAPI document."),
    ),
    example: { openapi: "3.1.1", info: { title: "mynakit sandbox", version: "1.0.0" }, paths: {} },
  },
  OAuthError: {
    schema: v.strictObject({
      error: text("As in RFC 6749, 5.2, and RFC 6750, 3.1."),
      error_description: v.exactOptional(v.string()),
      scope: v.exactOptional(v.string()),
    }),
    example: { error: "invalid_client", error_description: "client authentication failed" },
  },
} as const satisfies Record<string, Component>;
