import type { CertificateKind } from "../../jpki/applications.ts";
import type { Authority } from "../../jpki/certificate/chain.ts";
import { parseCertificate } from "../../jpki/certificate/parse.ts";
import { derBlocks } from "../../jpki/certificate/pem.ts";
import { simAuthorities } from "../../login/sim-authorities.ts";

/** The one that issues certificates of this kind to simulated cards. */
export function simulatedAuthority(kind: CertificateKind): Authority {
  const usage = kind === "sign" || kind === "sign-ca" ? "sign" : "auth";
  const [der] = derBlocks(Buffer.from(simAuthorities[usage]), "CERTIFICATE");
  return { certificate: parseCertificate(der, `${usage}-ca`), source: "simulated" };
}
