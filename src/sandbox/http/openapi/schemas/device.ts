import * as v from "valibot";
import type {
  DeviceApproval,
  DeviceAuthorization,
  DeviceCancellation,
  DeviceDecision,
  DeviceLookup,
  DeviceReference,
  DeviceRequest,
} from "../../../../login/device/wire.ts";
import { clientId } from "../../../../login/wire.ts";
import { type Component, component, matching, moment, sandbox, text, whole } from "../component.ts";

const userCode = matching(/^[A-Z]{4}-[A-Z]{4}$/, "What the device shows; case, spaces and hyphens do not count.");
const request = text("Names the request to those who have seen its code.");
const requestId = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

export const deviceComponents = {
  DeviceAuthorizationRequest: {
    schema: v.object({
      client_id: text("mynakit, or a client that the operator registered; none has a secret."),
      scope: text(
        "Separated by spaces, of: openid, portal, mykey; of a registered client's, those that it may ask for.",
      ),
      device_name: v.exactOptional(text("What the device calls itself, for whoever approves.")),
    }),
    example: { client_id: clientId, scope: "openid portal", device_name: "workstation" },
  },
  DeviceAuthorization: component<DeviceAuthorization>()(
    v.strictObject({
      device_code: text("The device's secret."),
      user_code: userCode,
      verification_uri: text("What a person opens elsewhere."),
      verification_uri_complete: text("With the user code in it, for a QR code."),
      expires_in: whole("Seconds."),
      interval: whole("Seconds between two questions."),
      sandbox,
    }),
    {
      device_code: "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
      user_code: "WDJB-MJHT",
      verification_uri: "http://127.0.0.1:8080/device",
      verification_uri_complete: "http://127.0.0.1:8080/device?user_code=WDJB-MJHT",
      expires_in: 600,
      interval: 2,
      sandbox: true,
    },
  ),
  DeviceCancellation: component<DeviceCancellation>()(v.strictObject({ deviceCode: text("The device's secret.") }), {
    deviceCode: "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
  }),
  DeviceLookup: component<DeviceLookup>()(v.strictObject({ userCode: text("As it was typed.") }), {
    userCode: "wdjb mjht",
  }),
  DeviceRequest: component<DeviceRequest>()(
    v.strictObject({
      sandbox,
      request,
      userCode,
      client: text("The OAuth client."),
      service: v.nullable(text("What an external service is called; null: mynakit itself asks.")),
      scope: text("What the session will be for, and so what whoever approves consents to."),
      device: v.nullable(text("As the device calls itself; nobody checked it.")),
      address: v.nullable(text("As the platform saw it.")),
      requestedAt: moment("When the device asked."),
      expiresAt: moment("Until when it can be approved."),
    }),
    {
      sandbox: true,
      request: requestId,
      userCode: "WDJB-MJHT",
      client: clientId,
      service: null,
      scope: "openid portal",
      device: "workstation",
      address: "192.0.2.1",
      requestedAt: "2026-11-22T03:00:00Z",
      expiresAt: "2026-11-22T03:10:00Z",
    },
  ),
  DeviceReference: component<DeviceReference>()(v.strictObject({ request }), { request: requestId }),
  DeviceApproval: component<DeviceApproval>()(
    v.strictObject({
      request,
      assertion: text("As at /token, but its `aud` is this URL, and its `nonce` one of this request."),
    }),
    { request: requestId, assertion: "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl" },
  ),
  DeviceDecision: component<DeviceDecision>()(
    v.strictObject({
      sandbox,
      state: v.picklist(["approved", "denied", "cancelled"]),
      registered: v.exactOptional(
        v.pipe(v.boolean(), v.description("Of an approval: whether the person has registered with Mynaportal.")),
      ),
    }),
    { sandbox: true, state: "approved", registered: true },
  ),
} as const satisfies Record<string, Component>;
