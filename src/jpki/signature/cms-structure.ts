import { toHex } from "../../apdu/hex.ts";
import { encodeTlv, type Tlv } from "../../apdu/tlv.ts";
import { decodeOid, decodeSerialNumber, expectTag, readDer, sequence, setOf, single, TAG } from "../certificate/der.ts";
import { algorithmOf } from "../certificate/signed.ts";
import { CMS_TAG, OID } from "./cms-names.ts";

export interface SignedAttributes {
  /** As they were signed: a SET OF in DER. */
  readonly bytes: Uint8Array;
  /** False: their order is another than that of DER, and what was signed is not certain. */
  readonly ordered: boolean;
  /** The values of each, in the order in which they stand; one may stand there more than once. */
  readonly list: readonly { readonly oid: string; readonly values: readonly Tlv[] }[];
}

/** Whose certificate it was; both as upper-case hexadecimal, the issuer as the value of its Name. */
export type SignerId = { readonly issuer: string; readonly serialNumber: string } | { readonly subjectKeyId: string };

export interface SignerInfo {
  readonly id: SignerId;
  /** Object identifiers. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** Null: the signature is over the content itself. */
  readonly attributes: SignedAttributes | null;
  readonly signature: Uint8Array;
}

export interface SignedData {
  readonly contentType: string;
  /** Null: the signature is detached. */
  readonly content: Uint8Array | null;
  /** DER of each. */
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
}

/** Honest documents have a handful; each costs a signature to check. */
const mostSigners = 100;
const mostCertificates = 100;

/**
 * SignedData in its ContentInfo (RFC 5652, 3 and 5), in DER and with nothing behind it. Nothing recurses, and nothing is
 * verified here: see `cms-verify.ts`.
 * @throws {SyntaxError}
 */
export function parseSignedData(der: Uint8Array): SignedData {
  const [type, wrapped, ...more] = sequence(single(der, "the signature"), "the signature");
  if (decodeOid(expectTag(type, TAG.oid, "the type")) !== OID.signedData)
    throw new SyntaxError("it is not signed data");
  const inner = single(expectTag(wrapped, CMS_TAG.explicit, "the signed data"), "the signed data");
  const [version, digestAlgorithms, encapsulated, ...rest] = sequence(inner, "the signed data");
  expectTag(version, TAG.integer, "the version");
  const hashes = readDer(expectTag(digestAlgorithms, TAG.set, "the list of hashes"), mostSigners).map(algorithmOf);
  const certificates = optional(rest, CMS_TAG.certificates);
  optional(rest, CMS_TAG.revocationLists);
  const [signerInfos, ...behind] = rest;
  if (more.length + behind.length > 0) throw new SyntaxError("something unknown stands behind the signers");
  const signers = readDer(expectTag(signerInfos, TAG.set, "the signers"), mostSigners).map(signerInfo);
  if (signers.some(({ digestAlgorithm }) => !hashes.includes(digestAlgorithm))) {
    throw new SyntaxError("the list of hashes lacks that of a signer");
  }
  return {
    ...contentOf(encapsulated),
    certificates: (certificates ? readDer(certificates, mostCertificates) : []).flatMap(certificateOf),
    signers,
  };
}

/** Takes the first of the parts where it has this tag. @returns its value */
function optional(parts: Tlv[], tag: number): Uint8Array | undefined {
  return parts[0]?.tag === tag ? parts.shift()?.value : undefined;
}

/** What is no X.509 certificate (CertificateChoices has other kinds) is no signer's. */
const certificateOf = ({ tag, value }: Tlv): Uint8Array[] => (tag === TAG.sequence ? [encodeTlv(tag, value)] : []);

function contentOf(encapsulated: Tlv | undefined): Pick<SignedData, "contentType" | "content"> {
  const [type, wrapped, ...more] = sequence(encapsulated, "the content");
  if (more.length > 0) throw new SyntaxError("the content is too long");
  const contentType = decodeOid(expectTag(type, TAG.oid, "the type of the content"));
  if (!wrapped) return { contentType, content: null };
  const inner = single(expectTag(wrapped, CMS_TAG.explicit, "the content"), "the content");
  return { contentType, content: expectTag(inner, TAG.octetString, "the content") };
}

function signerInfo(value: Tlv): SignerInfo {
  const [version, id, digest, ...rest] = sequence(value, "a signer");
  expectTag(version, TAG.integer, "the version of a signer");
  const attributes = optional(rest, CMS_TAG.signedAttributes);
  const [algorithm, signature, unsigned, ...more] = rest;
  if ((unsigned && unsigned.tag !== CMS_TAG.unsignedAttributes) || more.length > 0) {
    throw new SyntaxError("something unknown stands behind a signature");
  }
  return {
    id: signerId(id),
    digestAlgorithm: algorithmOf(digest),
    attributes: attributes ? signedAttributes(attributes) : null,
    signatureAlgorithm: algorithmOf(algorithm),
    signature: expectTag(signature, TAG.octetString, "a signature"),
  };
}

function signerId(id: Tlv | undefined): SignerId {
  if (id?.tag === CMS_TAG.subjectKeyId) return { subjectKeyId: toHex(id.value) };
  const [issuer, serialNumber, ...more] = sequence(id, "the name of a signer");
  if (more.length > 0) throw new SyntaxError("the name of a signer is too long");
  return {
    issuer: toHex(expectTag(issuer, TAG.sequence, "the issuer")),
    serialNumber: toHex(decodeSerialNumber(expectTag(serialNumber, TAG.integer, "the serial number"))),
  };
}

function signedAttributes(value: Uint8Array): SignedAttributes {
  const members = readDer(value);
  const encoded = members.map(({ tag, value: content }) => encodeTlv(tag, content));
  const ordered = Buffer.concat(setOf(encoded)).equals(value);
  const list = members.map((member) => {
    const [type, values, ...more] = sequence(member, "a signed attribute");
    if (more.length > 0) throw new SyntaxError("a signed attribute is too long");
    return {
      oid: decodeOid(expectTag(type, TAG.oid, "the type of a signed attribute")),
      values: readDer(expectTag(values, TAG.set, "the values of a signed attribute")),
    };
  });
  return { bytes: encodeTlv(TAG.set, value), ordered, list };
}
