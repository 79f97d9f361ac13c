import type { CertificateKind } from "../../jpki/applications.ts";
import type { Authority } from "../../jpki/certificate/chain.ts";
import { parseCertificate } from "../../jpki/certificate/parse.ts";
import { derBlocks } from "../../jpki/certificate/pem.ts";
import { simAuthorities } from "../../login/sim-authorities.ts";

/** Those that issue certificates of this kind to simulated cards: one for each generation. */
export function simulatedAuthorities(kind: CertificateKind): Authority[] {
  const usage = kind === "sign" || kind === "sign-ca" ? "sign" : "auth";
  const generations = Buffer.from(Object.values(simAuthorities[usage]).join(""));
  return derBlocks(generations, "CERTIFICATE").map((der) => ({
    certificate: parseCertificate(der, `${usage}-ca`),
    source: "simulated",
  }));
}
