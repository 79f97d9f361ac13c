/**
 * Makes the fixed test keys of the simulated cards and the certificates of their authorities: `tsx scripts/make-sim-keys.ts`.
 * Every card and every trust store hangs on them, so they are committed, and keys that are there are kept.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import {
  authorityAlternativeName,
  authorityName,
  generationBegins,
  type Usage,
} from "../src/simulator/authority-names.ts";
import { authorityKeys, holderKeys } from "../src/simulator/keys.ts";
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
const usages: readonly Usage[] = ["auth", "sign"];

const generations = Object.entries(generationBegins).map(([name, notBefore], at) => ({
  name,
  notBefore,
  serialNumber: at + 1,
}));
/** The real ones end after ten years; with these, a card of any generation can be used. */
const notAfter = new Date("2050-01-01T00:00:00Z");

type Generation = (typeof generations)[number];

const newKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

/** Self-signed; extensions in the order of the published authorities' certificates. All generations have one name. */
function authorityCertificate(usage: Usage, { serialNumber, notBefore }: Generation, key: KeyObject): string {
  const name = authorityName(usage);
  const extensions = [
    keyUsage(keyCertSign, cRLSign),
    extension("2.5.29.17", sequence(directoryName(authorityAlternativeName(usage)))),
    extension("2.5.29.19", sequence(booleanTrue()), { critical: true }),
    crlDistributionPoint(name),
    subjectKeyIdentifier(key),
  ];
  const content = {
    serialNumber,
    issuer: name,
    subject: name,
    notBefore: new Date(notBefore),
    notAfter,
    key,
    extensions,
  };
  return new X509Certificate(signCertificate(content, key)).toString();
}

const made = usages.map((usage) => ({
  usage,
  generations: generations.map((generation) => {
    const kept: Partial<Record<string, string>> = authorityKeys[usage];
    const key = kept[generation.name] ?? newKey();
    return { name: generation.name, key, certificate: authorityCertificate(usage, generation, createPrivateKey(key)) };
  }),
}));
const holders = Array.from({ length: holderKeyCount }, (_, at) => holderKeys[at] ?? newKey());

const byGeneration = (what: "key" | "certificate"): string =>
  made
    .map(({ usage, generations: each }) => {
      const entries = each.map((generation) => `    ${generation.name}: \`${generation[what]}\`,\n`);
      return `  ${usage}: {\n${entries.join("")}  },\n`;
    })
    .join("");
const root = new URL("..", import.meta.url);

writeFileSync(
  new URL("src/simulator/keys.ts", root),
  `/**
 * Public test keys of this project, RSA-2048: they protect nothing and prove nothing. Made once by scripts/make-sim-keys.ts.
 */

/** The private keys of the simulated authorities, by usage and generation. */
export const authorityKeys = {
${byGeneration("key")}} as const;

/** The private keys that simulated cards share out among themselves. */
export const holderKeys: readonly string[] = [
${holders.map((pem) => `  \`${pem}\`,`).join("\n")}
];
`,
);

writeFileSync(
  new URL("src/login/sim-authorities.ts", root),
  `/**
 * The certificates of the authorities that issue simulated cards, as PEM, by usage and generation. As the real ones, all
 * generations have one name and each its own key. Their private keys are public: only a sandbox may trust them. Made once by
 * scripts/make-sim-keys.ts.
 */
export const simAuthorities = {
${byGeneration("certificate")}} as const;

/** The year in which it began names a generation. */
export type SimGeneration = keyof (typeof simAuthorities)["auth"];
`,
);
