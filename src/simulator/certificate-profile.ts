import type { Usage } from "./authority-names.ts";

/** Bits of keyUsage (RFC 5280, 4.2.1.3). */
const digitalSignature = 0;
const nonRepudiation = 1;

export type LeafExtension =
  | "keyUsage"
  | "subjectAltName"
  | "certificatePolicies"
  | "issuerAltName"
  | "cRLDistributionPoints"
  | "authorityKeyIdentifier"
  | "subjectKeyIdentifier";

interface LeafProfile {
  readonly policy: string;
  readonly keyUsage: readonly number[];
  /** In the order in which they stand in the certificate. */
  readonly extensions: readonly LeafExtension[];
}

/**
 * What holders' certificates say beside their holder. J-LIS's profile specification (プロファイル仕様書) is the authority for it;
 * here stands what public programs show of real certificates:
 *
 * - Seen: keyUsage and its bits, both critical extensions, the CPS beside the policy; of the signing certificate its seven
 *   extensions, the first, second and fifth by name, and the six otherNames.
 * - Inferred: the names of the other four, and all of the authentication certificate's from them. The policies are of the arc
 *   that JPKI keeps for tests (…8.5.1.0), so that a verifier of real certificates refuses them: the signing one was seen in
 *   public verifiers, the authentication one follows from it.
 * - From memory, to be compared before anybody relies on it: the units in issuerAltName (`authority-names.ts`), and that
 *   authorityKeyIdentifier is a key identifier alone. For extendedKeyUsage (clientAuth) and authorityInfoAccess there is nothing
 *   but memory, and in the signing certificate no room: they are left out.
 */
export const leafProfiles: Readonly<Record<Usage, LeafProfile>> = {
  auth: {
    policy: "1.2.392.200149.8.5.1.0.30",
    keyUsage: [digitalSignature],
    extensions: [
      "keyUsage",
      "certificatePolicies",
      "issuerAltName",
      "cRLDistributionPoints",
      "authorityKeyIdentifier",
      "subjectKeyIdentifier",
    ],
  },
  sign: {
    policy: "1.2.392.200149.8.5.1.0.20",
    keyUsage: [digitalSignature, nonRepudiation],
    extensions: [
      "keyUsage",
      "subjectAltName",
      "certificatePolicies",
      "issuerAltName",
      "cRLDistributionPoints",
      "authorityKeyIdentifier",
      "subjectKeyIdentifier",
    ],
  },
};

/** Where a real certificate names jpki.go.jp. */
export const practiceStatement = "http://jpki-sim.invalid/cps.html";

/** Up to the fifth birthday after the issue. */
export const yearsOfValidity = 5;
