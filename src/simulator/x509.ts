import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import { encodeTlv } from "../apdu/tlv.ts";

/** The parts of which X.509 certificates are written (RFC 5280; DER: ITU-T X.690). The client reads them with another library. */
type Der = Uint8Array;

const ascii = (text: string): Der => new Uint8Array(Buffer.from(text, "ascii"));

export const sequence = (...parts: Der[]): Der => encodeTlv(0x30, parts);
export const set = (...parts: Der[]): Der => encodeTlv(0x31, parts);
export const utf8String = (text: string): Der => encodeTlv(0x0c, new Uint8Array(Buffer.from(text, "utf8")));
export const printableString = (text: string): Der => encodeTlv(0x13, ascii(text));
export const ia5String = (text: string): Der => encodeTlv(0x16, ascii(text));
export const octetString = (content: Der): Der => encodeTlv(0x04, content);
export const booleanTrue: Der = encodeTlv(0x01, Uint8Array.of(0xff));

/** A context-specific tag around parts: constructed, as all that these certificates use are. */
export const tagged = (number: number, ...parts: Der[]): Der => encodeTlv(0xa0 + number, parts);

export const bitString = (content: Der, unusedBits = 0): Der => encodeTlv(0x03, [Uint8Array.of(unusedBits), content]);

/** A positive INTEGER of at most 32 bits. */
export function integer(value: number): Der {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  const first = bytes.findIndex((byte, at) => at === 4 || byte !== 0 || (bytes[at + 1] ?? 0) >= 0x80);
  return encodeTlv(0x02, new Uint8Array(bytes.subarray(first)));
}

export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return encodeTlv(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}

/** UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
function time(date: Date): Der {
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
  return date.getUTCFullYear() < 2050 ? encodeTlv(0x17, ascii(digits.slice(2))) : encodeTlv(0x18, ascii(digits));
}

const attributeTypes = { C: "2.5.4.6", O: "2.5.4.10", OU: "2.5.4.11", L: "2.5.4.7", CN: "2.5.4.3" } as const;

/** A distinguished name, one attribute a level, the country first. */
export type Name = readonly (readonly [type: keyof typeof attributeTypes, value: string])[];

export function distinguishedName(name: Name): Der {
  const value = (type: string, text: string) => (type === "C" ? printableString(text) : utf8String(text));
  return sequence(
    ...name.map(([type, text]) => set(sequence(objectIdentifier(attributeTypes[type]), value(type, text)))),
  );
}

/** GeneralName of the kind directoryName. */
export const directoryName = (name: Name): Der => tagged(4, distinguishedName(name));

export function extension(identifier: string, value: Der, { critical = false } = {}): Der {
  return sequence(objectIdentifier(identifier), ...(critical ? [booleanTrue] : []), octetString(value));
}

/** Bits of keyUsage, the first being digitalSignature (RFC 5280, 4.2.1.3). */
export function keyUsage(...bits: number[]): Der {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return extension("2.5.29.15", bitString(Uint8Array.of(byte), 7 - Math.max(...bits)), { critical: true });
}

/** One distribution point with a directory name: JPKI's revocation lists lie in a directory without a URI. */
export const crlDistributionPoint = (name: Name): Der =>
  extension("2.5.29.31", sequence(sequence(tagged(0, tagged(0, directoryName(name))))));

/** SHA-1 over the public key's BIT STRING (RFC 5280, 4.2.1.2, method 1). */
export function keyIdentifier(key: KeyObject): Der {
  const content = createPublicKey(key).export({ type: "pkcs1", format: "der" });
  return new Uint8Array(createHash("sha1").update(content).digest());
}

export const subjectKeyIdentifier = (key: KeyObject): Der => extension("2.5.29.14", octetString(keyIdentifier(key)));

export const authorityKeyIdentifier = (key: KeyObject): Der =>
  extension("2.5.29.35", sequence(encodeTlv(0x80, keyIdentifier(key))));

export interface CertificateContent {
  /** Positive, at most 32 bits. */
  readonly serialNumber: number;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The holder's key, private or public. */
  readonly key: KeyObject;
  readonly extensions: readonly Der[];
}

/** A version 3 certificate, signed sha256WithRSAEncryption with the issuer's private key. */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): Der {
  const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"), Uint8Array.of(0x05, 0x00));
  const publicKey = createPublicKey(content.key).export({ type: "spki", format: "der" });
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    integer(content.serialNumber),
    algorithm,
    distinguishedName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.subject),
    new Uint8Array(publicKey),
    tagged(3, sequence(...content.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(new Uint8Array(sign("sha256", toBeSigned, issuerKey))));
}
