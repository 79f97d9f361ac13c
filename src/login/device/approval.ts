import type { PinReport } from "../../errors.ts";
import { cardAssertion, reportingSigned, type SigningOptions } from "../card-login.ts";
import { requestJson } from "../http.ts";
import { discoverServer } from "../oidc.ts";
import type { Platform } from "../platform.ts";
import {
  type DeviceApproval,
  type DeviceLookup,
  type DeviceReference,
  type DeviceRequest,
  devicePaths,
} from "./wire.ts";

/**
 * Who asks to be let in under a user code.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `user-code-unknown`, `device-login-*` or `throttled`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const lookUpDevice = (platform: Platform, userCode: string): Promise<DeviceRequest> =>
  requestJson(platform, {
    method: "POST",
    path: devicePaths.lookups,
    body: { userCode } satisfies DeviceLookup,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      request: answer.text("request"),
      userCode: answer.text("userCode"),
      client: answer.text("client"),
      service: answer.nullable("service", answer.text),
      scope: answer.text("scope"),
      device: answer.nullable("device", answer.text),
      address: answer.nullable("address", answer.text),
      requestedAt: answer.date("requestedAt"),
      expiresAt: answer.date("expiresAt"),
    }),
  });

/** Turns a device away; needs no card. @throws {MynakitError} as `lookUpDevice` */
export const denyDevice = (platform: Platform, { request }: DeviceReference): Promise<void> =>
  requestJson(platform, {
    method: "POST",
    path: devicePaths.denials,
    body: { request } satisfies DeviceReference,
    parse: () => undefined,
  });

/**
 * Lets a device in: the card signs an assertion for this request and no other.
 * @returns whether its holder has registered with Mynaportal, as far as the platform says
 * @throws {MynakitError} as `lookUpDevice`; ERR_CERT_* as the platform sees the certificate, and what `sign` throws;
 *   after the signature each says what happened to the PIN
 */
export async function approveDevice(
  options: SigningOptions,
  { request }: DeviceReference,
): Promise<{ readonly pin: PinReport; readonly registered: boolean }> {
  const { platform } = options;
  const { issuer } = await discoverServer(platform);
  const { assertion, pin } = await cardAssertion(options, {
    audience: `${issuer}${devicePaths.approvals}`,
    challenge: { path: devicePaths.challenges, body: { request } satisfies DeviceReference },
  });
  const body = { request, assertion } satisfies DeviceApproval;
  const registered = await reportingSigned(pin, () =>
    requestJson(platform, {
      method: "POST",
      path: devicePaths.approvals,
      body,
      parse: (answer) => !answer.has("registered") || answer.flag("registered"),
    }),
  );
  return { pin, registered };
}
