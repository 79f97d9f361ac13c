import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import forge from "node-forge";

const { asn1 } = forge;

/** The parts of which X.509 certificates are written (RFC 5280; DER: ITU-T X.690). The client reads them with other code. */
export type Part = forge.asn1.Asn1;

/** node-forge keeps bytes in strings, one character a byte. */
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

const primitive = (type: forge.asn1.Type, content: string): Part =>
  asn1.create(asn1.Class.UNIVERSAL, type, false, content);
const constructed = (type: forge.asn1.Type, parts: Part[]): Part =>
  asn1.create(asn1.Class.UNIVERSAL, type, true, parts);
const derOf = (part: Part): string => asn1.toDer(part).getBytes();

export const sequence = (...parts: Part[]): Part => constructed(asn1.Type.SEQUENCE, parts);
const set = (...parts: Part[]): Part => constructed(asn1.Type.SET, parts);
export const utf8String = (text: string): Part => primitive(asn1.Type.UTF8, binary(Buffer.from(text, "utf8")));
const printableString = (text: string): Part => primitive(asn1.Type.PRINTABLESTRING, text);
export const ia5String = (text: string): Part => primitive(asn1.Type.IA5STRING, text);
const octetString = (content: string): Part => primitive(asn1.Type.OCTETSTRING, content);
const bitString = (content: string, unusedBits = 0): Part =>
  primitive(asn1.Type.BITSTRING, String.fromCharCode(unusedBits) + content);
const integer = (value: number): Part => primitive(asn1.Type.INTEGER, asn1.integerToDer(value).getBytes());
export const booleanTrue = (): Part => primitive(asn1.Type.BOOLEAN, "\xff");

export const objectIdentifier = (dotted: string): Part => primitive(asn1.Type.OID, asn1.oidToDer(dotted).getBytes());

/** A context-specific tag around parts. */
export const tagged = (number: number, ...parts: Part[]): Part =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, number, true, parts);

/** UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
const time = (date: Date): Part =>
  date.getUTCFullYear() < 2050
    ? primitive(asn1.Type.UTCTIME, String(asn1.dateToUtcTime(date)))
    : primitive(asn1.Type.GENERALIZEDTIME, String(asn1.dateToGeneralizedTime(date)));

const attributeTypes = { C: "2.5.4.6", O: "2.5.4.10", OU: "2.5.4.11", L: "2.5.4.7", CN: "2.5.4.3" } as const;

/** A distinguished name, one attribute a level, the country first. */
export type Name = readonly (readonly [type: keyof typeof attributeTypes, value: string])[];

export function distinguishedName(name: Name): Part {
  const value = (type: string, text: string) => (type === "C" ? printableString(text) : utf8String(text));
  return sequence(
    ...name.map(([type, text]) => set(sequence(objectIdentifier(attributeTypes[type]), value(type, text)))),
  );
}

/** GeneralName of the kind directoryName. */
export const directoryName = (name: Name): Part => tagged(4, distinguishedName(name));

export function extension(identifier: string, value: Part, { critical = false } = {}): Part {
  return sequence(objectIdentifier(identifier), ...(critical ? [booleanTrue()] : []), octetString(derOf(value)));
}

/** Bits of keyUsage, the first being digitalSignature (RFC 5280, 4.2.1.3). */
export function keyUsage(...bits: number[]): Part {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return extension("2.5.29.15", bitString(String.fromCharCode(byte), 7 - Math.max(...bits)), { critical: true });
}

/** One distribution point with a directory name: JPKI's revocation lists lie in a directory without a URI. */
export const crlDistributionPoint = (name: Name): Part =>
  extension("2.5.29.31", sequence(sequence(tagged(0, tagged(0, directoryName(name))))));

/** SHA-1 over the public key's BIT STRING (RFC 5280, 4.2.1.2, method 1). */
function keyIdentifier(key: KeyObject): string {
  const content = createPublicKey(key).export({ type: "pkcs1", format: "der" });
  return binary(createHash("sha1").update(content).digest());
}

export const subjectKeyIdentifier = (key: KeyObject): Part => extension("2.5.29.14", octetString(keyIdentifier(key)));

export const authorityKeyIdentifier = (key: KeyObject): Part =>
  extension("2.5.29.35", sequence(asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, false, keyIdentifier(key))));

export interface CertificateContent {
  /** Positive, at most 32 bits. */
  readonly serialNumber: number;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The holder's key, private or public. */
  readonly key: KeyObject;
  readonly extensions: readonly Part[];
}

/** A version 3 certificate in DER, signed sha256WithRSAEncryption with the issuer's private key. */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): Uint8Array {
  const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"), primitive(asn1.Type.NULL, ""));
  const publicKey = createPublicKey(content.key).export({ type: "spki", format: "der" });
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    integer(content.serialNumber),
    algorithm,
    distinguishedName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.subject),
    asn1.fromDer(binary(publicKey)),
    tagged(3, sequence(...content.extensions)),
  );
  const signature = sign("sha256", Buffer.from(derOf(toBeSigned), "latin1"), issuerKey);
  const certificate = sequence(toBeSigned, algorithm, bitString(binary(signature)));
  return new Uint8Array(Buffer.from(derOf(certificate), "latin1"));
}
