/**
 * Makes the fixed keys that sign the files of simulated cards, and the card-verifiable certificates over them, once:
 * `tsx scripts/make-sim-cv-keys.ts`. Every card changes with them, so the output is committed. The authority's own private key
 * is thrown away: nobody can make another certificate that a client would take for one of a simulated card.
 */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dataObject, publicKeyObjects } from "../src/simulator/contents/objects.ts";

const newKey = (): KeyObject => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const pem = (key: KeyObject): string => String(key.export({ type: "pkcs8", format: "pem" }));
const ascii = (text: string) => Buffer.from(text, "ascii");

/** Shaped like the published ones, whose first digit is 5 (production) or 6 (test): 9 is of simulated cards alone. */
const keyId = (family: string, member: string): Uint8Array =>
  Uint8Array.from([...ascii(family), 0x08, 0x05, ...ascii(member), 0, 0, 0, 0]);

const authority = { id: keyId("9000020", "001"), key: newKey() };
const intermediate = { id: keyId("9000021", "001"), key: newKey() };
const textData = { id: keyId("9000033", "001"), key: newKey() };
const visualData = { id: keyId("9000023", "001"), key: newKey() };
const card = { id: keyId("9000022", "001"), key: newKey() };

type Party = typeof authority;

/** A card-verifiable certificate: the body (issuer's and subject's key identifiers, public key) and the issuer's signature over it. */
function certificate(issuer: Party, subject: Party): Uint8Array {
  const body = Buffer.concat([issuer.id, subject.id, publicKeyObjects(pem(subject.key))]);
  return dataObject(0x7f21, [dataObject(0x5f4e, body), dataObject(0x5f37, sign("sha256", body, issuer.key))]);
}

const literal = (text: string) => `\`${text}\``;
const lines = (bytes: Uint8Array) =>
  `\`\n${Buffer.from(bytes)
    .toString("base64")
    .replace(/.{1,120}/g, "$&\n")}\``;
const root = new URL("..", import.meta.url);

writeFileSync(
  new URL("src/simulator/cv-keys.ts", root),
  `/**
 * Public test keys of this project, RSA-2048, and the card-verifiable certificates over them: they protect nothing and prove
 * nothing. Made once by scripts/make-sim-cv-keys.ts.
 */

/** Keys that sign what the card says of its holder; the certificate in the same application holds the public half. PEM. */
export const dataKeys = {
  text: ${literal(pem(textData.key))},
  visual: ${literal(pem(visualData.key))},
} as const;

/** Keys in the cards themselves, one for each of its purposes outside JPKI. PEM. */
export const cardKeys = {
  text: ${literal(pem(newKey()))},
  visual: ${literal(pem(newKey()))},
  common: ${literal(pem(newKey()))},
  sessionKeyDelivery: ${literal(pem(newKey()))},
} as const;

/** Base64, with the template 7F21. The authority certifies all but \`card\`, which the intermediate one does. */
export const cvCertificates = {
  text: ${lines(certificate(authority, textData))},
  visual: ${lines(certificate(authority, visualData))},
  intermediate: ${lines(certificate(authority, intermediate))},
  card: ${lines(certificate(intermediate, card))},
} as const;
`,
);

writeFileSync(
  new URL("src/jpki/sim-cv-authority.ts", root),
  `/**
 * The authority of the card-verifiable certificates in simulated cards: a trust anchor for these alone. Its private key is
 * gone. Made once by scripts/make-sim-cv-keys.ts.
 */
export const simCvAuthority = {
  /** What its certificates name as the issuer's key, 16 bytes in hexadecimal: as on real cards, but for the first digit, 9. */
  keyId: "${Buffer.from(authority.id).toString("hex").toUpperCase()}",
  /** RSA-2048, PEM (SubjectPublicKeyInfo). */
  publicKey: ${literal(String(createPublicKey(pem(authority.key)).export({ type: "spki", format: "pem" })))},
} as const;
`,
);
