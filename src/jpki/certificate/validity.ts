import { MynakitError } from "../../errors.ts";
import type { JpkiCertificate } from "./parse.ts";

export type Validity = "valid" | "expired" | "not-yet-valid";

/** Where `now` stands to the validity period; both of its ends belong to it (RFC 5280, 4.1.2.5). */
export function validityState(certificate: Pick<JpkiCertificate, "notBefore" | "notAfter">, now: Date): Validity {
  if (now < certificate.notBefore) return "not-yet-valid";
  return now > certificate.notAfter ? "expired" : "valid";
}

/** @throws {MynakitError} ERR_CERT_EXPIRED, ERR_CERT_NOT_YET_VALID */
export function requireValid(certificate: JpkiCertificate, now: Date): void {
  const { kind } = certificate;
  const state = validityState(certificate, now);
  if (state === "expired") {
    throw new MynakitError("ERR_CERT_EXPIRED", { kind, notAfter: certificate.notAfter.toISOString() });
  }
  if (state === "not-yet-valid") {
    throw new MynakitError("ERR_CERT_NOT_YET_VALID", { kind, notBefore: certificate.notBefore.toISOString() });
  }
}
