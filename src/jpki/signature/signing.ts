import type { Reader } from "../../apdu/reader.ts";
import { MynakitError, type PinReport } from "../../errors.ts";
import { type Card, withCard } from "../card.ts";
import { type JpkiCertificate, type KeyUsage, parseCertificate } from "../certificate/parse.ts";
import { readCertificate } from "../certificate/read.ts";
import { readAuthority, requirePresent } from "../certificate/unlock.ts";
import { requireValid } from "../certificate/validity.ts";
import { type CardIdentity, requireJpki } from "../identify.ts";
import { presentPins, sight } from "../pin/entry.ts";
import { type PresentOptions, presenting } from "../pin/present.ts";
import { pinReference } from "../pin/references.ts";
import { computeSignature, type Digest, digestInfo, digestOf, type HashName, type SigningKey } from "../sign.ts";
import { isSignatureOf } from "./rsa.ts";

/** A card that is held and has its key open. One VERIFY serves any number of signatures. */
export interface Signer {
  readonly certificate: JpkiCertificate;
  /** Its authority's, from the card; null: nobody asked for it, or the card has none that can be read. */
  readonly authority: JpkiCertificate | null;
  /** RSASSA-PKCS1-v1_5 over the message: 256 bytes, checked with the certificate. */
  readonly sign: (message: Uint8Array, hash: HashName) => Promise<Uint8Array>;
  /** The same over a message of which the digest is known. */
  readonly signDigest: (digest: Digest) => Promise<Uint8Array>;
}

export interface SigningOptions<T> extends PresentOptions {
  /** `sign` is for documents; `auth` proves who somebody is, and its certificate names nobody. */
  readonly key: SigningKey;
  /** The time by the clock that a certificate is judged by. */
  readonly clock: (certificate: JpkiCertificate) => Date;
  readonly withAuthority?: boolean;
  /** Builds what is to be signed and has it signed, while the card is held: whatever is slow has to be done before. */
  readonly work: (signer: Signer) => Promise<T>;
}

export interface Signing<T> {
  readonly result: T;
  readonly certificate: JpkiCertificate;
  readonly pin: PinReport;
}

/** What a certificate must allow for its key to be used (RFC 5280, 4.2.1.3). */
const neededUsage: Readonly<Record<SigningKey, KeyUsage>> = { auth: "digitalSignature", sign: "nonRepudiation" };

/**
 * Signs with a key of the card, in two holds: the first finds out whether there is any point in asking for the PIN;
 * then the person is asked with the card free; the second presents the PIN once, reads the certificate (that of the
 * signing key is shut before), refuses one that may not be used, and signs. Where the certificate can be read freely,
 * it is refused before anybody is asked.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CARD_CHANGED, ERR_CERT_ABSENT, ERR_CERT_EXPIRED, ERR_CERT_NOT_YET_VALID,
 *   ERR_CERT_KEY_USAGE, ERR_CERT_MALFORMED, what `presentPins`, `sight`, `verifyPin`, `computeSignature` and the callbacks throw; each
 *   with what is known of the PIN by then
 */
export async function signDocument<T>(reader: Reader, options: SigningOptions<T>): Promise<Signing<T>> {
  const { key, clock } = options;
  const { sighting, free } = options.sighting
    ? { sighting: options.sighting, free: null }
    : await withCard(reader, options, (card) => look(card, options));
  return presentPins(reader, options, {
    sighting,
    requireCard: requireJpki,
    ...presenting(sighting.reference, options, async (card, report) => {
      const certificate = free ?? (await readUsable(card, key, clock));
      const authority = options.withAuthority ? await readAuthority(card, `${key}-ca`) : null;
      const result = await options.work(signer(card, key, certificate, authority));
      return { result, certificate, pin: report };
    }),
  });
}

type Looking = Pick<SigningOptions<unknown>, "key" | "clock" | "minTries">;

async function look(card: Card, { key, clock, minTries }: Looking) {
  const identity = await requireJpki(card);
  const free = isFree(key, identity) ? await readUsable(card, key, clock) : null;
  if (!free) await requirePresent(card, key);
  return { free, sighting: await sight(card, identity, pinReference(key), minTries) };
}

/** On a phone a PIN opens this certificate, too. */
const isFree = (key: SigningKey, { kind }: CardIdentity): boolean => key === "auth" && kind === "my-number-card";

async function readUsable(
  card: Card,
  key: SigningKey,
  clock: SigningOptions<unknown>["clock"],
): Promise<JpkiCertificate> {
  const certificate = parseCertificate(await readCertificate(card, key), key);
  requireValid(certificate, clock(certificate));
  const { keyUsage } = certificate;
  if (keyUsage.includes(neededUsage[key]) && !certificate.isCa) return certificate;
  throw new MynakitError("ERR_CERT_KEY_USAGE", { kind: key, keyUsage: keyUsage.join(", ") });
}

function signer(card: Card, key: SigningKey, certificate: JpkiCertificate, authority: JpkiCertificate | null): Signer {
  const signDigest = async (digest: Digest): Promise<Uint8Array> => {
    const signature = await computeSignature(card, key, digestInfo(digest));
    if (isSignatureOf(digest, signature, certificate.publicKey)) return signature;
    throw new MynakitError("ERR_CARD_CHANGED", { reader: card.reader });
  };
  return { certificate, authority, signDigest, sign: (message, hash) => signDigest(digestOf(hash, message)) };
}
