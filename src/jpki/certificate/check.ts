import { type Authority, type Chain, type ChainProblem, checkChain } from "./chain.ts";
import type { RevocationList } from "./crl.ts";
import type { JpkiCertificate } from "./parse.ts";
import { checkProfile, type ProfileProblem } from "./profile.ts";
import { agreed, checkRevocation, type NotChecked, type Revocation } from "./revocation.ts";
import { validityState } from "./validity.ts";

export type CheckName =
  | "validity"
  | "expiry-window"
  | "key-usage"
  | "policy"
  | "ca-flag"
  | "key-algorithm"
  | "chain"
  | "trust-anchor"
  | "revocation";

export type CheckDetail =
  | "expired"
  | "not-yet-valid"
  | "expires-soon"
  | "not-as-jpki"
  | "named-authority"
  | "not-a-named-authority"
  | "simulated-authority"
  | "authority-of-the-card-only"
  | "revoked"
  | ChainProblem
  | NotChecked;

export interface Check {
  readonly name: CheckName;
  readonly result: "ok" | "failed" | "not-checked";
  readonly detail: CheckDetail | null;
}

export interface CheckOptions {
  readonly now: Date;
  readonly authorities: readonly Authority[];
  /** Null: nobody gave one. */
  readonly list: RevocationList | null;
  /** What a responder said (`ocsp.ts`). Absent: none was named. */
  readonly said?: Revocation | undefined;
  /** Milliseconds that must be left until the certificate expires. */
  readonly window: number;
  /** True where the certificate comes from a simulated card, which nobody takes for a person's. */
  readonly simulated: boolean;
}

export interface RevocationSource {
  readonly method: "crl" | "ocsp";
  readonly said: Revocation;
}

export interface CheckedCertificate {
  readonly checks: readonly Check[];
  /**
   * `failed`: a check failed, or a revocation list or a responder was named and could not be used. `incomplete`: nothing failed, but
   * something was not checked.
   */
  readonly verdict: "passed" | "incomplete" | "failed";
  readonly issuer: Authority | null;
  readonly revocation: Revocation;
  /** The word of each source that was given. */
  readonly sources: readonly RevocationSource[];
}

/** Every check that a JPKI certificate can be put to, with what is at hand. Never throws. */
export function checkCertificate(certificate: JpkiCertificate, options: CheckOptions): CheckedCertificate {
  const { now, authorities, list, said } = options;
  const chain = checkChain(certificate, authorities, now);
  const sources: RevocationSource[] = [
    ...(list ? [{ method: "crl", said: checkRevocation(certificate, chain, list, now) } as const] : []),
    ...(said ? [{ method: "ocsp", said } as const] : []),
  ];
  const revocation = agreed(sources.map((source) => source.said));
  const checks: Check[] = [
    validity(certificate, now),
    expiryWindow(certificate, options),
    ...profile(certificate),
    chain.problem ? failed("chain", chain.problem) : ok("chain"),
    trust(chain, options),
    revoked(revocation),
  ];
  const unusable = sources.some((source) => source.said.status === "not-checked");
  return { checks, verdict: verdictOf(checks, unusable), issuer: chain.issuer, revocation, sources };
}

/** A check of a certificate, or of a signature, by how it went. */
export const ok = <N extends string, D extends string = never>(name: N, detail: D | null = null) =>
  ({ name, result: "ok", detail }) as const;
export const failed = <N extends string, D extends string>(name: N, detail: D) =>
  ({ name, result: "failed", detail }) as const;
export const notChecked = <N extends string, D extends string>(name: N, detail: D) =>
  ({ name, result: "not-checked", detail }) as const;

function validity(certificate: JpkiCertificate, now: Date): Check {
  const state = validityState(certificate, now);
  return state === "valid" ? ok("validity") : failed("validity", state);
}

/** Where no days were asked for, that it has expired is told by its validity alone. */
function expiryWindow({ notAfter }: JpkiCertificate, { now, window }: CheckOptions): Check {
  const left = notAfter.getTime() - now.getTime();
  if (left >= window) return ok("expiry-window");
  return window === 0 ? notChecked("expiry-window", "expired") : failed("expiry-window", "expires-soon");
}

const profileChecks: readonly (readonly [CheckName, ProfileProblem])[] = [
  ["key-usage", "key-usage"],
  ["policy", "policy"],
  ["ca-flag", "basic-constraints"],
  ["key-algorithm", "key-algorithm"],
];

function profile(certificate: JpkiCertificate): Check[] {
  const problems = checkProfile(certificate);
  return profileChecks.map(([name, problem]) => (problems.includes(problem) ? failed(name, "not-as-jpki") : ok(name)));
}

/** Whoever names authorities trusts those and no others. */
function trust({ issuer }: Chain, { authorities, simulated }: CheckOptions): Check {
  const name = "trust-anchor";
  if (issuer?.source === "named") return ok(name, "named-authority");
  if (authorities.some(({ source }) => source === "named")) return failed(name, "not-a-named-authority");
  if (!issuer) return notChecked(name, "issuer-unknown");
  if (issuer.source === "card") return notChecked(name, "authority-of-the-card-only");
  return simulated ? ok(name, "simulated-authority") : failed(name, "simulated-authority");
}

function revoked(revocation: Revocation): Check {
  if (revocation.status === "not-checked") return notChecked("revocation", revocation.reason);
  return revocation.status === "revoked" ? failed("revocation", "revoked") : ok("revocation");
}

/** @param unusable a source that was named says nothing: as bad as a check that failed */
export function verdictOf(checks: readonly Pick<Check, "result">[], unusable: boolean): CheckedCertificate["verdict"] {
  const has = (result: Check["result"]): boolean => checks.some((check) => check.result === result);
  if (has("failed") || unusable) return "failed";
  return has("not-checked") ? "incomplete" : "passed";
}
