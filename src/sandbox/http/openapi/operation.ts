import type { RefusalReason } from "../../../login/wire.ts";
import type { ApiScope } from "../../../portal/wire/api.ts";
import { apiComponents } from "./schemas/api.ts";
import { deviceComponents } from "./schemas/device.ts";
import { loginComponents } from "./schemas/login.ts";
import { mykeyComponents } from "./schemas/mykey.ts";
import { pointsComponents } from "./schemas/points.ts";
import { portalComponents } from "./schemas/portal.ts";
import { portalServiceComponents } from "./schemas/portal-services.ts";
import { proceduresComponents } from "./schemas/procedures.ts";

/** Every body that the protocol knows, but that of a refusal. */
export const components = {
  ...loginComponents,
  ...deviceComponents,
  ...mykeyComponents,
  ...pointsComponents,
  ...portalComponents,
  ...portalServiceComponents,
  ...proceduresComponents,
  ...apiComponents,
} as const;

export type ComponentName = keyof typeof components;

/**
 * What a request must show: a session for a scope (`account`: one that may use the MyKey account, not only see its
 * history; `consent`: one of an external service, to which a person has consented), or a cashless service's token.
 */
export type Access = "nothing" | "openid" | "portal" | "history" | "account" | "consent" | "service";

/** What a path does. What follows from `access` and `once` is added by the document. */
export interface Operation {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly access: Access;
  /** Of the API for external services: what must have been consented to. */
  readonly scope?: ApiScope;
  /** True where an idempotency key must stand in the header. */
  readonly once?: true;
  /** True where a key can be proven, beside where a session must be shown. */
  readonly proof?: true;
  readonly body?: ComponentName;
  /** True where it answers while the operator has closed the platform. */
  readonly evenWhenClosed?: true;
  /** True for the authorization server's own: forms go in, and OAuth errors without a reason may come out. */
  readonly oauth?: true;
  /** True where a form goes into an endpoint that is not the authorization server's. */
  readonly form?: true;
  /** Null: the answer has no body. */
  readonly answer: ComponentName | null;
  readonly contentType?: string;
  readonly refusals?: readonly RefusalReason[];
  /** Errors of OAuth that say no reason, by status. */
  readonly errors?: Readonly<Record<number, readonly string[]>>;
}

/** What is wrong with a request that proves its key badly (RFC 9449, 4.3). */
export const badProofs = ["proof-malformed", "proof-time", "proof-mismatch", "proof-replayed"] as const;

/** What is wrong with what a card signed, or with the card's certificate. */
export const badAssertions = [
  "assertion-malformed",
  "assertion-signature",
  "assertion-issuer",
  "assertion-audience",
  "assertion-time",
  "assertion-expired",
  "assertion-replayed",
  "nonce-unknown",
  "certificate-malformed",
  "certificate-untrusted",
  "certificate-not-yet-valid",
  "certificate-expired",
  "certificate-wrong-profile",
  "certificate-revoked",
] as const;

/** Why a device's request cannot be decided on any more. */
export const overAndDone = [
  "device-login-denied",
  "device-login-cancelled",
  "device-login-used",
  "device-login-expired",
] as const;

/** The same, or why it never could be. */
export const undecidable = ["device-login-unknown", ...overAndDone] as const;

const byAccess: Readonly<Record<Access, readonly RefusalReason[]>> = {
  nothing: [],
  openid: [],
  portal: ["session-missing", "session-expired", "scope-missing", "proof-missing", "proof-foreign", ...badProofs],
  history: ["session-missing", "session-expired", "scope-missing", "proof-missing", "proof-foreign", ...badProofs],
  account: [
    "session-missing",
    "session-expired",
    "scope-missing",
    "proof-missing",
    "proof-foreign",
    ...badProofs,
    "account-suspended",
    "certificate-expired",
    "certificate-too-new",
    "certificate-replaced",
  ],
  consent: ["session-missing", "session-expired", "scope-missing", "proof-missing", "proof-foreign", ...badProofs],
  service: ["session-missing", "session-expired"],
};

/** What a server refuses, whatever is asked of it. */
export const everywhere: readonly RefusalReason[] = [
  "request-too-slow",
  "url-too-long",
  "headers-too-large",
  "rate-limited",
  "unavailable",
];

/** Every reason that an operation can give. */
export function refusalsOf({
  method,
  access,
  once,
  body,
  evenWhenClosed,
  oauth,
  form,
  refusals = [],
}: Operation): RefusalReason[] {
  const reasons: RefusalReason[] = [
    ...byAccess[access],
    ...(body !== undefined && !oauth && !form ? (["request-malformed"] as const) : []),
    ...(once ? (["idempotency-key-missing", "idempotency-key-reused"] as const) : []),
    ...refusals,
    ...(evenWhenClosed ? [] : (["platform-closed"] as const)),
    ...(method === "POST" && !oauth ? (["request-too-large"] as const) : []),
    ...everywhere,
    "server-error",
  ];
  return [...new Set(reasons)];
}
