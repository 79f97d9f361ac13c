import { toHex } from "../../apdu/hex.ts";
import { checkChain } from "./chain.ts";
import { OID } from "./extensions.ts";
import { type CertId, keyHashOf, type OcspQuestion } from "./ocsp-request.ts";
import type { OcspAnswer, OcspRefusal, SingleResponse } from "./ocsp-response.ts";
import type { JpkiCertificate } from "./parse.ts";
import type { Revocation } from "./revocation.ts";
import { isSignedBy } from "./signed.ts";
import { validityState } from "./validity.ts";

/** Why a responder's answer says nothing about a certificate. */
export type AnswerProblem =
  | "responder-refused"
  | "responder-busy"
  | "responder-unauthorized"
  | "answer-signature-wrong"
  | "responder-not-entitled"
  | "answer-not-supported"
  | "answer-without-nonce"
  | "answer-nonce-differs"
  | "answer-about-another-certificate"
  | "answer-not-yet-valid"
  | "answer-expired"
  | "unknown-to-responder";

/** How far the clocks of a responder and of this machine may be apart, in milliseconds. */
const clockSkew = 5 * 60 * 1000;
const ocspSigning = "1.3.6.1.5.5.7.3.9";

/**
 * Whether a certificate has been revoked, as the answer to a question about it says (RFC 6960, 3.2). What nobody can
 * rely on says nothing. Without the question's nonce an answer could be an old one, so it says nothing either. Whether
 * the responder's own certificate has been revoked is not asked (4.2.2.2.1 leaves that to the client). Never throws.
 * @param issuer who signed the certificate, and was entitled to
 */
export function checkAnswer(
  answer: OcspAnswer | OcspRefusal,
  { certId, nonce }: OcspQuestion,
  issuer: JpkiCertificate,
  now: Date,
): Revocation {
  const silent = (reason: AnswerProblem): Revocation => ({ status: "not-checked", reason });
  if (typeof answer === "string") return silent(refusalOf(answer));
  const response = answer.responses.find((each) => isSame(each.certId, certId));
  const reason =
    notOfResponder(answer, issuer, now) ?? (answer.supported ? null : "answer-not-supported") ?? notTo(nonce, answer);
  if (reason) return silent(reason);
  if (!response) return silent("answer-about-another-certificate");
  const untimely = notNow(response, now);
  if (untimely) return silent(untimely);
  if (response.entry) return { status: "revoked", entry: response.entry };
  return response.status === "good" ? { status: "good" } : silent("unknown-to-responder");
}

function refusalOf(refusal: OcspRefusal): AnswerProblem {
  if (refusal === "tryLater") return "responder-busy";
  return refusal === "unauthorized" ? "responder-unauthorized" : "responder-refused";
}

/** The issuer itself may answer, or one to whom it gave a certificate for that (RFC 6960, 4.2.2.2). */
function notOfResponder(answer: OcspAnswer, issuer: JpkiCertificate, now: Date): AnswerProblem | null {
  const named = [issuer, ...answer.certificates].filter((each) => isNamed(answer, each));
  const signer = named.find(({ publicKey }) => isSignedBy(answer.signed, publicKey));
  if (!signer) return "answer-signature-wrong";
  return signer === issuer || mayAnswerFor(issuer, signer, now) ? null : "responder-not-entitled";
}

function isNamed({ responder }: OcspAnswer, certificate: JpkiCertificate): boolean {
  if ("name" in responder) return responder.name === toHex(certificate.subject.der);
  return responder.keyHash === keyHashOf(certificate);
}

function mayAnswerFor(issuer: JpkiCertificate, signer: JpkiCertificate, now: Date): boolean {
  const { keyUsage, extendedKeyUsage, criticalExtensions } = signer;
  const signs = keyUsage.length === 0 || keyUsage.includes("digitalSignature");
  if (!signs || !extendedKeyUsage.includes(ocspSigning) || validityState(signer, now) !== "valid") return false;
  // The one extension of a responder that those of persons do not have has just been read.
  const read = { ...signer, criticalExtensions: criticalExtensions.filter((id) => id !== OID.extendedKeyUsage) };
  return checkChain(read, [{ certificate: issuer, source: "named" }], now).problem === null;
}

function notTo(nonce: Uint8Array, answer: OcspAnswer): AnswerProblem | null {
  if (!answer.nonce) return "answer-without-nonce";
  return Buffer.compare(answer.nonce, nonce) === 0 ? null : "answer-nonce-differs";
}

const isSame = (one: CertId, other: CertId): boolean =>
  one.hash === other.hash &&
  one.issuerName === other.issuerName &&
  one.issuerKey === other.issuerKey &&
  one.serialNumber === other.serialNumber;

/** An answer without an end says that newer information is to be had at any time: it is one of this moment, or old. */
function notNow({ thisUpdate, nextUpdate }: SingleResponse, now: Date): AnswerProblem | null {
  if (thisUpdate.getTime() > now.getTime() + clockSkew) return "answer-not-yet-valid";
  return (nextUpdate ?? thisUpdate).getTime() < now.getTime() - clockSkew ? "answer-expired" : null;
}
