import type { Configuration, DeviceAuthorizationResponse } from "openid-client";
import { MynakitError } from "../errors.ts";
import type { AccessToken } from "./access-token.ts";
import { deviceGrant } from "./device/wire.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { mayBePlain, type Platform } from "./platform.ts";
import type { ProofKey } from "./proof-key.ts";
import { refusalError, withoutAnswer } from "./refusal.ts";
import { clientId, deviceNameParameter, jwtBearerGrant, passwordGrant } from "./wire.ts";

/** The platform's authorization server, discovered (OpenID Connect Discovery 1.0, RFC 8414). */
export interface AuthorizationServer {
  /** What an assertion must be addressed to. */
  readonly issuer: string;
  /** RFC 7523, 2.1. */
  exchange(assertion: string, scope: string, deviceName?: string): Promise<TokenAnswer>;
  /** See `passwordGrant` in `wire.ts`. */
  exchangePassword(credentials: { mykeyId: string; password: string }, scope: string): Promise<TokenAnswer>;
  /** RFC 8628, 3.1. */
  askForDevice(scope: string, deviceName: string): Promise<DeviceAnswer>;
  /** Asks once what became of it (RFC 8628, 3.4). */
  exchangeDeviceCode(deviceCode: string): Promise<TokenAnswer>;
  /** RFC 7009. A token that is unknown or over is no error. */
  revoke(token: AccessToken): Promise<void>;
}

export interface TokenAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly subject: string;
  /** What stands beside the standard members. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What a device was told when it asked to be let in (RFC 8628, 3.2). Times are seconds. */
export interface DeviceAnswer {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly address: string;
  /** With the user code in it. */
  readonly completeAddress: string;
  readonly expiresIn: number;
  readonly interval: number;
}

type OpenidClient = typeof import("openid-client");

/**
 * @param key what the access tokens that are asked for shall be bound to
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*; its methods ERR_CERT_* too
 */
export async function discoverServer(platform: Platform, key?: ProofKey): Promise<AuthorizationServer> {
  const client = await import("openid-client");
  const inOurWords = <T>(work: Promise<T>) =>
    work.catch(async (error: unknown) => {
      throw await explain(error, client, platform.url);
    });
  const configuration = await inOurWords(discover(client, platform, key));
  return {
    issuer: configuration.serverMetadata().issuer,
    exchange: (assertion, scope, deviceName) => {
      const device = deviceName === undefined ? {} : { [deviceNameParameter]: deviceName };
      return inOurWords(exchange(client, configuration, jwtBearerGrant, { assertion, scope, ...device }));
    },
    exchangePassword: ({ mykeyId, password }, scope) =>
      inOurWords(exchange(client, configuration, passwordGrant, { mykey_id: mykeyId, password, scope })),
    askForDevice: (scope, deviceName) => inOurWords(askForDevice(client, configuration, scope, deviceName)),
    exchangeDeviceCode: (deviceCode) =>
      inOurWords(exchange(client, configuration, deviceGrant, { device_code: deviceCode })),
    revoke: (token) => inOurWords(client.tokenRevocation(configuration, token.reveal())),
  };
}

function discover(client: OpenidClient, platform: Platform, key: ProofKey | undefined): Promise<Configuration> {
  const fetch = guardedFetch(platform);
  return client.discovery(new URL(platform.url), clientId, undefined, client.None(), {
    [client.customFetch]: (url, { method, headers, ...options }) => {
      const proof = method === "POST" && key ? { dpop: key.proof({ method, url }) } : {};
      return fetch(url, { ...(options as RequestInit), method, headers: { ...headers, ...proof } });
    },
    execute: mayBePlain(platform.url) ? [client.allowInsecureRequests] : [],
  });
}

async function exchange(
  client: OpenidClient,
  configuration: Configuration,
  grant: string,
  parameters: Record<string, string>,
): Promise<TokenAnswer> {
  const tokens = await client.genericGrantRequest(configuration, grant, parameters);
  const { access_token: accessToken, expires_in: expiresIn, ...extra } = tokens;
  const subject = tokens.claims()?.sub;
  if (expiresIn === undefined || subject === undefined) throw new SyntaxError("no expires_in or no id_token");
  return { accessToken, expiresIn, subject, extra };
}

async function askForDevice(
  client: OpenidClient,
  configuration: Configuration,
  scope: string,
  deviceName: string,
): Promise<DeviceAnswer> {
  const asked = { scope, [deviceNameParameter]: deviceName };
  return deviceAnswer(await client.initiateDeviceAuthorization(configuration, asked));
}

/** What a device authorization endpoint answered. */
export const deviceAnswer = (answer: DeviceAuthorizationResponse): DeviceAnswer => ({
  deviceCode: answer.device_code,
  userCode: answer.user_code,
  address: answer.verification_uri,
  completeAddress: answer.verification_uri_complete ?? answer.verification_uri,
  expiresIn: answer.expires_in,
  // RFC 8628, 3.2: where nothing is said.
  interval: answer.interval ?? 5,
});

/** The library wraps what our fetch throws; the platform's refusals are in its ResponseBodyError, or still unread beside a challenge. */
async function explain(error: unknown, client: OpenidClient, url: string): Promise<unknown> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MynakitError || cause.name === "AbortError") return cause;
  }
  if (error instanceof client.ResponseBodyError) return refusalError(error.cause, error.status, url);
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return refusalError(await error.response.json().catch(() => undefined), error.status, url);
  }
  const problem = error instanceof Error ? error.message : String(error);
  return new MynakitError("ERR_PLATFORM_ANSWER", { url, problem }, { cause: withoutAnswer(error) });
}
