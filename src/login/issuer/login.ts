import { MynakitError, type PinReport } from "../../errors.ts";
import { cardAssertion, reportingSigned, type SigningOptions } from "../card-login.ts";
import { polled } from "../device/login.ts";
import type { DeviceAnswer } from "../oidc.ts";
import type { Issuer } from "./provider.ts";
import { awaitRedirect, type RedirectPages } from "./redirect.ts";
import type { IssuerSession } from "./session.ts";

interface Waiting {
  /** Separated by spaces. */
  readonly scope: string;
  /** Rejects when the person has had enough. */
  sleep(milliseconds: number): Promise<void>;
  /** Told every second how many are left. */
  readonly waiting: (secondsLeft: number) => void;
}

/** How long the browser may take to come back, in seconds. */
const patience = 5 * 60;
const second = 1000;
const secretBytes = 32;

const expired = ({ issuer }: Issuer, cause?: unknown) =>
  new MynakitError("ERR_PLATFORM_LOGIN_EXPIRED", { issuer }, { cause });

/**
 * Logs in by a code that is entered elsewhere (RFC 8628).
 * @throws {MynakitError} what `Issuer` throws; ERR_PLATFORM_LOGIN_DENIED, ERR_PLATFORM_LOGIN_EXPIRED; what `sleep`
 *   rejects with
 */
export async function loginByDevice(
  issuer: Issuer,
  options: Waiting & { readonly show: (request: DeviceAnswer) => void | Promise<void> },
): Promise<IssuerSession> {
  const { scope, show } = options;
  const request = await issuer.askForDevice(scope);
  await show(request);
  return polled(() => issuer.exchangeDeviceCode(request.deviceCode, scope), request, {
    ...options,
    expired: (cause) => expired(issuer, cause),
  });
}

/**
 * Logs in in a browser on this machine (RFC 8252): an authorization code with PKCE, sent back to this process.
 * @throws {MynakitError} as `loginByDevice`; ERR_NETWORK_LISTEN
 */
export async function loginByCode(
  issuer: Issuer,
  options: Waiting & {
    /** Where the answer goes; 0: to one that is free. */
    readonly port: number;
    readonly pages: RedirectPages;
    readonly show: (address: string) => void;
    random(length: number): Uint8Array;
  },
): Promise<IssuerSession> {
  const { scope, port, pages, show, random } = options;
  const secret = () => Buffer.from(random(secretBytes)).toString("base64url");
  const checks = { state: secret(), nonce: secret(), verifier: secret() };
  const { redirectUri, answer, close } = await awaitRedirect({ port, state: checks.state, pages });
  try {
    const request = { ...checks, scope, redirectUri };
    show(await issuer.authorizationUrl(request));
    return await issuer.exchangeCode(await inTime(answer, issuer, options), request);
  } finally {
    close();
  }
}

async function inTime<T>(answer: Promise<T>, issuer: Issuer, { sleep, waiting }: Waiting): Promise<T> {
  for (let left = patience; left > 0; left--) {
    waiting(left);
    const came = await Promise.race([answer.then((value) => ({ value })), sleep(second)]);
    if (came) return came.value;
  }
  throw expired(issuer);
}

/**
 * Logs in with a card here, at a provider that takes its assertion as our platform does (RFC 7523).
 * @param signing with a platform whose URL is the provider's
 * @throws {MynakitError} as `cardAssertion`, and what `Issuer` throws, with what happened to the PIN
 */
export async function loginByCard(
  issuer: Issuer & { readonly challenge: string },
  { scope, signing }: { readonly scope: string; readonly signing: SigningOptions },
): Promise<{ readonly session: IssuerSession; readonly pin: PinReport }> {
  const order = { audience: issuer.issuer, challenge: { path: issuer.challenge } };
  const { assertion, pin } = await cardAssertion(signing, order);
  return { session: await reportingSigned(pin, () => issuer.exchangeAssertion(assertion, scope)), pin };
}
