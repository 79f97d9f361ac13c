import type { ConnectOptions, Reader } from "../../apdu/reader.ts";
import { isError, MynakitError, noPinTouched, type PinReport } from "../../errors.ts";
import { type CertificateKind, certificateFiles, type PinReference } from "../applications.ts";
import { readAvailability } from "../availability.ts";
import { type Card, throwIfCancelled, withCard } from "../card.ts";
import { requireJpki } from "../identify.ts";
import { assertTries, verifyPin } from "../pin/guard.ts";
import type { Pin } from "../pin/pin.ts";
import { readCounter } from "../pin/query.ts";
import { pinReference } from "../pin/references.ts";
import { reporting } from "../pin/reporting.ts";
import { type JpkiCertificate, parseCertificate } from "./parse.ts";
import { readCertificate } from "./read.ts";

export interface UnlockOptions {
  readonly connect: ConnectOptions;
  readonly trace?: (line: string) => void;
  /** Tries that must be left; below two it is two. */
  readonly minTries: number;
  /** Reads the certificate of the authority beside it, in the same hold. */
  readonly withAuthority?: boolean;
  /** Asks the person, with the card free; only where the certificate is shut, and only with enough tries left. */
  readonly askPin: (prompt: { reference: PinReference; tries: number; max: number | null }) => Promise<Pin>;
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
  /** Tells this card from another in the same reader. */
  readonly token: string | undefined;
  readonly reference: PinReference;
  readonly tries: number;
  readonly max: number | null;
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
  const { reference, token, tries, max } = first;
  return reporting({ pinSent: false, triesBefore: tries, triesAfter: tries }, async () => {
    const pin = await options.askPin({ reference, tries, max });
    try {
      throwIfCancelled(options.connect.signal);
      return await withCard(reader, options, async (card) => {
        // Before the PIN, which is another card's secret: a try of that one is not ours to spend.
        const now = await requireJpki(card);
        if (now.token?.serialNumber !== token) throw new MynakitError("ERR_CARD_CHANGED", { reader: card.reader });
        const report = await verifyPin(card, reference, pin, { minTries: options.minTries });
        return reporting(report, () => read(card, kind, options, report));
      });
    } finally {
      pin.wipe();
    }
  });
}

async function look(card: Card, kind: CertificateKind, options: UnlockOptions): Promise<Free | Shut> {
  const { kind: cardKind, token } = await requireJpki(card);
  const pinId = cardKind === "smartphone-jpki" && kind === "auth" ? "auth" : certificateFiles[kind].pin;
  if (pinId === null) return { unlocked: await read(card, kind, options, noPinTouched) };
  await requirePresent(card, kind);
  const reference = pinReference(pinId);
  const counter = await readCounter(card, reference);
  const tries = assertTries(counter, reference, options.minTries);
  return { reference, token: token?.serialNumber, tries, max: counter.max };
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
