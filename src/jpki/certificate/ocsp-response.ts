import { toHex } from "../../apdu/hex.ts";
import { encodeTlv, type Tlv } from "../../apdu/tlv.ts";
import { isError } from "../../errors.ts";
import { decodeReason, type RevokedEntry } from "./crl.ts";
import { decodeOid, decodeSerialNumber, decodeTime, expectTag, readDer, sequence, single, TAG } from "./der.ts";
import { type Extension, readExtensions } from "./extensions.ts";
import type { CertId } from "./ocsp-request.ts";
import { type JpkiCertificate, parseCertificate } from "./parse.ts";
import { algorithmOf, type Signed, signedContent } from "./signed.ts";

/** OCSPResponseStatus other than `successful`, by number (RFC 6960, 4.2.1); 4 is not used. */
const refusals = new Map([
  [1, "malformedRequest"],
  [2, "internalError"],
  [3, "tryLater"],
  [5, "sigRequired"],
  [6, "unauthorized"],
] as const);

export type OcspRefusal = typeof refusals extends Map<number, infer R> ? R : never;

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: "good" | "revoked" | "unknown";
  /** Only where it is revoked. */
  readonly entry: RevokedEntry | null;
  readonly thisUpdate: Date;
  /** Null: newer information is to be had at any time. */
  readonly nextUpdate: Date | null;
}

export interface OcspAnswer {
  /** The Name without its tag and length, or the SHA-1 of its key, in upper-case hexadecimal. */
  readonly responder: { readonly name: string } | { readonly keyHash: string };
  readonly responses: readonly SingleResponse[];
  /** Null: the responder repeats none. */
  readonly nonce: Uint8Array | null;
  /** False where it has a critical extension that nobody here understands. */
  readonly supported: boolean;
  /** What the responder sends along to prove that it may answer. */
  readonly certificates: readonly JpkiCertificate[];
  readonly signed: Signed;
}

const basicResponse = "1.3.6.1.5.5.7.48.1.1";
const nonceId = "1.3.6.1.5.5.7.48.1.2";
/** Context-specific tags: of OCSPResponse, BasicOCSPResponse, ResponseData, and of CertStatus. */
const explicit = { first: 0xa0, second: 0xa1, third: 0xa2 };
const certStatus = { good: 0x80, revoked: 0xa1, unknown: 0x82 };

/**
 * An OCSPResponse (RFC 6960, 4.2.1) in DER, of the basic kind: the answer, or the word with which it was refused.
 * Nothing is verified here: see `ocsp.ts`.
 * @throws {SyntaxError}
 */
export function parseOcspResponse(der: Uint8Array): OcspAnswer | OcspRefusal {
  const [status, body] = sequence(single(der, "the answer"), "the answer");
  const [code = 255] = expectTag(status, TAG.enumerated, "the status of the answer");
  if (code !== 0) {
    const refusal = [...refusals].find(([number]) => number === code)?.[1];
    if (!refusal) throw new SyntaxError("the status of the answer is none of those that there are");
    return refusal;
  }
  const [type, response] = sequence(single(expectTag(body, explicit.first, "the answer"), "the answer"), "the answer");
  if (decodeOid(expectTag(type, TAG.oid, "the kind of the answer")) !== basicResponse) {
    throw new SyntaxError("the answer is not of the basic kind");
  }
  return readBasic(expectTag(response, TAG.octetString, "the answer"));
}

function readBasic(der: Uint8Array): OcspAnswer {
  const signed = signedContent(der, "the answer");
  const attached = sequence(single(der, "the answer"), "the answer")[3];
  const [first, ...others] = signed.content;
  const [id, producedAt, list, ...rest] = first?.tag === explicit.first ? others : signed.content;
  decodeTime(producedAt);
  const extensions = extensionsIn(rest[0]);
  const responses = sequence(list, "the list of answers").map(readSingle);
  return {
    responder: responderOf(id),
    responses: responses.map(({ response }) => response),
    nonce: nonceOf(extensions),
    supported: understood(extensions) && responses.every(({ supported }) => supported),
    certificates: certificatesIn(attached),
    signed,
  };
}

const extensionsIn = (value: Tlv | undefined): ReadonlyMap<string, Extension> =>
  readExtensions(
    value && single(expectTag(value, explicit.second, "the list of extensions"), "the list of extensions"),
  );

const understood = (extensions: ReadonlyMap<string, Extension>): boolean =>
  [...extensions].every(([id, { critical }]) => !critical || id === nonceId);

function nonceOf(extensions: ReadonlyMap<string, Extension>): Uint8Array | null {
  const extension = extensions.get(nonceId);
  return extension ? expectTag(single(extension.value, "the nonce"), TAG.octetString, "the nonce") : null;
}

function responderOf(id: Tlv | undefined): OcspAnswer["responder"] {
  if (id?.tag === explicit.third) {
    const hash = expectTag(single(id.value, "the responder"), TAG.octetString, "the responder's key");
    return { keyHash: toHex(hash) };
  }
  const name = single(expectTag(id, explicit.second, "the responder"), "the responder");
  return { name: toHex(expectTag(name, TAG.sequence, "the responder's name")) };
}

function readSingle(value: Tlv): { response: SingleResponse; supported: boolean } {
  const [certId, status, thisUpdate, ...rest] = sequence(value, "an answer");
  const until = rest[0]?.tag === explicit.first ? rest.shift() : undefined;
  const extensions = extensionsIn(rest[0]);
  const response = {
    certId: readCertId(certId),
    ...readStatus(status),
    thisUpdate: decodeTime(thisUpdate),
    nextUpdate: until ? decodeTime(single(until.value, "nextUpdate")) : null,
  };
  return { response, supported: understood(extensions) };
}

function readCertId(value: Tlv | undefined): CertId {
  const [hash, issuerName, issuerKey, serialNumber] = sequence(value, "the certificate's id");
  const octets = (part: Tlv | undefined) => toHex(expectTag(part, TAG.octetString, "a hash of the issuer"));
  return {
    hash: algorithmOf(hash),
    issuerName: octets(issuerName),
    issuerKey: octets(issuerKey),
    serialNumber: toHex(decodeSerialNumber(expectTag(serialNumber, TAG.integer, "the serial number"))),
  };
}

function readStatus(value: Tlv | undefined): Pick<SingleResponse, "status" | "entry"> {
  if (value?.tag === certStatus.good) return { status: "good", entry: null };
  if (value?.tag === certStatus.unknown) return { status: "unknown", entry: null };
  const [at, reason] = readDer(expectTag(value, certStatus.revoked, "the status of the certificate"));
  const code = reason && single(expectTag(reason, explicit.first, "the reason"), "the reason");
  return { status: "revoked", entry: { at: decodeTime(at), reason: code ? decodeReason(code) : "unspecified" } };
}

function certificatesIn(attached: Tlv | undefined): JpkiCertificate[] {
  if (!attached) return [];
  const list = single(expectTag(attached, explicit.first, "the certificates"), "the certificates");
  return sequence(list, "the certificates").map(certificateOf);
}

function certificateOf({ tag, value }: Tlv): JpkiCertificate {
  try {
    return parseCertificate(encodeTlv(tag, value), "auth");
  } catch (cause) {
    if (isError(cause, "ERR_CERT_MALFORMED")) throw new SyntaxError("a certificate in it cannot be read", { cause });
    throw cause;
  }
}
