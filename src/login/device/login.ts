import { isError, MynakitError } from "../../errors.ts";
import { requestJson } from "../http.ts";
import { type DeviceAnswer, discoverServer } from "../oidc.ts";
import { type Platform, platformClock } from "../platform.ts";
import { newProofKey } from "../proof-key.ts";
import { describePlatform } from "../remote.ts";
import { type Session, sessionOf } from "../session.ts";
import type { Scope } from "../wire.ts";
import { type DeviceCancellation, devicePaths } from "./wire.ts";

export interface DeviceLoginOptions {
  readonly platform: Platform;
  readonly scope: readonly Exclude<Scope, "openid">[];
  /** What this device calls itself, for whoever approves. */
  readonly deviceName: string;
  readonly clock: () => Date;
  random(length: number): Uint8Array;
  /** Rejects when the person has had enough. */
  sleep(milliseconds: number): Promise<void>;
  /** Shows the person what to open elsewhere. */
  readonly show: (request: DeviceAnswer) => void | Promise<void>;
  /** Told every second how many are left. */
  readonly waiting: (secondsLeft: number) => void;
}

/** How long the platform may take to hear that nobody waits any more, in milliseconds. */
const farewell = 2000;
const second = 1000;

/**
 * Logs in without a card here: shows a code that a card elsewhere approves, and waits for that (RFC 8628). Whoever stops
 * waiting takes the request back.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `device-login-denied`, `device-login-expired` and the like;
 *   ERR_NETWORK_*, ERR_PLATFORM_*; what `sleep` rejects with
 */
export async function deviceLogin(options: DeviceLoginOptions): Promise<Session> {
  const { platform, clock, random, deviceName } = options;
  let { ahead = 0 } = platform;
  const itsClock = () => platformClock({ ahead }, clock)();
  const key = newProofKey({ clock: itsClock, random });
  const server = await discoverServer(platform, key);
  const request = await server.askForDevice(["openid", ...options.scope].join(" "), deviceName);
  const exchange = () => server.exchangeDeviceCode(request.deviceCode);
  /** While somebody waits, a clock may be set. */
  const askInItsTime = () =>
    exchange().catch(async (error: unknown) => {
      if (reasonOf(error) !== "proof-time") throw error;
      ({ ahead = 0 } = await describePlatform(platform, clock));
      return exchange();
    });
  try {
    await options.show(request);
    const answer = await polled(askInItsTime, request, { ...options, expired });
    return sessionOf(answer, { ...options, clock: itsClock, key });
  } catch (error) {
    await takeBack(request.deviceCode, platform);
    platform.signal?.throwIfAborted();
    throw error;
  }
}

interface Polling extends Pick<DeviceLoginOptions, "sleep" | "waiting"> {
  /** What it is when nobody has approved in time. */
  readonly expired: (cause: unknown) => MynakitError;
}

/**
 * Asks until there is an answer: not faster than the platform says, and slower where the network fails (RFC 8628, 3.5).
 * @throws {MynakitError} what `ask` throws as the last word, and what `expired` makes
 */
export async function polled<T>(
  ask: () => Promise<T>,
  { interval, expiresIn }: DeviceAnswer,
  { sleep, waiting, expired }: Polling,
): Promise<T> {
  let pause = interval;
  let waited = 0;
  for (;;) {
    for (let seconds = 0; seconds < pause; seconds++) {
      waiting(Math.max(0, expiresIn - waited));
      await sleep(second);
      waited++;
    }
    try {
      return await ask();
    } catch (error) {
      if (waited >= expiresIn && isPending(error)) throw expired(error);
      pause = nextPause(error, pause, waited < expiresIn);
    }
  }
}

/** The platform's reason, or the code of OAuth where there is none. */
const reasonOf = (error: unknown): string | undefined =>
  isError(error, "ERR_PLATFORM_REFUSED") ? error.details.reason.replace("_", "-") : undefined;

const isPending = (error: unknown): boolean => /^(authorization-pending|slow-down)$/.test(reasonOf(error) ?? "");

/** @returns seconds @throws the error where it is the last word */
function nextPause(error: unknown, pause: number, inTime: boolean): number {
  const reason = reasonOf(error);
  if (!inTime) throw error;
  if (reason === "authorization-pending") return pause;
  if (reason === "slow-down") return pause + 5;
  const away = isError(error, "ERR_NETWORK_UNREACHABLE") || isError(error, "ERR_NETWORK_TIMEOUT");
  if (away || reason === "unavailable" || reason === "rate-limited") return Math.min(pause * 2, 60);
  throw error;
}

/** The same as the platform's own refusal. */
function expired(cause: unknown): MynakitError {
  const description = "nobody has approved in time";
  return new MynakitError("ERR_PLATFORM_REFUSED", { reason: "device-login-expired", description }, { cause });
}

/**
 * Nobody waits any more; a request that was decided on stays as it is. That the platform cannot be told changes nothing:
 * the request runs out.
 */
async function takeBack(deviceCode: string, { signal: _signal, ...platform }: Platform): Promise<void> {
  await requestJson(
    { ...platform, timeout: farewell },
    {
      method: "POST",
      path: devicePaths.cancellations,
      body: { deviceCode } satisfies DeviceCancellation,
      parse: () => undefined,
    },
  ).catch((error: unknown) => {
    if (!(error instanceof MynakitError)) throw error;
  });
}
