import { verify } from "node:crypto";
import type { Reader } from "../apdu/reader.ts";
import { MynakitError, type PinReport } from "../errors.ts";
import { type Card, throwIfCancelled, withCard, withCardAgain } from "./card.ts";
import { type JpkiCertificate, parseCertificate } from "./certificate/parse.ts";
import { readCertificate } from "./certificate/read.ts";
import { requireMyNumberCard } from "./identify.ts";
import type { EntryOptions, PinPrompt } from "./pin/entry.ts";
import { assertTries, verifyPin } from "./pin/guard.ts";
import type { Pin } from "./pin/pin.ts";
import { readCounter } from "./pin/query.ts";
import { pinReference } from "./pin/references.ts";
import { reporting } from "./pin/reporting.ts";
import { computeSignature, sha256DigestInfo } from "./sign.ts";

export interface AuthenticationOptions extends EntryOptions {
  /** Refuses, by throwing, a certificate with which there is no point in asking for a PIN: expired, too new. */
  readonly check: (certificate: JpkiCertificate) => void | Promise<void>;
  /** Asks the person; called once at most, and only with enough tries left. The PIN is wiped after use. */
  readonly askPin: (prompt: PinPrompt) => Promise<Pin>;
  /** The bytes to be signed. What needs the network happens here, while nobody holds the card. */
  readonly message: (certificate: JpkiCertificate) => Promise<Uint8Array>;
}

export interface Authentication {
  readonly certificate: JpkiCertificate;
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the message (RS256 of RFC 7518), checked with the certificate. */
  readonly signature: Uint8Array;
  readonly pin: PinReport;
}

interface Sighting {
  readonly certificate: JpkiCertificate;
  /** Tells this card from another in the same reader. */
  readonly token: string;
  readonly tries: number;
  readonly max: number | null;
}

const reference = pinReference("auth");

/**
 * Signs a message with the authentication key, in two holds of the card: the first reads certificate and counter, so
 * that a hopeless card causes no question; then the person and the network are asked with the card free; the second
 * makes sure that it is the same card, presents the PIN once and signs.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CARD_CHANGED (nothing sent, unless only the signature tells), ERR_CERT_ABSENT,
 *   ERR_CERT_MALFORMED, what `verifyPin`, `computeSignature`, `Reader.connect` and the callbacks throw; each with what
 *   is known of the PIN by then
 */
export async function authenticate(reader: Reader, options: AuthenticationOptions): Promise<Authentication> {
  const { certificate, token, tries, max } = await withCard(reader, options, (card) => look(card, options.minTries));
  const before: PinReport = { pinSent: false, triesBefore: tries, triesAfter: tries };
  return reporting(before, async () => {
    await options.check(certificate);
    const pin = await options.askPin({ reference, tries, max });
    try {
      throwIfCancelled(options.connect.signal);
      const message = await options.message(certificate);
      const work = (card: Card) => sign(card, { certificate, token, pin, message, minTries: options.minTries });
      return await withCardAgain(reader, options, work);
    } finally {
      pin.wipe();
    }
  });
}

async function look(card: Card, minTries: number): Promise<Sighting> {
  const identity = await requireMyNumberCard(card);
  const certificate = parseCertificate(await readCertificate(card, "auth"), "auth");
  const counter = await readCounter(card, reference);
  const tries = assertTries(counter, reference, minTries);
  return { certificate, token: identity.token?.serialNumber ?? "", tries, max: counter.max };
}

interface SigningJob {
  readonly certificate: JpkiCertificate;
  readonly token: string;
  readonly pin: Pin;
  readonly message: Uint8Array;
  readonly minTries: number;
}

async function sign(card: Card, { certificate, token, pin, message, minTries }: SigningJob): Promise<Authentication> {
  const identity = await requireMyNumberCard(card);
  // Before the PIN, which is another card's secret: a try of that one is not ours to spend.
  if ((identity.token?.serialNumber ?? "") !== token) throw changed(card);
  const report = await verifyPin(card, reference, pin, { minTries });
  return reporting(report, async () => {
    const signature = await computeSignature(card, "auth", sha256DigestInfo(message));
    if (!verify("sha256", message, certificate.publicKey, signature)) throw changed(card);
    return { certificate, signature, pin: report };
  });
}

function changed(card: Card): MynakitError {
  return new MynakitError("ERR_CARD_CHANGED", { reader: card.reader });
}
