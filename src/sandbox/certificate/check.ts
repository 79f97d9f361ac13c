import { verify } from "node:crypto";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import type { Signed } from "./der.ts";

/** An authority whose authentication certificates the platform takes. */
export interface Anchor {
  readonly certificate: Certificate;
  /**
   * True for an authority that is part of the simulation: then this platform's revocation list is the authority's, and
   * its subjects are stable, so that a renewed certificate finds its person.
   */
  readonly simulated: boolean;
}

/**
 * Certificate policies of JPKI authentication certificates: production and test environment.
 * Source: jsrsasign's table of JPKI object identifiers; the test identifier is inferred from the signing certificates'.
 */
const authenticationPolicies: ReadonlySet<string> = new Set(["1.2.392.200149.8.5.1.3.30", "1.2.392.200149.8.5.1.0.30"]);

/** Those of signing certificates. Source: the same. */
const signingPolicies: ReadonlySet<string> = new Set(["1.2.392.200149.8.5.1.3.20", "1.2.392.200149.8.5.1.0.20"]);

/** What a certificate is for: its policies, and the bits of its key usage. */
interface Profile {
  readonly policies: ReadonlySet<string>;
  readonly keyUsage: number;
  readonly name: string;
}

/** Key usage: digitalSignature and nothing else; a signing certificate has nonRepudiation too. */
const profiles = {
  auth: {
    policies: authenticationPolicies,
    keyUsage: 0x80,
    name: "the certificate for user authentication (利用者証明用電子証明書)",
  },
  sign: {
    policies: signingPolicies,
    keyUsage: 0xc0,
    name: "the certificate for signatures (署名用電子証明書)",
  },
} as const satisfies Record<string, Profile>;

export interface CheckedCertificate {
  readonly certificate: Certificate;
  readonly anchor: Anchor;
}

/**
 * The certificate, if it is a JPKI certificate of a trusted authority in its validity, for authentication unless
 * `usage` says otherwise.
 * @param now milliseconds since the epoch
 * @throws {Refusal} certificate-malformed, -untrusted, -not-yet-valid, -expired, -wrong-profile
 */
export function checkCertificate(
  der: Uint8Array,
  anchors: readonly Anchor[],
  now: number,
  usage: keyof typeof profiles = "auth",
): CheckedCertificate {
  const certificate = parse(der);
  const anchor = issuerOf(certificate, anchors);
  checkValidity(certificate, now);
  if (now > anchor.certificate.notAfter) {
    throw untrusted(certificate, "the certificate of its issuer has expired");
  }
  checkProfile(certificate, profiles[usage]);
  return { certificate, anchor };
}

function parse(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal("certificate-malformed", error.message);
    throw error;
  }
}

function issuerOf(certificate: Certificate, anchors: readonly Anchor[]): Anchor {
  const found = signerOf(certificate, anchors);
  if (!found) throw untrusted(certificate, "no authority that this platform trusts issued the certificate");
  return found;
}

/** All generations of an authority share one name: only the signature tells which one signed something. */
export function signerOf(
  { issuer, signed, signature }: Signed & { readonly issuer: string },
  anchors: readonly Anchor[],
): Anchor | undefined {
  return anchors.find(
    ({ certificate: { subject, publicKey } }) => subject === issuer && verify("sha256", signed, publicKey, signature),
  );
}

function untrusted(certificate: Certificate, description: string): Refusal {
  return new Refusal("certificate-untrusted", description, { issuer: certificate.issuer });
}

function checkValidity({ notBefore, notAfter }: Certificate, now: number): void {
  if (now < notBefore) {
    const details = { not_before: rfc3339(notBefore) };
    throw new Refusal("certificate-not-yet-valid", "the certificate is not valid yet", details);
  }
  if (now > notAfter) {
    throw new Refusal("certificate-expired", "the certificate has expired", { not_after: rfc3339(notAfter) });
  }
}

function checkProfile({ authority, keyUsage, policies }: Certificate, profile: Profile): void {
  const usage = keyUsage?.length === 1 ? keyUsage[0] : undefined;
  if (authority || usage !== profile.keyUsage || !policies.some((policy) => profile.policies.has(policy))) {
    throw new Refusal("certificate-wrong-profile", `not ${profile.name}`);
  }
}
