import { createHash } from "node:crypto";
import { encodeTlv } from "../../apdu/tlv.ts";
import { encodeOid, encodeTime, expectTag, setOf, TAG } from "../certificate/der.ts";
import { signedContent } from "../certificate/signed.ts";
import type { Digest, HashName } from "../sign.ts";
import { CMS_TAG, hashOids, OID, rsaOids } from "./cms-names.ts";

export { type SignedContent, verifySignedData } from "./cms-verify.ts";

export interface SignedDataInput {
  /** Of the content. */
  readonly digest: Digest;
  /** Absent: the signature is detached. */
  readonly content?: Uint8Array;
  /** DER, the signer's first. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]];
  /** When the signer says that it signs; absent in a PDF, whose dictionary says so. */
  readonly signingTime?: Date;
  /** RSASSA-PKCS1-v1_5 over the bytes. */
  readonly sign: (toBeSigned: Uint8Array, hash: HashName) => Promise<Uint8Array>;
}

/**
 * A CMS signature (RFC 5652) of one signer, as CAdES baseline B asks for (ETSI EN 319 122-1): the signed attributes
 * contentType, messageDigest, signingCertificateV2 (RFC 5035) and, where given, signingTime. The certificates go in byte
 * for byte.
 * @returns the ContentInfo in DER
 * @throws {SyntaxError} where the signer's certificate is none; what `sign` throws
 */
export async function createSignedData(input: SignedDataInput): Promise<Uint8Array> {
  const { digest, content, certificates } = input;
  const attributes = setOf(signedAttributes(input));
  // The signature is over the attributes as a SET OF; their place gives them another tag (RFC 5652, 5.4).
  const signature = await input.sign(encodeTlv(TAG.set, attributes), digest.hash);
  const signerInfo = sequence(
    version,
    issuerAndSerialNumber(certificates[0]),
    algorithm(hashOids[digest.hash]),
    encodeTlv(CMS_TAG.signedAttributes, attributes),
    algorithm(rsaOids[digest.hash], asnNull),
    encodeTlv(TAG.octetString, signature),
  );
  const signedData = sequence(
    version,
    encodeTlv(TAG.set, algorithm(hashOids[digest.hash])),
    sequence(encodeOid(OID.data), ...(content ? [explicit(encodeTlv(TAG.octetString, content))] : [])),
    encodeTlv(CMS_TAG.certificates, setOf(certificates)),
    encodeTlv(TAG.set, signerInfo),
  );
  return sequence(encodeOid(OID.signedData), explicit(signedData));
}

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(TAG.sequence, parts);
const explicit = (part: Uint8Array): Uint8Array => encodeTlv(CMS_TAG.explicit, part);
const asnNull = Uint8Array.of(0x05, 0x00);
/** Of SignedData and of SignerInfo: 1 for signers named by issuer and serial number and content of type data. */
const version = encodeTlv(TAG.integer, Uint8Array.of(1));

/** Hashes stand without parameters, RSA with NULL (RFC 5754, 2 and 3.2). */
const algorithm = (oid: string, ...parameters: readonly Uint8Array[]): Uint8Array =>
  sequence(encodeOid(oid), ...parameters);

function signedAttributes({ digest, certificates, signingTime }: SignedDataInput): Uint8Array[] {
  return [
    attribute(OID.contentType, encodeOid(OID.data)),
    attribute(OID.messageDigest, encodeTlv(TAG.octetString, digest.value)),
    attribute(OID.signingCertificateV2, sequence(sequence(certificateId(certificates[0])))),
    ...(signingTime ? [attribute(OID.signingTime, encodeTime(signingTime))] : []),
  ];
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => sequence(encodeOid(oid), encodeTlv(TAG.set, value));

/** ESSCertIDv2 with its default hash, SHA-256, which DER leaves unsaid. */
const certificateId = (der: Uint8Array): Uint8Array =>
  sequence(encodeTlv(TAG.octetString, createHash("sha256").update(der).digest()));

function issuerAndSerialNumber(der: Uint8Array): Uint8Array {
  const [, serialNumber, , issuer] = signedContent(der, "the certificate").content;
  return sequence(
    encodeTlv(TAG.sequence, expectTag(issuer, TAG.sequence, "the issuer")),
    encodeTlv(TAG.integer, expectTag(serialNumber, TAG.integer, "the serial number")),
  );
}
