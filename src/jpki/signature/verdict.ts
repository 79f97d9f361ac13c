import type { Authority } from "../certificate/chain.ts";
import {
  type Check,
  type CheckDetail,
  type CheckedCertificate,
  type CheckName,
  checkCertificate,
  failed,
  notChecked,
  ok,
  verdictOf,
} from "../certificate/check.ts";
import type { RevocationList } from "../certificate/crl.ts";
import type { JpkiCertificate } from "../certificate/parse.ts";
import type { Revocation } from "../certificate/revocation.ts";
import { validityState } from "../certificate/validity.ts";
import type { HashName } from "../sign.ts";

/** What is checked of a signature; its certificate's checks follow. */
export type SignatureCheckName =
  | "signer-certificate"
  | "header"
  | "algorithms"
  | "signed-attributes"
  | "content-type"
  | "content"
  | "signing-certificate"
  | "signature"
  | "signing-time";

export type SignatureCheckDetail =
  | "certificate-not-found"
  | "algorithm-not-allowed"
  | "algorithms-differ"
  | "attributes-absent"
  | "attribute-missing"
  | "attribute-repeated"
  | "attribute-malformed"
  | "attributes-not-der"
  | "extension-not-supported"
  | "content-type-differs"
  | "content-differs"
  | "content-missing"
  | "another-certificate"
  | "not-signed-over"
  | "signature-wrong"
  | "signature-unfit"
  | "time-not-given"
  | "time-claimed"
  | "signed-before-validity"
  | "signed-after-validity"
  | "signed-in-the-future";

export interface SignatureCheck {
  readonly name: SignatureCheckName | CheckName;
  readonly result: Check["result"];
  readonly detail: SignatureCheckDetail | CheckDetail | null;
}

/** What signatures are checked against. */
export interface TrustOptions {
  /** The time of the check. */
  readonly at: Date;
  /** Those that the user names, and those of simulated cards. */
  readonly authorities: readonly Authority[];
  /** True where a simulated authority's word counts. */
  readonly simulated: boolean;
  /** Null: nobody gave one. */
  readonly list: RevocationList | null;
}

export interface SignerVerdict {
  /** As `CheckedCertificate` has it. A signature is good unless it is `failed`. */
  readonly verdict: CheckedCertificate["verdict"];
  /** Null: it is not there, or cannot be read. */
  readonly certificate: JpkiCertificate | null;
  /** Null: one that is not allowed. */
  readonly hash: HashName | null;
  /** When the signer says that it was; nobody else does. */
  readonly signingTime: Date | null;
  readonly issuer: Authority | null;
  readonly revocation: Revocation;
  readonly checks: readonly SignatureCheck[];
}

export interface SignatureVerdict {
  /** The worst of the signers'; without any it is `failed`. */
  readonly verdict: CheckedCertificate["verdict"];
  readonly detached: boolean;
  readonly signers: readonly SignerVerdict[];
}

type Found = Pick<SignerVerdict, "certificate" | "hash" | "signingTime">;

/** A signer's verdict: the checks of the signature, then those of the certificate, as `cert check` makes them. */
export function signerVerdict(
  found: Found,
  signature: readonly SignatureCheck[],
  options: TrustOptions,
): SignerVerdict {
  const { certificate } = found;
  if (!certificate) {
    const revocation = { status: "not-checked", reason: "issuer-unknown" } as const;
    return { ...found, verdict: "failed", issuer: null, revocation, checks: signature };
  }
  const { at, authorities, list, simulated } = options;
  const checked = checkCertificate(certificate, { now: at, authorities, list, window: 0, simulated });
  // Days that are left matter to whoever owns the certificate.
  const own = checked.checks.filter(({ name }) => name !== "expiry-window");
  const checks = [...signature, ...own];
  const { issuer, revocation } = checked;
  return { ...found, verdict: verdictOf(checks, checked.verdict === "failed"), issuer, revocation, checks };
}

/** Every signer has to be good. */
export const signatureVerdict = (detached: boolean, signers: readonly SignerVerdict[]): SignatureVerdict => ({
  verdict: worstOf(signers),
  detached,
  signers,
});

/** Of several signers or signatures; where there is none, nothing is good. */
export function worstOf(verdicts: readonly Pick<SignerVerdict, "verdict">[]): SignerVerdict["verdict"] {
  if (verdicts.length === 0) return "failed";
  const worst = (["failed", "incomplete"] as const).find((each) => verdicts.some(({ verdict }) => verdict === each));
  return worst ?? "passed";
}

/** Clocks differ a little. */
const tolerance = 5 * 60 * 1000;

/** Whether the claimed time could be true: the certificate was valid then, and it has come. */
export function checkSigningTime(time: Date | null, certificate: JpkiCertificate | null, at: Date): SignatureCheck {
  const name = "signing-time";
  if (!time) return notChecked(name, "time-not-given");
  if (time.getTime() > at.getTime() + tolerance) return failed(name, "signed-in-the-future");
  const state = certificate ? validityState(certificate, time) : "valid";
  if (state === "valid") return ok(name, "time-claimed");
  return failed(name, state === "expired" ? "signed-after-validity" : "signed-before-validity");
}
