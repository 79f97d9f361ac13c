import { describe, expect, test } from "vitest";
import { fromHex } from "../../src/apdu/hex.ts";
import { MynakitError } from "../../src/errors.ts";
import { CardVanished, simulateCard } from "../../src/simulator/card.ts";
import { imageOf, jpki, select, testCard, text, verify } from "./cards.ts";
import { cardContract } from "./contract.ts";

cardContract("in process", async (options) => {
  const { card, send } = testCard(options);
  return {
    send: async (command) => send(command),
    async coldStart() {
      card.powerOff();
      card.powerOn();
    },
    warmReset: async () => card.reset(),
    close: async () => card.powerOff(),
  };
});

test("GET CHALLENGE refuses the extended form even where the short one would do", () => {
  const { send } = testCard();
  expect(send("00840000000008")).toBe("6985");
});

describe("a VERIFY", () => {
  test("is persisted before the comparison, and after a match before the answer", () => {
    const { send, persisted } = testCard();
    send(jpki);
    send(verify("1234", "98"));
    expect(persisted.map(({ auth }) => auth)).toEqual([2, 3]);
    send(verify("0000", "98"));
    expect(persisted.map(({ auth }) => auth)).toEqual([2, 3, 2]);
  });

  test.each([1, 2])("whose try cannot be made durable (write %i) opens nothing and says why", (failing) => {
    const image = imageOf();
    const trouble = new MynakitError("ERR_IO_WRITE", { path: "card.json", reason: "EROFS" });
    let writes = 0;
    const card = simulateCard({
      image,
      persist() {
        writes += 1;
        if (writes === failing) throw trouble;
      },
      record: () => expect.unreachable("nothing was decided"),
    });
    card.powerOn();
    card.transmit(fromHex(jpki));
    expect(() => card.transmit(fromHex(verify("1234", "98")))).toThrow(trouble);
    expect(writes).toBe(failing);
    expect(card.session.verified.size).toBe(0);
  });

  test("is recorded with its reference and counter, and counted in the image; a query is not", () => {
    const { send, events, image } = testCard({ profile: "auth-two-tries" });
    for (const command of [jpki, "00200098", verify("0000", "98"), verify("0000", "98"), verify("1234", "98")])
      send(command);
    expect(events).toEqual([
      { command: "verify", reference: "auth", before: 2, after: 1, matched: false },
      { command: "verify", reference: "auth", before: 1, after: 0, matched: false },
      { command: "verify", reference: "auth", before: 0, after: 0, matched: false },
    ]);
    expect(image.pins[0]).toMatchObject({ id: "auth", remaining: 0, verifies: 3, lastTryBurnt: true });
    expect(image.pins[1]).toMatchObject({ id: "sign", remaining: 5, verifies: 0, lastTryBurnt: false });
  });

  test("that wins on the last try has burnt it all the same", () => {
    const { send, image } = testCard({ profile: "auth-last-try" });
    send(jpki);
    expect(send(verify("1234", "98"))).toBe("9000");
    expect(image.pins[0]).toMatchObject({ remaining: 3, lastTryBurnt: true });
  });
});

describe("switches", () => {
  test("the query of a verified PIN answers 9000 where the card does so", () => {
    const { send } = testCard({ switches: { query: "9000-when-verified" } });
    send(jpki);
    expect([send("00200098"), send(verify("1234", "98")), send("00200098"), send("0020009B")]).toEqual([
      "63C3",
      "9000",
      "9000",
      "63C5",
    ]);
  });

  test("a locked PIN answers 6983 where the card does so", () => {
    const { send } = testCard({ profile: "auth-locked", switches: { lockedVerify: "6983" } });
    send(jpki);
    expect([send("00200098"), send(verify("1234", "98"))]).toEqual(["63C0", "6983"]);
  });

  test.each(["6A86", "6A82", "6D00"])(
    "short file identifiers are refused with %s, at no cost, and SELECT EF works",
    (sw) => {
      const { send, events } = testCard({ switches: { shortFileId: { read: sw, verify: sw, sign: sw } } });
      send(jpki);
      expect([send("00B08A0004"), send("00200098"), send(verify("1234", "98")), send("802A00970111 00")]).toEqual([
        sw,
        sw,
        sw,
        sw,
      ]);
      expect(events).toEqual([]);
      expect([send(select("0018")), send("00200080"), send(verify("1234"))]).toEqual(["9000", "63C3", "9000"]);
    },
  );

  test("short file identifiers can be refused for VERIFY alone", () => {
    const { send } = testCard({ switches: { shortFileId: { read: null, verify: "6A86", sign: null } } });
    send(jpki);
    expect([send("00B0880003"), send("00200098")]).toEqual(["8F8F009000", "6A86"]);
  });

  test("the extended form is refused with 6700 where the card is short", () => {
    const { send } = testCard({ profile: "short-only" });
    send(jpki);
    send(select("000A"));
    expect([send("00B00000000000"), send("00B0000002")]).toEqual(["6700", expect.stringMatching(/9000$/)]);
  });

  test("the verified state may outlive another application: then only power-off ends it", () => {
    const { card, send } = testCard({ switches: { verifiedOutlivesApplication: true } });
    for (const command of [jpki, verify("1234", "98"), text, jpki]) send(command);
    expect(send("802A00970111 00")).toMatch(/9000$/);
    card.powerOff();
    card.powerOn();
    send(jpki);
    expect(send("802A00970111 00")).toBe("6982");
  });
});

describe("faults", () => {
  test("a mute card has no ATR and answers nothing", () => {
    const { card } = testCard({ profile: "mute" });
    expect(card.atr).toBeNull();
    expect(() => card.transmit(fromHex(jpki))).toThrow(CardVanished);
  });

  test("a removed card has carried out its last command", () => {
    const { card, send, image } = testCard({ faults: { removeAfter: 2 } });
    send(jpki);
    expect(() => send(verify("0000", "98"))).toThrow(CardVanished);
    expect(() => send(jpki)).toThrow(CardVanished);
    expect(image.pins[0]?.remaining).toBe(2);
    card.powerOn();
    expect(send(jpki)).toBe("9000");
  });

  test("garbage comes at its command, which is carried out; a forced answer stands for one that is not", () => {
    const { send, image } = testCard({ faults: { garbageAt: 2, answerAt: { command: 3, sw: "6F00" } } });
    expect([send(jpki), send(verify("0000", "98")), send(verify("0000", "98")), send("00200098")]).toEqual([
      "9000",
      "DEAD0102",
      "6F00",
      "63C2",
    ]);
    expect(image.pins[0]?.verifies).toBe(1);
  });

  test("a card without power does not answer", () => {
    const { card, send } = testCard();
    card.powerOff();
    expect(() => send(jpki)).toThrow(CardVanished);
  });
});
