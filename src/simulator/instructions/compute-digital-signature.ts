import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, findKey, Refusal, referencedEntry, success } from "../os.ts";
import { digestInfo, maxPkcs1Content, modulusLength, paddedPkcs1, paddedPss, sha256, signPadded } from "../rsa.ts";

/** How P1 has a JPKI key treat its input. */
interface Scheme {
  /** In bytes. */
  readonly input: { readonly min: number; readonly max: number };
  pad(input: Uint8Array, salt: () => Uint8Array): Uint8Array;
}

const maxShortData = 255;
const anyLength = { min: 1, max: maxShortData };
const oneHash = { min: 32, max: 32 };

/** Source: public measurements (myna-card, found by trying every P1). */
const schemes: readonly Scheme[] = [
  { input: { min: 1, max: maxPkcs1Content }, pad: paddedPkcs1 },
  { input: anyLength, pad: (input) => paddedPkcs1(sha256(input)) },
  { input: oneHash, pad: (input) => paddedPkcs1(digestInfo(input)) },
  { input: anyLength, pad: (input) => paddedPkcs1(digestInfo(sha256(input))) },
  { input: oneHash, pad: (input, salt) => paddedPss(input, salt()) },
  { input: anyLength, pad: (input, salt) => paddedPss(sha256(input), salt()) },
];

const saltLength = 32;
const padAsGiven = 0x00;
const ownKey = 0x00;

/**
 * COMPUTE DIGITAL SIGNATURE (CLA 80). P1: the scheme; a DigestInfo is the caller's business where the scheme adds none. P2: the
 * key, shut before its PIN; one VERIFY serves any number of signatures. P2 00 names the application's own key, which wants no PIN.
 */
export function computeDigitalSignature(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (!data || data.length > maxShortData || le === undefined || le < modulusLength) throw new Refusal(0x6700);
  const scheme = schemes[p1];
  if (!scheme) throw new Refusal(0x6a86);
  const privateKey = p2 === ownKey ? internalKey(os, p1) : openedKey(os, p2);
  if (data.length < scheme.input.min || data.length > scheme.input.max) throw new Refusal(0x6985);
  return success(
    signPadded(
      privateKey,
      scheme.pad(data, () => os.random(saltLength)),
    ),
  );
}

function openedKey(os: CardOs, p2: number): string {
  const entry = referencedEntry(os, p2, "sign");
  if (entry.kind !== "key") throw new Refusal(0x6981);
  if (entry.key.use !== "signature") throw new Refusal(0x6985);
  if (!os.session.verified.has(entry.key.pin)) throw new Refusal(0x6982);
  return entry.key.privateKey;
}

/** Of the text and the visual application, which pad as told and do no more. Source: public measurements (myna-card). */
function internalKey(os: CardOs, p1: number): string {
  const key = findKey(os, "internal-signature");
  if (!key || p1 !== padAsGiven) throw new Refusal(0x6a86);
  return key.privateKey;
}
