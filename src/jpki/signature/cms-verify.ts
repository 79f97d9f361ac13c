import { createHash } from "node:crypto";
import { toHex } from "../../apdu/hex.ts";
import type { Tlv } from "../../apdu/tlv.ts";
import { isError } from "../../errors.ts";
import { failed, notChecked, ok } from "../certificate/check.ts";
import { decodeOid, decodeTime, expectTag, sequence, TAG } from "../certificate/der.ts";
import { type JpkiCertificate, parseCertificate } from "../certificate/parse.ts";
import { algorithmOf } from "../certificate/signed.ts";
import { type Digest, digestOf, type HashName, hashNames } from "../sign.ts";
import { hashOids, OID, rsaOids } from "./cms-names.ts";
import {
  parseSignedData,
  type SignedAttributes,
  type SignedData,
  type SignerId,
  type SignerInfo,
} from "./cms-structure.ts";
import { isSignatureOf } from "./rsa.ts";
import {
  checkSigningTime,
  type SignatureCheck,
  type SignatureVerdict,
  type SignerVerdict,
  signatureVerdict,
  signerVerdict,
  type TrustOptions,
} from "./verdict.ts";

/**
 * What a detached signature is about: its bytes, or a function that gives their hash, called once for each hash that
 * signers used. Null: what stands in the signature.
 */
export type SignedContent = Uint8Array | ((hash: HashName) => Promise<Uint8Array> | Uint8Array) | null;

/**
 * Verifies a CMS signature (RFC 5652, 5.6), every signer of it, and puts each certificate to the checks of a JPKI signing
 * certificate. Only what stands under signed attributes is taken for signed: without them those of another signature
 * could be passed off as content.
 * @param content where the signature has its own, both must be the same
 * @throws {SyntaxError} where `der` is no SignedData in DER; what `content` throws
 */
export async function verifySignedData(
  der: Uint8Array,
  content: SignedContent,
  options: TrustOptions,
): Promise<SignatureVerdict> {
  const data = parseSignedData(der);
  const certificates = data.certificates.map(readable);
  const digests = digestsOf(data, content);
  const signers: SignerVerdict[] = [];
  for (const signer of data.signers) {
    const hash = hashNames.find((name) => hashOids[name] === signer.digestAlgorithm) ?? null;
    const digest = hash && (await digests(hash));
    signers.push(verifySigner({ signer, data, certificates, hash, digest }, options));
  }
  return signatureVerdict(data.content === null, signers);
}

/** One that cannot be read was changed on the way, whoever's it was. @throws {SyntaxError} */
function readable(der: Uint8Array): JpkiCertificate {
  try {
    return parseCertificate(der, "sign");
  } catch (error) {
    if (!isError(error, "ERR_CERT_MALFORMED")) throw error;
    throw new SyntaxError(`a certificate in it cannot be read: ${error.details.problem}`, { cause: error });
  }
}

type DigestResult = Digest | "content-missing" | "content-differs";

/** The digest of the content by each hash, computed once. */
function digestsOf({ content: own }: SignedData, given: SignedContent): (hash: HashName) => Promise<DigestResult> {
  const known = new Map<HashName, DigestResult>();
  const compute = async (hash: HashName): Promise<DigestResult> => {
    const inner = own && digestOf(hash, own);
    if (!given) return inner ?? "content-missing";
    const outer = given instanceof Uint8Array ? digestOf(hash, given) : { hash, value: await given(hash) };
    return inner && Buffer.compare(inner.value, outer.value) !== 0 ? "content-differs" : outer;
  };
  return async (hash) => {
    const result = known.get(hash) ?? (await compute(hash));
    known.set(hash, result);
    return result;
  };
}

interface Job {
  readonly signer: SignerInfo;
  readonly data: SignedData;
  readonly certificates: readonly JpkiCertificate[];
  readonly hash: HashName | null;
  readonly digest: DigestResult | null;
}

function verifySigner(job: Job, options: TrustOptions): SignerVerdict {
  const { signer, data, hash } = job;
  const { attributes } = signer;
  const candidates = job.certificates.filter((certificate) => isNamed(certificate, signer.id));
  const signs = ({ publicKey }: JpkiCertificate): boolean =>
    hash !== null &&
    attributes !== null &&
    isSignatureOf(digestOf(hash, attributes.bytes), signer.signature, publicKey);
  const certificate = candidates.find(signs) ?? candidates[0] ?? null;
  const value = (oid: string): Tlv | null => attributes && onlyValue(attributes, oid);
  const signingTime = timeOf(value(OID.signingTime));
  const checks: SignatureCheck[] = [
    certificate ? ok("signer-certificate") : failed("signer-certificate", "certificate-not-found"),
    checkAlgorithms(signer, hash),
    checkAttributes(attributes),
    checkContentType(value(OID.contentType), data.contentType),
    checkContent(value(OID.messageDigest), job.digest),
    checkSigningCertificate(value(OID.signingCertificateV2), certificate),
    certificate && signs(certificate) ? ok("signature") : failed("signature", "signature-wrong"),
    checkSigningTime(signingTime, certificate, options.at),
  ];
  return signerVerdict({ certificate, hash, signingTime }, checks, options);
}

