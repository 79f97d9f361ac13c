import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { withCard } from "../../src/jpki/card.ts";
import { assertTries, verifyPin } from "../../src/jpki/pin/guard.ts";
import { Pin } from "../../src/jpki/pin/pin.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { type PinCounter, readCounter } from "../../src/jpki/pin/query.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import type { CardImage } from "../../src/simulator/image.ts";
import { connect, type ObservedReader, removed, scriptedReader, simulatedReader } from "./support/readers.ts";

const auth = pinReference("auth");
const sign = pinReference("sign");
const right = () => parsePin(auth, "1234");
const wrong = () => parsePin(auth, "9999");

function present(reader: ObservedReader, pin = right(), minTries = 2) {
  return withCard(reader, { connect }, (card) => verifyPin(card, auth, pin, { minTries }));
}

const counterOf = (image: CardImage) => image.pins.find(({ id }) => id === "auth")?.remaining;

describe("a PIN is sent", () => {
  test("in four commands by short file id when the counter is full", async () => {
    const reader = simulatedReader();
    expect(await present(reader)).toEqual({ pinSent: true, triesBefore: 3, triesAfter: 3 });
    expect(reader.log.slice(0, -1)).toEqual(["00A4040C0AD392F000260100000001", "00200098", "002000980431323334"]);
    expect(reader.events).toEqual([{ command: "verify", reference: "auth", before: 3, after: 3, matched: true }]);
  });

  test("once, in the form that the query found, on a card without short file ids", async () => {
    const reader = simulatedReader({ profile: "short-only" });
    await present(reader);
    expect(reader.log.slice(1, 5)).toEqual(["00200098", "00A4020C020018", "00200080", "002000800431323334"]);
    expect(reader.events).toHaveLength(1);
  });

  test("with two tries left, and the card is asked what a success has made of them", async () => {
    const reader = simulatedReader({ profile: "auth-two-tries" });
    expect(await present(reader)).toEqual({ pinSent: true, triesBefore: 2, triesAfter: 3 });
  });

  test("and of a card that then hides the counter nothing is claimed", async () => {
    const change = (image: CardImage) => Object.assign(image.switches, { query: "9000-when-verified" });
    const reader = simulatedReader({ profile: "auth-two-tries", change });
    expect(await present(reader)).toEqual({ pinSent: true, triesBefore: 2, triesAfter: null });
  });

  test("and found wrong, with what is left", async () => {
    const reader = simulatedReader();
    await expect(present(reader, wrong())).rejects.toMatchObject({
      code: "ERR_PIN_WRONG",
      details: { pin: "auth", triesAfter: 2 },
      pin: { pinSent: true, triesBefore: 3, triesAfter: 2 },
    });
  });
});

