import { parseTlvs } from "../../apdu/tlv.ts";
import type { Applicant } from "../../portal/procedures/wire.ts";
import { simulatedAnchors } from "../certificate/anchors.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { checkCertificate } from "../certificate/check.ts";
import { children, tag, value } from "../certificate/der.ts";
import { objectIdentifier } from "../certificate/oid.ts";
import { checkRevocation, type VerifyParts } from "../login/verify.ts";
import { Refusal } from "../refusal.ts";
import { signerOf } from "./cms.ts";

/** The `otherName` types of JPKI. Source: a published dump of a real certificate, jpki/myna. */
const arc = "1.2.392.200149.8.5.5";
const types = { name: 1, nameSubstitutes: 2, sex: 3, birth: 4, address: 5, addressSubstitutes: 6 } as const;
const otherName = 0xa0;

export interface SignerParts extends Pick<VerifyParts, "db" | "lists" | "now"> {}

/**
 * Believes that an applicant signed an application with the signing key of a card, or says why not: signature, chain,
 * validity, profile, revocation, and that the certificate is of who applies.
 *
 * Who is logged in is known by the authentication certificate, which names nobody: that the signer is the same person
 * is not checked here, and a real platform learns it from the authority alone. Clients look at the card for that.
 * @throws {Refusal} signature-refused, signer-revoked
 */
export async function requireSigner(
  { signature, content, applicant }: { signature: Uint8Array; content: Uint8Array; applicant: Applicant },
  parts: SignerParts,
): Promise<void> {
  try {
    const certificate = await signingCertificate(signerOf(signature, content), parts);
    const differing = differencesOf(certificate, applicant);
    if (differing.length === 0) return;
    throw new SyntaxError(`the certificate is of somebody else than the applicant: ${differing.join(", ")}`);
  } catch (error) {
    if (error instanceof Refusal && error.body.reason === "certificate-revoked") {
      throw new Refusal("signer-revoked", "the signing certificate is revoked");
    }
    throw error instanceof Refusal || error instanceof SyntaxError
      ? new Refusal("signature-refused", error.message)
      : error;
  }
}

/**
 * Believes that somebody else than the applicant signed a document that is in its signature, by a certificate as above.
 * @param name of the attachment
 * @throws {Refusal} attachment-refused
 */
export async function requireSignedByAnother(
  { name, signed, applicant }: { name: string; signed: Uint8Array; applicant: Applicant },
  parts: SignerParts,
): Promise<void> {
  try {
    const certificate = await signingCertificate(signerOf(signed, null), parts);
    if (differencesOf(certificate, applicant).length === 0) throw new SyntaxError("the applicant signed it");
  } catch (error) {
    throw error instanceof Refusal || error instanceof SyntaxError
      ? new Refusal("attachment-refused", `${name}: ${error.message}`)
      : error;
  }
}

/** @throws {Refusal} certificate-* */
async function signingCertificate({ der }: Certificate, parts: SignerParts): Promise<Certificate> {
  const checked = checkCertificate(der, simulatedAnchors("sign"), parts.now(), "sign");
  await checkRevocation(checked, parts);
  return checked.certificate;
}

/** In what a certificate is not an applicant's. What it cannot write stands in it as other characters, and is not compared. */
function differencesOf({ alternativeNames }: Certificate, applicant: Applicant): string[] {
  const names = namesIn(alternativeNames ?? new Uint8Array());
  const of = (type: number): string => names.get(`${arc}.${type}`) ?? "";
  const comparable = (flags: string): boolean => !/[^0]/.test(flags);
  return [
    ...(of(types.name) !== applicant.name && comparable(of(types.nameSubstitutes)) ? ["name"] : []),
    ...(of(types.address) !== applicant.address && comparable(of(types.addressSubstitutes)) ? ["address"] : []),
    // A digit for the era stands before the date.
    ...(of(types.birth).slice(1) !== applicant.birth ? ["birth date"] : []),
    ...(of(types.sex) !== applicant.sex ? ["sex"] : []),
  ];
}

function namesIn(extension: Uint8Array): ReadonlyMap<string, string> {
  const names = children(parseTlvs(extension)[0], tag.sequence).filter((name) => name.tag === otherName);
  return new Map(
    names.map((name) => {
      const [type, wrapped] = parseTlvs(name.value);
      const [text] = children(wrapped, otherName);
      return [objectIdentifier(value(type, tag.oid)), Buffer.from(text?.value ?? []).toString("utf8")] as const;
    }),
  );
}
