import { constants, createHash, privateEncrypt } from "node:crypto";

/** Of RSA-2048, in bytes. */
export const modulusLength = 256;

/** What is left of the modulus beside the padding of PKCS #1 v1.5. */
export const maxPkcs1Content = modulusLength - 11;

const hashLength = 32;
const sha256Algorithm = Buffer.from("300d06096086480165030402010500", "hex");

export const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

/** DigestInfo (RFC 8017, 9.2) that names SHA-256; what stands in for the hash may have up to 110 bytes. */
export function digestInfo(octets: Uint8Array): Uint8Array {
  const length = sha256Algorithm.length + 2 + octets.length;
  return Uint8Array.from([0x30, length, ...sha256Algorithm, 0x04, octets.length, ...octets]);
}

/** EMSA-PKCS1-v1_5 (RFC 8017, 9.2), without a look at what is padded: at most 245 bytes. */
export function paddedPkcs1(content: Uint8Array): Uint8Array {
  const filler = new Uint8Array(modulusLength - 3 - content.length).fill(0xff);
  return Uint8Array.from([0x00, 0x01, ...filler, 0x00, ...content]);
}

/** EMSA-PSS (RFC 8017, 9.1.1) with SHA-256 and a salt of 32 bytes. */
export function paddedPss(hash: Uint8Array, salt: Uint8Array): Uint8Array {
  const digest = sha256(new Uint8Array(8), hash, salt);
  const block = new Uint8Array(modulusLength - hashLength - 1);
  block[block.length - salt.length - 1] = 0x01;
  block.set(salt, block.length - salt.length);
  const mask = mgf1(digest, block.length);
  const masked = block.map((byte, at) => byte ^ (mask[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Uint8Array.from([...masked, ...digest, 0xbc]);
}

/** RFC 8017, B.2.1. */
function mgf1(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / hashLength) }, (_, at) =>
    sha256(seed, Uint8Array.of(0, 0, 0, at)),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/** The private operation on a padded block. @param privateKey PEM */
export function signPadded(privateKey: string, block: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block));
}

/** RSASSA-PKCS1-v1_5 with SHA-256. @param privateKey PEM */
export const signSha256 = (privateKey: string, ...parts: Uint8Array[]): Uint8Array =>
  signPadded(privateKey, paddedPkcs1(digestInfo(sha256(...parts))));
