import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { authenticate } from "../../src/jpki/authentication.ts";
import { unlockCertificate } from "../../src/jpki/certificate/unlock.ts";
import { replacePin } from "../../src/jpki/pin/change.ts";
import { checkPin } from "../../src/jpki/pin/check.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { connect, type SimulatedReader, simulatedReader } from "./support/readers.ts";

const auth = (text: string) => parsePin(pinReference("auth"), text);

/** From now on there is no card in the reader. */
function takeAway(reader: SimulatedReader, code: "ERR_CARD_ABSENT" | "ERR_READER_GONE" = "ERR_CARD_ABSENT"): void {
  reader.connect = async () => {
    throw new MynakitError(code, { reader: "test" });
  };
}

const options = { connect, minTries: 2 };

/** Everything that holds the card twice, with what happens while the card is free. */
const works: Record<string, (reader: SimulatedReader, meanwhile: () => void) => Promise<unknown>> = {
  "a login": (reader, meanwhile) =>
    authenticate(reader, {
      ...options,
      check: () => undefined,
      askPin: async () => auth("1234"),
      async message() {
        meanwhile();
        return Uint8Array.of(1);
      },
    }),
  "reading the signing certificate": (reader, meanwhile) =>
    unlockCertificate(reader, "sign", {
      ...options,
      async askPin() {
        meanwhile();
        return parsePin(pinReference("sign"), "TEST1234");
      },
    }),
  "checking a PIN": (reader, meanwhile) =>
    checkPin(reader, "auth", {
      ...options,
      async askPin() {
        meanwhile();
        return auth("1234");
      },
    }),
  "changing a PIN": (reader, meanwhile) =>
    replacePin(reader, "auth", {
      ...options,
      async askPins() {
        meanwhile();
        return { old: auth("1234"), new: auth("8052") };
      },
    }),
};

describe.each(Object.entries(works))("%s", (_name, work) => {
  test("without a card at first: there is none", async () => {
    const reader = simulatedReader();
    takeAway(reader);
    await expect(work(reader, () => undefined)).rejects.toMatchObject({ code: "ERR_CARD_ABSENT" });
  });

  test("whose card is gone before the second hold: it was removed, and nothing was sent", async () => {
    const reader = simulatedReader();
    await expect(work(reader, () => takeAway(reader))).rejects.toMatchObject({
      code: "ERR_CARD_REMOVED",
      exit: 4,
      details: { reader: "test" },
      pin: { pinSent: false },
    });
    expect(reader.events).toEqual([]);
  });

  test("whose reader is gone before the second hold says that of the reader", async () => {
    const reader = simulatedReader();
    const result = work(reader, () => takeAway(reader, "ERR_READER_GONE"));
    await expect(result).rejects.toMatchObject({ code: "ERR_READER_GONE" });
  });
});
