import type { Reader } from "../../apdu/reader.ts";
import { isError, MynakitError, noPinTouched, type PinReport } from "../../errors.ts";
import { type CertificateKind, certificateFiles } from "../applications.ts";
import { readAvailability } from "../availability.ts";
import { type Card, withCard } from "../card.ts";
import { requireJpki } from "../identify.ts";
import { presentPins, type Sighting, sight } from "../pin/entry.ts";
import { type PresentOptions, presenting } from "../pin/present.ts";
import { pinReference } from "../pin/references.ts";
import { type JpkiCertificate, parseCertificate } from "./parse.ts";
import { readCertificate } from "./read.ts";

/** `askPin` is called only where the certificate is shut. */
export interface UnlockOptions extends PresentOptions {
  /** Reads the certificate of the authority beside it, in the same hold. */
  readonly withAuthority?: boolean;
}

export interface UnlockedCertificate {
  readonly certificate: JpkiCertificate;
  /** Null: nobody asked for it, or the card has none that can be read. */
  readonly authority: JpkiCertificate | null;
  readonly reader: string;
  readonly pin: PinReport;
}

interface Free {
  readonly unlocked: UnlockedCertificate;
}

interface Shut {
  readonly sighting: Sighting;
}

/**
 * Reads a certificate, presenting the PIN that opens it where it has one: in a first hold the card tells what is
 * needed, then the person is asked, then a second hold presents the PIN and reads. Everything free takes one hold.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CARD_CHANGED (nothing sent), ERR_CERT_ABSENT, ERR_CERT_MALFORMED, what `verifyPin`, `Reader.connect` and
 *   `askPin` throw; each with what is known of the PIN by then
 */
export async function unlockCertificate(
  reader: Reader,
  kind: CertificateKind,
  options: UnlockOptions,
): Promise<UnlockedCertificate> {
  const first = await withCard(reader, options, (card) => look(card, kind, options));
  if ("unlocked" in first) return first.unlocked;
  const { sighting } = first;
  return presentPins(reader, options, {
    sighting,
    requireCard: requireJpki,
    ...presenting(sighting.reference, options, (card, report) => read(card, kind, options, report)),
  });
}

async function look(card: Card, kind: CertificateKind, options: UnlockOptions): Promise<Free | Shut> {
  const identity = await requireJpki(card);
  const pinId = identity.kind === "smartphone-jpki" && kind === "auth" ? "auth" : certificateFiles[kind].pin;
  if (pinId === null) return { unlocked: await read(card, kind, options, noPinTouched) };
  await requirePresent(card, kind);
  return { sighting: await sight(card, identity, pinReference(pinId), options.minTries) };
}

/** A certificate that is not there is not worth a PIN. @throws {MynakitError} ERR_CERT_ABSENT */
export async function requirePresent(card: Card, kind: CertificateKind): Promise<void> {
  const availability = kind === "auth" || kind === "sign" ? (await readAvailability(card))?.[kind] : true;
  if (availability === false) throw new MynakitError("ERR_CERT_ABSENT", { kind });
}

async function read(
  card: Card,
  kind: CertificateKind,
  { withAuthority }: UnlockOptions,
  pin: PinReport,
): Promise<UnlockedCertificate> {
  const certificate = parseCertificate(await readCertificate(card, kind), kind);
  const authority = withAuthority ? await readAuthority(card, kind === "sign" ? "sign-ca" : "auth-ca") : null;
  return { certificate, authority, reader: card.reader, pin };
}

/** The certificate of an authority on the card; null: the card has none that can be read. */
export async function readAuthority(card: Card, kind: "auth-ca" | "sign-ca"): Promise<JpkiCertificate | null> {
  try {
    return parseCertificate(await readCertificate(card, kind), kind);
  } catch (error) {
    if (isError(error, "ERR_CERT_ABSENT") || isError(error, "ERR_CERT_MALFORMED")) return null;
    throw error;
  }
}
