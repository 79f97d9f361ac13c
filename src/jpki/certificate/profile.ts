import type { CertificateKind } from "../applications.ts";
import type { JpkiCertificate, KeyUsage } from "./parse.ts";

/** `simulated` is our own authority's name, which no one can take for a real one. */
export type Environment = "production" | "test" | "simulated" | "unknown";

export type ProfileProblem = "policy" | "key-usage" | "basic-constraints" | "key-algorithm";

interface Profile {
  /** One of these certificate policies; empty: none is asked for. */
  readonly policies: readonly string[];
  /** Exactly these. */
  readonly keyUsage: readonly KeyUsage[];
  readonly isCa: boolean;
}

/** The arc of JPKI's certificate policies; the number after it is 1 in production and 0 in tests. */
const policyArc = "1.2.392.200149.8.5.1";

/**
 * What each kind of certificate has to be. Sources: a published dump of a real certificate and its verifiers; the
 * policy of the test authentication certificate is inferred from that of the signing one, that of phones unconfirmed.
 */
const leaf = {
  auth: {
    policies: [`${policyArc}.3.30`, `${policyArc}.0.30`],
    keyUsage: ["digitalSignature"],
    isCa: false,
  },
  sign: {
    policies: [`${policyArc}.1.20`, `${policyArc}.0.20`, `${policyArc}.1.40`],
    keyUsage: ["digitalSignature", "nonRepudiation"],
    isCa: false,
  },
} as const satisfies Record<string, Profile>;

/** The unit in the name of the authorities for signing; the others have "user authentication" there. */
const signingUnit = "JPKI for digital signature";

const authority: Profile = { policies: [], keyUsage: ["keyCertSign", "cRLSign"], isCa: true };

export const profiles: Readonly<Record<CertificateKind, Profile>> = {
  ...leaf,
  "auth-ca": authority,
  "sign-ca": authority,
};

const organizations: ReadonlyMap<string, Environment> = new Map([
  ["JPKI", "production"],
  ["JPKI-TEST", "test"],
  ["JPKI-SIM", "simulated"],
]);

/** Whose certificate it says that it is: by the issuer's organization, which anyone can write. Trust is a signature's. */
export function environmentOf(certificate: JpkiCertificate): Environment {
  const organization = certificate.issuer.attributes.find(({ type }) => type === "O")?.value;
  return organizations.get(organization ?? "") ?? "unknown";
}

/** Where a certificate is not what its kind has to be; empty: it is. */
export function checkProfile(certificate: JpkiCertificate): ProfileProblem[] {
  const profile = profiles[certificate.kind];
  const { policies } = profile;
  const problems: Record<ProfileProblem, boolean> = {
    policy: policies.length > 0 && !certificate.policies.some((policy) => policies.includes(policy)),
    "key-usage": certificate.keyUsage.join() !== profile.keyUsage.join(),
    "basic-constraints": certificate.isCa !== profile.isCa,
    "key-algorithm": !isRsa2048(certificate),
  };
  return (Object.keys(problems) as ProfileProblem[]).filter((problem) => problems[problem]);
}

function isRsa2048({ publicKey }: JpkiCertificate): boolean {
  return publicKey.asymmetricKeyType === "rsa" && publicKey.asymmetricKeyDetails?.modulusLength === 2048;
}

/**
 * Which kind a certificate from anywhere is: an authority's by its CA flag and the unit in its name, a person's by its
 * policy, else by whether its key may sign documents. What it is not, `checkProfile` then says.
 */
export function kindOf({ isCa, subject, policies, keyUsage }: JpkiCertificate): CertificateKind {
  if (isCa) return subject.attributes.some(({ value }) => value === signingUnit) ? "sign-ca" : "auth-ca";
  const has = (kind: "auth" | "sign") => policies.some((policy) => leaf[kind].policies.some((own) => own === policy));
  if (has("auth")) return "auth";
  return has("sign") || keyUsage.includes("nonRepudiation") ? "sign" : "auth";
}
