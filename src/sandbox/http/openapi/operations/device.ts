import { devicePaths } from "../../../../login/device/wire.ts";
import { badAssertions, badProofs, type Operation, overAndDone, undecidable } from "../operation.ts";

const post = { method: "POST", access: "nothing" } as const;

export const deviceOperations: readonly Operation[] = [
  {
    ...post,
    path: devicePaths.authorization,
    id: "askForDevice",
    summary: "A device without a card asks to be let in (RFC 8628, 3.1).",
    form: true,
    proof: true,
    body: "DeviceAuthorizationRequest",
    answer: "DeviceAuthorization",
    refusals: ["client-unknown", "scope-unknown", ...badProofs],
  },
  {
    ...post,
    path: devicePaths.cancellations,
    id: "cancelDevice",
    summary: "The device takes its request back. One that is decided or over stays as it is.",
    body: "DeviceCancellation",
    answer: "DeviceDecision",
  },
  {
    ...post,
    path: devicePaths.lookups,
    id: "lookUpDevice",
    summary: "Who asks under a user code. Wrong codes count against the address.",
    body: "DeviceLookup",
    answer: "DeviceRequest",
    refusals: ["user-code-unknown", "throttled", ...overAndDone],
  },
  {
    ...post,
    path: devicePaths.challenges,
    id: "askDeviceNonce",
    summary: "A nonce for the assertion that approves one request.",
    body: "DeviceReference",
    answer: "Challenge",
    refusals: undecidable,
  },
  {
    ...post,
    path: devicePaths.approvals,
    id: "approveDevice",
    summary: "Lets a device in, by an assertion that the card signed for its request alone.",
    body: "DeviceApproval",
    answer: "DeviceDecision",
    refusals: [...badAssertions, ...undecidable],
  },
  {
    ...post,
    path: devicePaths.denials,
    id: "denyDevice",
    summary: "Turns a device away.",
    body: "DeviceReference",
    answer: "DeviceDecision",
    refusals: undecidable,
  },
];
