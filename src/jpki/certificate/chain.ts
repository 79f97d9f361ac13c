import type { JpkiCertificate } from "./parse.ts";
import { isSignedBy, isSoundAlgorithm, signedContent } from "./signed.ts";
import { validityState } from "./validity.ts";

/**
 * Where an authority's certificate comes from, the most trustworthy first: named by the user, shipped for simulated
 * cards (anybody can sign with their key), or read from the same card (which proves that the two fit together, no more).
 */
export const authoritySources = ["named", "simulated", "card"] as const;

export type AuthoritySource = (typeof authoritySources)[number];

export interface Authority {
  readonly certificate: JpkiCertificate;
  readonly source: AuthoritySource;
}

export type ChainProblem =
  | "issuer-unknown"
  | "weak-algorithm"
  | "unknown-critical-extension"
  | "issuer-name-differs"
  | "key-identifier-differs"
  | "issuer-not-ca"
  | "issuer-may-not-sign"
  | "issuer-expired"
  | "issuer-not-yet-valid";

export interface Chain {
  /** Who signed the certificate; null: none of the authorities. */
  readonly issuer: Authority | null;
  /** Null: the signature and all that RFC 5280, 6.1 asks of a chain of two are right. */
  readonly problem: ChainProblem | null;
}

/** Everything that JPKI's certificates have, so that nothing critical is passed over unread. */
const understood: readonly string[] = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.31", "2.5.29.32"];

/**
 * The issuer of a certificate among authorities, and whether it was entitled. JPKI's authorities sign the holders'
 * certificates directly, and all their generations have one name: the signature tells which one it was.
 */
export function checkChain(certificate: JpkiCertificate, authorities: readonly Authority[], now: Date): Chain {
  if (!isSoundAlgorithm(certificate.signatureAlgorithm)) return { issuer: null, problem: "weak-algorithm" };
  const signed = signedContent(certificate.der, "the certificate");
  const signers = authorities.filter((authority) => isSignedBy(signed, authority.certificate.publicKey));
  // One key can have several certificates. The word of the card does not count beside that of the user.
  const source = authoritySources.find((each) => signers.some((signer) => signer.source === each));
  const chains = signers
    .filter((signer) => signer.source === source)
    .map((issuer) => ({ issuer, problem: problemOf(certificate, issuer.certificate, now) }));
  return chains.find(({ problem }) => problem === null) ?? chains[0] ?? { issuer: null, problem: "issuer-unknown" };
}

function problemOf(certificate: JpkiCertificate, issuer: JpkiCertificate, now: Date): ChainProblem | null {
  if (Buffer.compare(certificate.issuer.der, issuer.subject.der) !== 0) return "issuer-name-differs";
  if (differ(certificate.authorityKeyId, issuer.subjectKeyId)) return "key-identifier-differs";
  if (!issuer.isCa) return "issuer-not-ca";
  if (!issuer.keyUsage.includes("keyCertSign")) return "issuer-may-not-sign";
  const critical = [...certificate.criticalExtensions, ...issuer.criticalExtensions];
  if (critical.some((id) => !understood.includes(id))) return "unknown-critical-extension";
  const state = validityState(issuer, now);
  return state === "valid" ? null : state === "expired" ? "issuer-expired" : "issuer-not-yet-valid";
}

/** Two key identifiers that are both there and not the same. */
export const differ = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other;