describe("a PIN is not sent", () => {
  const refused = async (reader: ReturnType<typeof simulatedReader>, expected: object, minTries = 2) => {
    const before = counterOf(reader.image);
    await expect(present(reader, right(), minTries)).rejects.toMatchObject({ ...expected, pin: { pinSent: false } });
    expect(reader.events).toEqual([]);
    expect(counterOf(reader.image)).toBe(before);
  };

  test("with one try left", async () => {
    const details = { pin: "auth", reason: "last-try", tries: 1, minTries: 2 };
    await refused(simulatedReader({ profile: "auth-last-try" }), { code: "ERR_PIN_WITHHELD", details });
  });

  test.each([1, 0, -5, Number.NaN, Number.NEGATIVE_INFINITY])("with one left and a floor of %s", async (minTries) => {
    await refused(simulatedReader({ profile: "auth-last-try" }), { code: "ERR_PIN_WITHHELD" }, minTries);
  });

  test("when locked", async () => {
    await refused(simulatedReader({ profile: "auth-locked" }), { code: "ERR_PIN_LOCKED", details: { pin: "auth" } });
  });

  test("below the floor that the person set", async () => {
    const details = { pin: "auth", reason: "min-tries", tries: 3, minTries: 4 };
    await refused(simulatedReader(), { code: "ERR_PIN_WITHHELD", details }, 4);
  });

  test("below that floor with two left, which are not called the last", async () => {
    const details = { reason: "min-tries", tries: 2, minTries: 3 };
    await refused(simulatedReader({ profile: "auth-two-tries" }), { code: "ERR_PIN_WITHHELD", details }, 3);
  });

  test.each(["9000", "6300", "6F00", "6700", "6985", "6A88"])("when the counter answers %s", async (query) => {
    const details = { reason: "unreadable", tries: null };
    const change = (image: CardImage) => Object.assign(image.switches, { query });
    await refused(simulatedReader({ change }), { code: "ERR_PIN_WITHHELD", details });
  });

  test("when it stands verified already, which hides the counter", async () => {
    const change = (image: CardImage) => Object.assign(image.switches, { query: "9000-when-verified" });
    const reader = simulatedReader({ change });
    reader.card.powerOn();
    reader.card.session.verified.add("auth");
    reader.card.session.verifiedIn = "jpki";
    await refused(reader, { code: "ERR_PIN_WITHHELD", details: { pin: "auth", reason: "unreadable" } });
  });

  test("to a card without its application", async () => {
    const reader = scriptedReader({ answer: () => "6A82" });
    await expect(present(reader)).rejects.toMatchObject({
      code: "ERR_PIN_WITHHELD",
      details: { reason: "unreadable" },
    });
    expect(reader.log).toHaveLength(1);
  });

  test("to a card that did not come from behind the fence", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, async (card) => {
      const other = { ...card, transmit: card.transmit };
      await expect(verifyPin(other, auth, right(), { minTries: 2 })).rejects.toMatchObject({
        code: "ERR_INTERNAL",
        pin: { pinSent: false },
      });
    });
    expect(reader.events).toEqual([]);
  });

  test("when another program has spent a try since the person was asked", async () => {
    const reader = simulatedReader({ profile: "auth-two-tries" });
    const seen = await withCard(reader, { connect }, (card) => readCounter(card, auth));
    expect(assertTries(seen, auth, 2)).toBe(2);
    for (const pin of reader.image.pins) if (pin.id === "auth") pin.remaining = 1;
    await refused(reader, { code: "ERR_PIN_WITHHELD", details: { reason: "last-try" } });
  });

  test("in another PIN's form, nor after it was wiped", async () => {
    const wiped = right();
    wiped.wipe();
    for (const pin of [wiped, parsePin(sign, "TEST1234"), Pin.fromAscii("12345"), Pin.fromAscii("")]) {
      const reader = simulatedReader();
      await expect(present(reader, pin)).rejects.toMatchObject({ code: "ERR_PIN_FORMAT", pin: { pinSent: false } });
      expect(reader.log).toEqual([]);
    }
  });

  test("twice in one hold", async () => {
    const reader = simulatedReader();
    const twice = withCard(reader, { connect }, async (card) => {
      await expect(verifyPin(card, auth, wrong(), { minTries: 2 })).rejects.toMatchObject({ code: "ERR_PIN_WRONG" });
      await verifyPin(card, auth, right(), { minTries: 2 });
    });
    await expect(twice).rejects.toMatchObject({ code: "ERR_INTERNAL" });
    expect(reader.events).toHaveLength(1);
  });

  test("but two different ones are, in one hold", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, async (card) => {
      await verifyPin(card, auth, right(), { minTries: 2 });
      await verifyPin(card, sign, parsePin(sign, "test1234"), { minTries: 2 });
    });
    expect(reader.events.map(({ reference }) => reference)).toEqual(["auth", "sign"]);
  });
});

