import type { JpkiCertificate } from "./parse.ts";

export type Validity = "valid" | "expired" | "not-yet-valid";

/** Where `now` stands to the validity period; both of its ends belong to it (RFC 5280, 4.1.2.5). */
export function validityState(certificate: Pick<JpkiCertificate, "notBefore" | "notAfter">, now: Date): Validity {
  if (now < certificate.notBefore) return "not-yet-valid";
  return now > certificate.notAfter ? "expired" : "valid";
}
