import type { Reader } from "../../../src/apdu/reader.ts";
import { MynakitError, noPinTouched, type PinReport } from "../../../src/errors.ts";
import { type PinId, pinIds } from "../../../src/jpki/applications.ts";
import { authenticate } from "../../../src/jpki/authentication.ts";
import { type Card, withCard } from "../../../src/jpki/card.ts";
import { unlockCertificate } from "../../../src/jpki/certificate/unlock.ts";
import { replacePin } from "../../../src/jpki/pin/change.ts";
import { checkPin } from "../../../src/jpki/pin/check.ts";
import type { EntryOptions } from "../../../src/jpki/pin/entry.ts";
import { changePin, verifyPin } from "../../../src/jpki/pin/guard.ts";
import type { Pin } from "../../../src/jpki/pin/pin.ts";
import { type HolderPinId, pinReference } from "../../../src/jpki/pin/references.ts";
import { type Signer, signDocument } from "../../../src/jpki/signature/signing.ts";
import { readAttributes, readMyNumber } from "../../../src/jpki/text/read.ts";
import { readFace } from "../../../src/jpki/visual/read.ts";

const message = new Uint8Array(32);
/** When the cards of these tests are valid. */
export const today = new Date("2026-11-22T03:00:00Z");

/** One use of a PIN. */
export interface Attempt {
  readonly id: PinId;
  readonly options: EntryOptions;
  /** What is typed; throws where that is malformed. Called with the card free, where a person is asked at all. */
  readonly typed: () => Pin;
  readonly replacement: () => Pin;
  /** Harmless work within the hold, before the PIN. */
  readonly detour: (card: Card) => Promise<void>;
}

export interface PinOperation {
  /** The PINs that it can touch. */
  readonly ids: readonly PinId[];
  readonly run: (reader: Reader, attempt: Attempt) => Promise<PinReport>;
  /** True where the card computes with its private key, which takes the time of ten other steps. */
  readonly slow?: true;
}

/** An outcome that can be looked at before it is given on. */
async function settled(work: Promise<PinReport>): Promise<{ report: PinReport; give: () => PinReport }> {
  try {
    const report = await work;
    return { report, give: () => report };
  } catch (error) {
    const give = () => {
      throw error;
    };
    return { report: error instanceof MynakitError ? error.pin : noPinTouched, give };
  }
}

const holderPins: readonly HolderPinId[] = ["auth", "sign", "text"];
const holderPin = (id: PinId): HolderPinId => holderPins.find((each) => each === id) ?? "auth";

/** Everything that can send a PIN to a card. What comes new is one entry here. */
export const operations: Readonly<Record<string, PinOperation>> = {
  verifyPin: {
    ids: pinIds,
    run: (reader, { id, options, typed, detour }) =>
      withCard(reader, options, async (card) => {
        await detour(card);
        return verifyPin(card, pinReference(id), typed(), options);
      }),
  },
  changePin: {
    ids: pinIds,
    run: (reader, { id, options, typed, replacement, detour }) =>
      withCard(reader, options, async (card) => {
        await detour(card);
        return changePin(card, pinReference(id), { old: typed(), new: replacement() }, options);
      }),
  },
  /** A caller that takes a refusal for a reason to try again. */
  "verifyPin again": {
    ids: pinIds,
    run: (reader, { id, options, typed, detour }) =>
      withCard(reader, options, async (card) => {
        const present = () => settled((async () => verifyPin(card, pinReference(id), typed(), options))());
        const first = await present();
        await detour(card).catch(() => undefined);
        const second = await present();
        return first.report.pinSent ? first.give() : second.give();
      }),
  },
  checkPin: {
    ids: holderPins,
    run: (reader, { id, options, typed }) =>
      checkPin(reader, holderPin(id), { ...options, askPin: async () => typed() }),
  },
  replacePin: {
    ids: holderPins,
    run: (reader, { id, options, typed, replacement }) =>
      replacePin(reader, holderPin(id), {
        ...options,
        askPins: async () => ({ old: typed(), new: replacement() }),
      }),
  },
  unlockCertificate: {
    slow: true,
    ids: ["auth", "sign"],
    run: async (reader, { id, options, typed }) => {
      const kind = id === "sign" ? "sign" : "auth";
      return (await unlockCertificate(reader, kind, { ...options, askPin: async () => typed() })).pin;
    },
  },
  readAttributes: {
    ids: ["text", "text-b"],
    run: async (reader, { id, options, typed }) => {
      const pin = id === "text-b" ? "text-b" : "text";
      return (await readAttributes(reader, pin, { ...options, askPin: async () => typed() })).pin;
    },
  },
  readMyNumber: {
    ids: ["text"],
    run: async (reader, { options, typed }) =>
      (await readMyNumber(reader, { ...options, askPin: async () => typed() })).pin,
  },
  readFace: {
    ids: ["visual-a", "visual-b"],
    slow: true,
    run: async (reader, { id, options, typed }) => {
      const pin = id === "visual-b" ? "visual-b" : "visual-a";
      return (await readFace(reader, pin, { ...options, askPin: async () => typed() })).pin;
    },
  },
  signDocument: {
    slow: true,
    ids: ["auth", "sign"],
    run: async (reader, { id, options, typed }) => {
      const key = id === "sign" ? "sign" : "auth";
      const work = async ({ sign }: Signer) => [await sign(message, "sha256"), await sign(message, "sha512")];
      const rest = { key, clock: () => today, askPin: async () => typed(), work } as const;
      return (await signDocument(reader, { ...options, ...rest })).pin;
    },
  },
  authenticate: {
    slow: true,
    ids: ["auth"],
    run: async (reader, { options, typed }) => {
      const rest = { check: () => undefined, askPin: async () => typed(), message: async () => message };
      return (await authenticate(reader, { ...options, ...rest })).pin;
    },
  },
};

/** The names of all operations, the quick ones more often. */
export const names = Object.entries(operations).flatMap(([name, { slow }]) => (slow ? [name] : [name, name, name]));
