import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import type { DataOf } from "../results.ts";

/** Nothing about the holder: neither the subject nor the certificate itself. */
export function summary(certificate: JpkiCertificate): DataOf<"cert check">["certificate"] {
  const { kind, issuer, serialNumber, notBefore, notAfter, fingerprintSha256 } = certificate;
  return {
    kind,
    issuer: issuer.text,
    serialNumber: serialNumber.number,
    serialNumberHex: serialNumber.hex,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    fingerprintSha256,
  };
}
