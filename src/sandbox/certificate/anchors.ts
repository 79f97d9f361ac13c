import { MynakitError } from "../../errors.ts";
import { simAuthorities } from "../../login/sim-authorities.ts";
import { readCertificate } from "./certificate.ts";
import type { Anchor } from "./check.ts";

/** The DER of each block with a label in a PEM file (RFC 7468), or of the file where it is not PEM. */
export function blocksOf(content: Uint8Array, label: string): Uint8Array[] {
  const text = Buffer.from(content).toString("latin1");
  if (!text.includes("-----BEGIN ")) return [content];
  const blocks = [...text.matchAll(/-----BEGIN ([^-]+)-----([^-]*)-----END \1-----/g)];
  const found = blocks.filter(([, named]) => named === label);
  if (found.length === 0) throw new SyntaxError(`there is no ${label} in it`);
  return found.map(([, , base64 = ""]) => new Uint8Array(Buffer.from(base64, "base64")));
}

/**
 * The authority of the simulated cards, in all its generations: the only one that a sandbox trusts by itself.
 * @param usage of which certificates: for logging in, or for signing
 */
export function simulatedAnchors(usage: keyof typeof simAuthorities = "auth"): Anchor[] {
  return Object.values(simAuthorities[usage]).flatMap((pem) =>
    blocksOf(Buffer.from(pem), "CERTIFICATE").map((der) => ({ certificate: readCertificate(der), simulated: true })),
  );
}

/**
 * The authorities in a file, PEM or DER. Those of the simulation are known as such.
 * @param file its name, for errors
 * @throws {MynakitError} ERR_CERT_MALFORMED
 */
export function anchorsIn(content: Uint8Array, file: string): Anchor[] {
  const simulated = new Set(simulatedAnchors().map(({ certificate }) => certificate.thumbprint));
  try {
    return blocksOf(content, "CERTIFICATE").map((der) => {
      const certificate = readCertificate(der);
      if (!certificate.authority) throw new SyntaxError("the certificate is not one of an authority");
      return { certificate, simulated: simulated.has(certificate.thumbprint) };
    });
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_CERT_MALFORMED", { kind: "auth-ca", problem: cause.message, file }, { cause });
  }
}
