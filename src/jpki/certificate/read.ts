import { totalLength } from "../../apdu/tlv.ts";
import { isError, MynakitError } from "../../errors.ts";
import { type CertificateKind, certificateFiles } from "../applications.ts";
import { readAvailability } from "../availability.ts";
import { readFile } from "../files.ts";
import type { Card } from "../hold.ts";
import { malformed } from "./parse.ts";

/** Files of certificates are below 4 KiB; a claim beyond this is nonsense, not a certificate. */
const mostBytes = 32 * 1024;

/**
 * Reads a certificate as DER, without the filler of its file. The signing certificate is shut before the `sign` PIN,
 * and a phone's authentication certificate before the `auth` PIN: verify first.
 * @throws {MynakitError} ERR_CERT_ABSENT; ERR_CERT_MALFORMED where the file holds something else; ERR_CARD_ANSWER
 *   (`sw` 6982: the PIN was not verified); what a channel throws
 */
export async function readCertificate(card: Card, kind: CertificateKind): Promise<Uint8Array> {
  try {
    const { file } = certificateFiles[kind];
    const der = await readFile(card, { application: "jpki", file, extent: (head) => extentOf(head, kind) });
    if (der) return der;
  } catch (error) {
    if (!isError(error, "ERR_CERT_MALFORMED") && !isError(error, "ERR_CARD_ANSWER")) throw error;
    if (!(await isAbsent(card, kind))) throw error;
  }
  throw new MynakitError("ERR_CERT_ABSENT", { kind });
}

/** The card's own word, asked only after reading has failed: what an absent certificate's file answers is not known. */
async function isAbsent(card: Card, kind: CertificateKind): Promise<boolean> {
  if (kind !== "auth" && kind !== "sign") return false;
  const availability = await readAvailability(card);
  return availability !== null && !availability[kind];
}

function extentOf(head: Uint8Array, kind: CertificateKind): number {
  if (head[0] !== 0x30) throw malformed(kind, "it does not begin as a certificate does");
  const length = lengthOf(head, kind);
  if (length > mostBytes) throw malformed(kind, `it claims to be ${length} bytes long`);
  return length;
}

function lengthOf(head: Uint8Array, kind: CertificateKind): number {
  try {
    return totalLength(head);
  } catch (cause) {
    throw malformed(kind, "its length cannot be read", cause);
  }
}
