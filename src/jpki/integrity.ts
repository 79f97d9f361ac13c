/** What a card's own records and signatures say of its data. */
export interface IntegrityCheck {
  readonly name:
    | "check-digit"
    | "number-digest"
    | "attributes-digest"
    | "signature"
    | "number-signature"
    | "unsigned-fields"
    | "cv-certificate";
  readonly result: "ok" | "failed" | "not-checked";
  readonly detail: IntegrityDetail | null;
}

export type IntegrityDetail =
  | "check-digit-wrong"
  | "digest-differs"
  | "signature-wrong"
  | "not-read"
  | "record-absent"
  | "certificate-absent"
  | "outside-the-signature"
  | "authority-unknown"
  | "simulated-authority";

type Name = IntegrityCheck["name"];

/** `ok`, or failed for the reason. */
export const checked = (name: Name, holds: boolean, otherwise: IntegrityDetail): IntegrityCheck =>
  holds ? { name, result: "ok", detail: null } : { name, result: "failed", detail: otherwise };

export const notChecked = (name: Name, detail: IntegrityDetail): IntegrityCheck => ({
  name,
  result: "not-checked",
  detail,
});

export type IntegrityVerdict = "passed" | "incomplete" | "failed";

/** `incomplete`: nothing failed, but something was not checked. */
export function verdictOf(checks: readonly IntegrityCheck[]): IntegrityVerdict {
  if (checks.some(({ result }) => result === "failed")) return "failed";
  return checks.some(({ result }) => result === "not-checked") ? "incomplete" : "passed";
}
