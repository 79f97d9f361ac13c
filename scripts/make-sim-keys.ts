/**
 * Makes the fixed test keys of the simulated cards and the certificates of their two authorities, once:
 * `tsx scripts/make-sim-keys.ts`. Every card and every trust store changes with them, so their output is committed.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { authorityAlternativeName, authorityName, type Usage } from "../src/simulator/authority-names.ts";
import {
  booleanTrue,
  crlDistributionPoint,
  directoryName,
  extension,
  keyUsage,
  sequence,
  signCertificate,
  subjectKeyIdentifier,
} from "../src/simulator/x509.ts";

const holderKeyCount = 4;
const keyCertSign = 5;
const cRLSign = 6;

const newKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

/** Self-signed; extensions in the order of the published authorities' certificates. */
function authorityCertificate(usage: Usage, key: KeyObject): string {
  const name = authorityName(usage);
  const der = signCertificate(
    {
      serialNumber: 1,
      issuer: name,
      subject: name,
      notBefore: new Date("2020-01-01T00:00:00Z"),
      notAfter: new Date("2050-01-01T00:00:00Z"),
      key,
      extensions: [
        keyUsage(keyCertSign, cRLSign),
        extension("2.5.29.17", sequence(directoryName(authorityAlternativeName(usage)))),
        extension("2.5.29.19", sequence(booleanTrue()), { critical: true }),
        crlDistributionPoint(name),
        subjectKeyIdentifier(key),
      ],
    },
    key,
  );
  return new X509Certificate(der).toString();
}

const authorityKeys: Record<Usage, string> = { auth: newKey(), sign: newKey() };
const holderKeys = Array.from({ length: holderKeyCount }, newKey);
const literal = (pem: string) => `\`${pem}\``;
const root = new URL("..", import.meta.url);

writeFileSync(
  new URL("src/simulator/keys.ts", root),
  `/**
 * Public test keys of this project, RSA-2048: they protect nothing and prove nothing. Made once by scripts/make-sim-keys.ts.
 */

/** The private keys of the two simulated authorities. */
export const authorityKeys = {
  auth: ${literal(authorityKeys.auth)},
  sign: ${literal(authorityKeys.sign)},
} as const;

/** The private keys that simulated cards share out among themselves. */
export const holderKeys: readonly string[] = [
${holderKeys.map((pem) => `  ${literal(pem)},`).join("\n")}
];
`,
);

writeFileSync(
  new URL("src/login/sim-authorities.ts", root),
  `/**
 * The certificates of the two authorities that issue simulated cards, as PEM. Their private keys are public: only a sandbox
 * may trust them. Made once by scripts/make-sim-keys.ts.
 */
export const simAuthorities = {
  auth: ${literal(authorityCertificate("auth", createPrivateKey(authorityKeys.auth)))},
  sign: ${literal(authorityCertificate("sign", createPrivateKey(authorityKeys.sign)))},
} as const;
`,
);
