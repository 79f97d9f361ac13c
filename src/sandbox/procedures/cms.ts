import { createHash, verify } from "node:crypto";
import { encodeTlv, parseTlvs, type Tlv } from "../../apdu/tlv.ts";
import { type Certificate, readCertificate } from "../certificate/certificate.ts";
import { children, tag, value } from "../certificate/der.ts";
import { objectIdentifier } from "../certificate/oid.ts";

const set = 0x31;
const explicit = 0xa0;
/** Of SignedData its certificates, of SignerInfo its signed attributes. */
const first = 0xa0;

const oid = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const;

/**
 * The certificate whose key made a signature (RFC 5652) over a content, with SHA-256 as CAdES baseline B asks
 * for it: one signer, and under the signature the type and digest of the content and the hash of the certificate (RFC
 * 5035). Whose certificate it is, is for the caller to judge.
 * @param detached what it must be over; null: what is in it
 * @throws {SyntaxError} where it is anything else, or the content is another
 */
export function signerOf(der: Uint8Array, detached: Uint8Array | null): Certificate {
  const { attached, certificates, signerInfo } = signedData(der);
  const content = detached ?? attached;
  if (!content) throw wrong("what it is over is not in it");
  if (detached && attached) throw wrong("it is not detached");
  const [, , , attributesField, , signature] = children(signerInfo, tag.sequence);
  const attributes = parseTlvs(value(attributesField, first));
  if (attributeOf(attributes, oid.contentType, tag.oid, objectIdentifier) !== oid.data) throw wrong("its content type");
  const digest = createHash("sha256").update(content).digest();
  if (!attributeOf(attributes, oid.messageDigest, tag.octets, (bytes) => digest.equals(bytes))) {
    throw wrong("the content is not the one that was signed");
  }
  const thumbprint = attributeOf(attributes, oid.signingCertificateV2, tag.sequence, thumbprintIn);
  const certificate = certificates.map(readCertificate).find((each) => each.thumbprint === thumbprint);
  if (!certificate) throw wrong("the certificate that it names is not in it");
  // The signature is over the attributes as a SET OF (RFC 5652, 5.4).
  const signed = encodeTlv(set, value(attributesField, first));
  if (isBy(certificate, signed, value(signature, tag.octets))) return certificate;
  throw wrong("it was not made with the key of its certificate");
}

/** A stranger's key can be one that OpenSSL does not work with. */
function isBy({ publicKey }: Certificate, signed: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify("sha256", signed, publicKey, signature);
  } catch {
    return false;
  }
}

const wrong = (problem: string): SyntaxError => new SyntaxError(`the signature: ${problem}`);

interface SignedData {
  readonly attached: Uint8Array | null;
  readonly certificates: Uint8Array[];
  readonly signerInfo: Tlv;
}

function signedData(der: Uint8Array): SignedData {
  const [contentInfo, ...behind] = parseTlvs(der);
  const [type, wrapped, ...more] = children(contentInfo, tag.sequence);
  if (behind.length > 0 || more.length > 0) throw wrong("something stands behind it");
  if (objectIdentifier(value(type, tag.oid)) !== oid.signedData) throw wrong("it is no SignedData");
  const [inner] = children(wrapped, explicit);
  const [, , contentField, certificatesField, signersField] = children(inner, tag.sequence);
  const [, wrappedContent] = children(contentField, tag.sequence);
  const attached = wrappedContent ? value(children(wrappedContent, explicit)[0], tag.octets) : null;
  const [signerInfo, ...others] = children(signersField, set);
  if (!signerInfo || others.length > 0) throw wrong("it does not have one signer");
  const certificates = children(certificatesField, first).map(({ tag: of, value: bytes }) => encodeTlv(of, bytes));
  return { attached, certificates, signerInfo };
}

/** The one value of the one attribute of a type. */
function attributeOf<T>(attributes: readonly Tlv[], type: string, expected: number, read: (bytes: Uint8Array) => T): T {
  const values = attributes
    .map((attribute) => children(attribute, tag.sequence))
    .filter(([id]) => objectIdentifier(value(id, tag.oid)) === type)
    .flatMap(([, held]) => children(held, set));
  const [only, ...others] = values;
  if (others.length > 0) throw wrong(`attribute ${type} twice`);
  return read(value(only, expected));
}

/** Of the first ESSCertIDv2, whose hash is SHA-256 where none is named. */
function thumbprintIn(signingCertificate: Uint8Array): string {
  const [certificates] = parseTlvs(signingCertificate);
  const [hash, ...rest] = children(children(certificates, tag.sequence)[0], tag.sequence);
  if (rest.some(({ tag: of }) => of === tag.octets)) throw wrong("the hash of its certificate is not SHA-256");
  return Buffer.from(value(hash, tag.octets)).toString("base64url");
}
