import { type JWKS, Provider } from "oidc-provider";
import { deviceGrant as deviceGrantType, devicePaths } from "../../login/device/wire.ts";
import {
  challengePath,
  clientId,
  deviceNameParameter,
  jwtBearerGrant,
  passwordGrant as passwordGrantType,
} from "../../login/wire.ts";
import { everyScope } from "../../portal/wire/api.ts";
import { type LogFailure, note } from "../http/notes.ts";
import { sessionLife } from "../login/sessions.ts";
import { headersOf, refusalOf } from "../refusal.ts";
import { createAdapter } from "./adapter.ts";
import { type CardGrantParts, cardGrant, cardMethods } from "./card-grant.ts";
import { deviceGrant } from "./device-grant.ts";
import { codeFlow, codeFlowLives, completeCodeFlow } from "./interactions.ts";
import { fixOrigin } from "./origin.ts";
import { passwordGrant } from "./password-grant.ts";
import { noteRefusals } from "./refusals.ts";
import { provideUrlParse } from "./url-parse.ts";

export type MakeErrorPage = typeof import("../web/authorization-problem.ts").authorizationProblem;

const off = { enabled: false } as const;
const on = { enabled: true } as const;

/**
 * The authorization server: discovery, keys, tokens for card-signed assertions, userinfo, revocation (RFC 7009).
 * @param log told of failures that the answer must not show
 * @param errorPage how it speaks to browsers, where any come
 */
export function createProvider(
  issuer: string,
  jwks: JWKS,
  parts: CardGrantParts,
  log: LogFailure,
  errorPage?: MakeErrorPage,
): Provider {
  provideUrlParse(URL);
  const provider = new Provider(issuer, {
    adapter: (model) => createAdapter(parts.db, model, parts.now),
    jwks,
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        grant_types: [jwtBearerGrant, passwordGrantType, deviceGrantType],
        response_types: [],
        redirect_uris: [],
        id_token_signed_response_alg: "ES256",
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: ["ES256"], dPoPSigningAlgValues: ["ES256"] },
    scopes: [...everyScope],
    ttl: { AccessToken: sessionLife, Grant: sessionLife, IdToken: sessionLife, ...codeFlowLives },
    ...codeFlow,
    features: {
      devInteractions: off,
      dPoP: on,
      pushedAuthorizationRequests: off,
      resourceIndicators: off,
      rpInitiatedLogout: off,
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      userinfo: on,
    },
    claims: { openid: ["sub", "amr"] },
    findAccount: (_context, accountId) => ({
      accountId,
      // ID tokens of browsers' logins; ours say it themselves.
      claims: (use) => ({ sub: accountId, ...(use === "id_token" ? { amr: [...cardMethods] } : {}) }),
    }),
    clientBasedCORS: () => false,
    async renderError(context, answer) {
      note(context.req, { reason: answer.error });
      context.body = { ...answer, sandbox: true };
      if (!errorPage || context.accepts("json", "html") !== "html") return;
      const { headers, html } = await errorPage(answer, {
        acceptLanguage: context.get("accept-language"),
        secure: context.secure,
      });
      context.set(headers);
      context.type = "html";
      context.body = html;
    },
    discovery: {
      sandbox: true,
      device_authorization_endpoint: `${issuer}${devicePaths.authorization}`,
      card_challenge_endpoint: `${issuer}${challengePath}`,
    },
  });
  provider.registerGrantType(jwtBearerGrant, cardGrant(parts), ["assertion", "scope", deviceNameParameter]);
  provider.registerGrantType(passwordGrantType, passwordGrant(parts), [
    "mykey_id",
    "password",
    "scope",
    deviceNameParameter,
  ]);
  provider.registerGrantType(deviceGrantType, deviceGrant(parts), ["device_code"]);
  fixOrigin(provider, issuer);
  completeCodeFlow(provider, parts);
  noteRefusals(provider);
  provider.on("server_error", (context, failure) => {
    log(failure, context.req);
    const refusal = refusalOf(failure);
    Object.assign(context, { status: refusal.status, body: refusal.body });
    context.set(headersOf(refusal, parts.now()));
  });
  return provider;
}
