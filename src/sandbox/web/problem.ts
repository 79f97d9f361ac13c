import type { RefusalReason } from "../../login/wire.ts";

/** Reasons of a refusal that a page has words for. */
export const toldReasons = [
  "request-malformed",
  "request-too-large",
  "not-found",
  "platform-closed",
  "account-suspended",
  "certificate-expired",
  "certificate-too-new",
  "certificate-replaced",
  "card-required",
  "no-mykey-id",
  "login-refused",
  "throttled",
  "user-code-unknown",
  "device-login-unknown",
  "device-login-denied",
  "device-login-cancelled",
  "device-login-used",
  "device-login-expired",
  "session-unknown",
  "not-registered",
  "notice-unknown",
  "consent-unknown",
  "server-error",
  "unavailable",
] as const satisfies readonly RefusalReason[];

/** What a page can have to say instead of what was asked for. */
export type PageProblem =
  | (typeof toldReasons)[number]
  /** The form did not come from a page of this platform, or from one of another visit. */
  | "form-foreign"
  | "ticket-unknown"
  /** What a service asked for was decided on, is too old, or was begun in another browser. */
  | "consent-over"
  /** A service asked for what cannot be granted, and cannot be told so. */
  | "authorization-refused"
  /** The counterpart of `throttled` for codes of devices. */
  | "codes-throttled"
  | "refused";
