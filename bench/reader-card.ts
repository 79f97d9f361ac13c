import { encodeCommand } from "../src/apdu/command.ts";
import { toHex } from "../src/apdu/hex.ts";
import type { Reader } from "../src/apdu/reader.ts";
import { decodeResponse } from "../src/apdu/response.ts";
import { simulateCard } from "../src/simulator/card.ts";
import { issueCard } from "../src/simulator/issue.ts";
import { linkMillis } from "../src/simulator/link.ts";

/** What went to a card and came back, and how long a contactless reader at 106 kbit/s would have needed, by the model. */
export interface Spent {
  readonly apdus: number;
  /** Of commands and responses. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** How often the card was held; a sequence of commands says nothing about that. */
  readonly holds: number;
}

export interface CountedCard {
  /** For mynakit. */
  readonly reader: Reader;
  /** One command for a client whose commands are data. */
  send(command: Uint8Array): Uint8Array;
  spent(): Spent;
}

export const issuedAt = new Date("2026-11-22T00:00:00Z");

/** A fresh simulated card, the same each time, whose commands are counted. */
export function countedCard(extendedLength: boolean): CountedCard {
  const image = issueCard({ name: "bench", profile: "standard", seed: "bench", now: issuedAt });
  const card = simulateCard({ image, persist: () => undefined });
  let spent: Spent = { apdus: 0, bytes: 0, milliseconds: 0, holds: 0 };
  card.powerOn();

  function send(command: Uint8Array): Uint8Array {
    const response = card.transmit(command);
    spent = {
      ...spent,
      apdus: spent.apdus + 1,
      bytes: spent.bytes + command.length + response.length,
      milliseconds: spent.milliseconds + linkMillis("nfc106", command, response),
    };
    return response;
  }

  const reader: Reader = {
    uri: "sim:bench",
    simulated: true,
    async connect() {
      spent = { ...spent, holds: spent.holds + 1 };
      if (!card.session.powered) card.powerOn();
      return {
        reader: "sim:bench",
        atr: card.atr ?? new Uint8Array(),
        extendedLength,
        transmit: async (command) => decodeResponse(send(encodeCommand(command))),
        async disconnect(disposition) {
          if (disposition === "unpower") card.powerOff();
          if (disposition === "reset") card.reset();
        },
      };
    },
  };
  return { reader, send, spent: () => spent };
}

/** @throws {Error} where the card refused: a sequence that does not do its job must not be counted */
export function requireOk(command: Uint8Array, response: Uint8Array): Uint8Array {
  const sw = toHex(response.subarray(-2));
  if (sw !== "9000" && !sw.startsWith("63C")) throw new Error(`${toHex(command)} was answered ${sw}`);
  return response.subarray(0, -2);
}
