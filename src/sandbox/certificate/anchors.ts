import { simAuthorities } from "../../login/sim-authorities.ts";
import { readCertificate } from "./certificate.ts";
import type { Anchor } from "./check.ts";

/** The DER bytes of a PEM certificate (RFC 7468). */
export function derOf(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ""), "base64"));
}

/** The authority of the simulated cards, in all its generations: the only one that a sandbox trusts by itself. */
export function simulatedAnchors(): Anchor[] {
  const generations = Object.values(simAuthorities.auth);
  return generations.map((pem) => ({ certificate: readCertificate(derOf(pem)), simulated: true }));
}