function isNamed({ issuer, serialNumber, subjectKeyId }: JpkiCertificate, id: SignerId): boolean {
  if ("subjectKeyId" in id) return subjectKeyId === id.subjectKeyId;
  return toHex(issuer.der) === id.issuer && serialNumber.hex === id.serialNumber;
}

/** The one value of the one attribute of this type; null where there is none, or more. */
function onlyValue({ list }: SignedAttributes, oid: string): Tlv | null {
  const [first, ...more] = list.filter((attribute) => attribute.oid === oid).flatMap(({ values }) => values);
  return more.length === 0 ? (first ?? null) : null;
}

function checkAlgorithms({ signatureAlgorithm }: SignerInfo, hash: HashName | null): SignatureCheck {
  const name = "algorithms";
  const known: readonly string[] = [OID.rsaEncryption, ...Object.values(rsaOids)];
  if (!hash || !known.includes(signatureAlgorithm)) return failed(name, "algorithm-not-allowed");
  const fits = signatureAlgorithm === OID.rsaEncryption || signatureAlgorithm === rsaOids[hash];
  return fits ? ok(name) : failed(name, "algorithms-differ");
}

/** Both must be there, and what is known may be there once, with one value (RFC 5652, 11). */
function checkAttributes(attributes: SignedAttributes | null): SignatureCheck {
  const name = "signed-attributes";
  if (!attributes) return failed(name, "attributes-absent");
  const oids = attributes.list.map(({ oid }) => oid);
  if (new Set(oids).size !== oids.length) return failed(name, "attribute-repeated");
  const single: readonly string[] = [OID.contentType, OID.messageDigest, OID.signingTime, OID.signingCertificateV2];
  if (attributes.list.some(({ oid, values }) => single.includes(oid) && values.length !== 1)) {
    return failed(name, "attribute-malformed");
  }
  if (!oids.includes(OID.contentType) || !oids.includes(OID.messageDigest)) return failed(name, "attribute-missing");
  if (oids.includes(OID.signingTime) && !timeOf(onlyValue(attributes, OID.signingTime))) {
    return failed(name, "attribute-malformed");
  }
  return attributes.ordered ? ok(name) : failed(name, "attributes-not-der");
}

function checkContentType(value: Tlv | null, contentType: string): SignatureCheck {
  const same = value?.tag === TAG.oid && decodeOid(value.value) === contentType;
  return same ? ok("content-type") : failed("content-type", "content-type-differs");
}

function checkContent(value: Tlv | null, digest: DigestResult | null): SignatureCheck {
  const name = "content";
  if (digest === null) return notChecked(name, "algorithm-not-allowed");
  if (typeof digest === "string") return failed(name, digest);
  const same = value?.tag === TAG.octetString && Buffer.compare(value.value, digest.value) === 0;
  return same ? ok(name) : failed(name, "content-differs");
}

function timeOf(value: Tlv | null): Date | null {
  try {
    return value && decodeTime(value);
  } catch {
    return null;
  }
}

/** The certificate can be exchanged for another of the same key unless it is signed over, too (RFC 5035, 3). */
function checkSigningCertificate(value: Tlv | null, certificate: JpkiCertificate | null): SignatureCheck {
  const name = "signing-certificate";
  if (!value) return notChecked(name, "not-signed-over");
  if (!certificate) return failed(name, "another-certificate");
  try {
    return isOf(value, certificate.der) ? ok(name) : failed(name, "another-certificate");
  } catch {
    return failed(name, "attribute-malformed");
  }
}

/** SigningCertificateV2: of its first ESSCertIDv2 the hash, by default SHA-256, and the digest of the certificate. */
function isOf(value: Tlv, der: Uint8Array): boolean {
  const [certificates] = sequence(value, "signingCertificateV2");
  const [first] = sequence(certificates, "the certificates of signingCertificateV2");
  const parts = sequence(first, "ESSCertIDv2");
  const oid = parts[0]?.tag === TAG.sequence ? algorithmOf(parts.shift()) : hashOids.sha256;
  const hash = hashNames.find((each) => hashOids[each] === oid);
  const digest = expectTag(parts[0], TAG.octetString, "the hash of the certificate");
  return hash !== undefined && createHash(hash).update(der).digest().equals(digest);
}