describe("a VERIFY is never repeated", () => {
  const answers = (last: string | Error, log: string[] = []) =>
    scriptedReader({
      answer(command) {
        log.push(command);
        if (!command.startsWith("0020")) return "9000";
        return command.length > 8 ? last : "63C3";
      },
    });
  const verifies = (reader: ObservedReader) => reader.log.filter((each) => each.startsWith("0020") && each.length > 8);

  test.each([
    ["63C2", "ERR_PIN_WRONG", 2],
    ["63C0", "ERR_PIN_LOCKED", 0],
    ["6983", "ERR_PIN_LOCKED", 0],
    ["6984", "ERR_PIN_LOCKED", 0],
    ["6300", "ERR_CARD_ANSWER", null],
    ["6700", "ERR_CARD_ANSWER", null],
    ["6C00", "ERR_CARD_ANSWER", null],
    ["6C04", "ERR_CARD_ANSWER", null],
    ["6104", "ERR_CARD_ANSWER", null],
    ["6A82", "ERR_CARD_ANSWER", null],
    ["6A86", "ERR_CARD_ANSWER", null],
    ["6D00", "ERR_CARD_ANSWER", null],
    ["6F00", "ERR_CARD_ANSWER", null],
    ["DEAD0102", "ERR_CARD_ANSWER", null],
  ])("after %s", async (sw, code, triesAfter) => {
    const reader = answers(sw);
    await expect(present(reader)).rejects.toMatchObject({ code, pin: { pinSent: true, triesBefore: 3, triesAfter } });
    expect(verifies(reader)).toHaveLength(1);
  });

  test.each([
    removed(),
    new MynakitError("ERR_CARD_RESET", { reader: "test" }),
    new MynakitError("ERR_CARD_TIMEOUT", { reader: "test", seconds: 1 }),
    new MynakitError("ERR_READER_GONE", { reader: "test" }),
  ])("after $code", async (error) => {
    const reader = answers(error);
    const pin = { pinSent: true, triesBefore: 3, triesAfter: null };
    await expect(present(reader)).rejects.toMatchObject({ code: error.code, pin });
    expect(verifies(reader)).toHaveLength(1);
  });

  test("after an error of unknown kind, which is kept as the cause and not shown", async () => {
    const strange = new Error("transmit 002000980431323334");
    const failure = await present(answers(strange)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "ERR_INTERNAL", cause: strange, pin: { pinSent: true, triesAfter: null } });
    expect(JSON.stringify((failure as MynakitError).details)).not.toContain("31323334");
  });
});

describe("before asking a person", () => {
  const counter = (state: PinCounter["state"], remaining: number | null): PinCounter => ({
    id: "auth",
    remaining,
    max: 3,
    state,
  });

  test("enough tries are told", () => {
    expect(assertTries(counter("ok", 3), auth, 2)).toBe(3);
    expect(assertTries(counter("ok", 3), auth, 3)).toBe(3);
  });

  test.each([
    ["locked", 0, "ERR_PIN_LOCKED"],
    ["last-try", 1, "ERR_PIN_WITHHELD"],
    ["verified", null, "ERR_PIN_WITHHELD"],
    ["unknown", null, "ERR_PIN_WITHHELD"],
    ["absent", null, "ERR_PIN_WITHHELD"],
  ] as const)("%s is refused with what is known", (state, remaining, code) => {
    const pin = { pinSent: false, triesBefore: remaining, triesAfter: remaining };
    expect(() => assertTries(counter(state, remaining), auth, 2)).toThrow(expect.objectContaining({ code, pin }));
  });
});

describe("the form of a PIN", () => {
  const bytes = (id: "auth" | "sign", text: string) =>
    Buffer.from(parsePin(pinReference(id), text).bytes()).toString("latin1");

  test("is that of the card, whatever the keyboard", () => {
    expect(bytes("auth", "１２３４")).toBe("1234");
    expect(bytes("sign", "ｔｅｓｔ１２３４")).toBe("TEST1234");
    expect(bytes("sign", "Test1234")).toBe("TEST1234");
    expect(bytes("sign", "0123456789ABCDEF")).toBe("0123456789ABCDEF");
  });

  test.each(["", "123", "12345", " 1234", "1234 ", "1234\n", "12a4", "１２３四", "١٢٣٤"])(
    "refuses %j for auth",
    (text) => {
      expect(() => bytes("auth", text)).toThrow(
        expect.objectContaining({ code: "ERR_PIN_FORMAT", details: { pin: "auth" } }),
      );
    },
  );

  test.each(["ABC12", "ABCDEFGHIJ1234567", "TEST-1234", "TEST 1234", "ＴＥＳＴ１２３４５６７８９０１２３", "straße1"])(
    "refuses %j for sign",
    (text) => {
      const failure = (() => {
        try {
          return bytes("sign", text);
        } catch (error) {
          return error;
        }
      })();
      expect(failure).toMatchObject({ code: "ERR_PIN_FORMAT", details: { pin: "sign" } });
      expect(JSON.stringify(failure) + String(failure)).not.toContain(text);
    },
  );
});
