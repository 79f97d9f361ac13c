import { describe, expect, test } from "vitest";
import type { CommandApdu } from "../../src/apdu/command.ts";
import { fromHex } from "../../src/apdu/hex.ts";
import { withCard } from "../../src/jpki/card.ts";
import { takesExtendedLength } from "../../src/jpki/channel.ts";
import { verifyPin } from "../../src/jpki/pin/guard.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { readCounter } from "../../src/jpki/pin/query.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { reselectApplication, selectApplication } from "../../src/jpki/select.ts";
import { connect, removed, scriptedReader, simulatedReader } from "./support/readers.ts";

const auth = pinReference("auth");
const right = () => parsePin(auth, "1234");
const wrong = () => parsePin(auth, "9999");
const options = { minTries: 2 };
const isd = "00A4040C07A0000001510000";

describe("the fence", () => {
  const data = Uint8Array.of(0x31, 0x32, 0x33, 0x34);
  const dangerous: CommandApdu[] = [
    { cla: 0x00, ins: 0x20, p1: 0, p2: 0x80, data },
    { cla: 0x00, ins: 0x20, p1: 0, p2: 0x98, data },
    { cla: 0x10, ins: 0x20, p1: 0, p2: 0x98, data },
    { cla: 0x0c, ins: 0x20, p1: 0, p2: 0x98, data },
    { cla: 0x01, ins: 0x20, p1: 0, p2: 0x98 },
    { cla: 0x00, ins: 0x20, p1: 0, p2: 0x98, le: 256 },
    { cla: 0x00, ins: 0x20, p1: 0, p2: 0x98, data: new Uint8Array() },
    { cla: 0x00, ins: 0x20, p1: 0xff, p2: 0x98 },
    { cla: 0x00, ins: 0x20, p1: 0, p2: 0x01 },
    { cla: 0x00, ins: 0x21, p1: 0, p2: 0x98, data },
    { cla: 0x00, ins: 0x24, p1: 1, p2: 0x80, data },
    { cla: 0x00, ins: 0x25, p1: 1, p2: 0x80, data },
    { cla: 0x00, ins: 0x26, p1: 0, p2: 0x80, data },
    { cla: 0x00, ins: 0x2c, p1: 0, p2: 0x80, data },
    { cla: 0x00, ins: 0x82, p1: 0, p2: 0x80, data },
    { cla: 0x00, ins: 0x86, p1: 0, p2: 0x80, data },
    { cla: 0x00, ins: 0xc2, p1: 0, p2: 0, data },
    { cla: 0x80, ins: 0x20, p1: 0, p2: 0x98, data },
    ...[0x32, 0x50, 0x52, 0x54, 0x06, 0x8a, 0x82].map((ins) => ({ cla: 0x80, ins, p1: 0, p2: 0x80, data })),
    { cla: 0xff, ins: 0x82, p1: 0, p2: 0, data },
  ];

  test.each(dangerous)("does not send $cla $ins $p1 $p2", async (command) => {
    const reader = simulatedReader();
    const sending = withCard(reader, { connect }, async (card) => {
      await selectApplication(card, "jpki");
      await card.transmit(command);
    });
    await expect(sending).rejects.toMatchObject({ code: "ERR_INTERNAL" });
    expect(reader.log).toHaveLength(1);
    expect(reader.events).toEqual([]);
  });

  test("says nothing of what it refused", async () => {
    const sending = withCard(simulatedReader(), { connect }, (card) => card.transmit(dangerous[0] as CommandApdu));
    await expect(sending).rejects.not.toThrow(/31323334|1234/);
  });

  test("sends the empty VERIFY of four bytes", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, (card) => readCounter(card, auth));
    expect(reader.log.at(-1)).toBe("00200098");
  });

  test("cannot be passed with an object that looks like the card", async () => {
    const reader = simulatedReader();
    const passing = withCard(reader, { connect }, (card) => verifyPin({ ...card }, auth, right(), options));
    await expect(passing).rejects.toMatchObject({ code: "ERR_INTERNAL" });
    expect(reader.events).toEqual([]);
  });
});

describe("letting go", () => {
  test("leaves a card as it is that saw no PIN", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, (card) => readCounter(card, auth));
    expect(reader.dispositions).toEqual(["leave"]);
    expect(reader.log).not.toContain(isd);
  });

  test.each([
    ["success", async () => undefined],
    ["an error", () => Promise.reject(removed())],
    ["a bug", () => Promise.reject(new TypeError("bug"))],
  ])("logs out and powers down after a PIN and %s", async (_, after) => {
    const reader = simulatedReader();
    const work = withCard(reader, { connect }, async (card) => {
      await verifyPin(card, auth, right(), options);
      expect(reader.card.session.verified).toContain("auth");
      await after();
    });
    await work.catch(() => undefined);
    expect(reader.log.at(-1)).toBe(isd);
    expect(reader.dispositions).toEqual(["unpower"]);
    expect(reader.card.session.verified.size).toBe(0);
  });

  test("logs out and powers down after a wrong PIN", async () => {
    const reader = simulatedReader();
    const work = withCard(reader, { connect }, (card) => verifyPin(card, auth, wrong(), options));
    await expect(work).rejects.toMatchObject({ code: "ERR_PIN_WRONG" });
    expect(reader.dispositions).toEqual(["unpower"]);
  });

  test("selects another application where the card has no issuer's domain", async () => {
    const change = (image: { applications: string[] }) => image.applications.splice(5);
    const reader = simulatedReader({ change });
    await withCard(reader, { connect }, (card) => verifyPin(card, auth, right(), options));
    expect(reader.log.slice(-2)).toEqual([isd, "00A4040C0AD3921000310001010408"]);
  });

  test("powers down a card on which somebody else's PIN stands verified", async () => {
    const reader = scriptedReader({ answer: () => "9000" });
    await withCard(reader, { connect }, async (card) => {
      expect(await readCounter(card, auth)).toMatchObject({ state: "verified", remaining: null });
    });
    expect(reader.dispositions).toEqual(["unpower"]);
  });

  test("a card that is gone is let go all the same, and the first error stays", async () => {
    const reader = simulatedReader({ change: (image) => Object.assign(image.faults, { removeAfter: 3 }) });
    const work = withCard(reader, { connect }, (card) => verifyPin(card, auth, wrong(), options));
    await expect(work).rejects.toMatchObject({ code: "ERR_CARD_REMOVED", pin: { pinSent: true, triesAfter: null } });
    expect(reader.dispositions).toEqual(["unpower"]);
  });
});

describe("cancelling", () => {
  const aborted = (reason: unknown) => ({ connect: { ...connect, signal: AbortSignal.abort(reason) } });

  test("connects to nothing once cancelled", async () => {
    const reader = simulatedReader();
    const work = withCard(reader, aborted("SIGINT"), async () => "done");
    await expect(work).rejects.toMatchObject({ code: "ERR_CANCELLED", details: { signal: "SIGINT" } });
    expect(reader.dispositions).toEqual([]);
  });

  test("sends no further command", async () => {
    const controller = new AbortController();
    const reader = simulatedReader();
    const work = withCard(reader, { connect: { ...connect, signal: controller.signal } }, async (card) => {
      await selectApplication(card, "jpki");
      controller.abort("SIGTERM");
      await readCounter(card, auth);
    });
    await expect(work).rejects.toMatchObject({ code: "ERR_CANCELLED", details: { signal: "SIGTERM" } });
    expect(reader.log).toHaveLength(1);
    expect(reader.dispositions).toEqual(["leave"]);
  });

  test("awaits a VERIFY in flight, tells that it was sent, and still logs out", async () => {
    const controller = new AbortController();
    const reader = simulatedReader();
    const { transmit } = reader.card;
    reader.card.transmit = (command) => {
      if (command[1] === 0x20 && command.length > 5) controller.abort("SIGINT");
      return transmit(command);
    };
    const work = withCard(reader, { connect: { ...connect, signal: controller.signal } }, async (card) => {
      const report = await verifyPin(card, auth, right(), options);
      expect(report).toEqual({ pinSent: true, triesBefore: 3, triesAfter: 3 });
      await readCounter(card, auth);
    });
    await expect(work).rejects.toMatchObject({ code: "ERR_CANCELLED" });
    expect(reader.log.at(-1)).toBe(isd);
    expect(reader.dispositions).toEqual(["unpower"]);
  });

  test("between the counter and the PIN sends no PIN", async () => {
    const controller = new AbortController();
    const reader = simulatedReader();
    const { transmit } = reader.card;
    reader.card.transmit = (command) => {
      if (command[1] === 0x20) controller.abort("SIGINT");
      return transmit(command);
    };
    const work = withCard(reader, { connect: { ...connect, signal: controller.signal } }, (card) =>
      verifyPin(card, auth, right(), options),
    );
    const pin = { pinSent: false, triesBefore: 3, triesAfter: 3 };
    await expect(work).rejects.toMatchObject({ code: "ERR_CANCELLED", pin });
    expect(reader.events).toEqual([]);
  });
});

describe("selecting", () => {
  test("the same application again needs no command, unless asked for", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, async (card) => {
      await selectApplication(card, "jpki");
      await selectApplication(card, "jpki");
      expect(reader.log).toHaveLength(1);
      await reselectApplication(card, "jpki");
      expect(reader.log).toHaveLength(2);
    });
  });

  test("what somebody selected by hand is not taken for the application of before", async () => {
    const reader = simulatedReader();
    await withCard(reader, { connect }, async (card) => {
      await selectApplication(card, "jpki");
      await card.transmit({ cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: fromHex("D3921000310001010408") });
      await selectApplication(card, "jpki");
      expect(reader.log).toHaveLength(3);
    });
  });

  test("6F00, which some cards answer first of all, is asked again once", async () => {
    const answers = ["6F00", "9000"];
    const reader = scriptedReader({ answer: () => answers.shift() ?? "6F00" });
    await withCard(reader, { connect }, async (card) => {
      expect(await selectApplication(card, "jpki")).toBe(true);
      await expect(selectApplication(card, "text")).rejects.toMatchObject({ code: "ERR_CARD_ANSWER" });
    });
    expect(reader.log).toHaveLength(4);
  });
});

test("the trace shows what goes to the card, without PIN and personal certificates", async () => {
  const lines: string[] = [];
  const reader = simulatedReader();
  await withCard(reader, { connect, trace: { write: (line) => lines.push(line), personal: false } }, (card) =>
    verifyPin(card, auth, right(), options),
  );
  expect(lines).toContain("> 00A4040C0AD392F000260100000001");
  expect(lines.filter((line) => line.startsWith(">"))).toHaveLength(reader.log.length);
  expect(lines.join("\n")).not.toContain("31323334");
});

test.each([
  ["3BDA13FF8131FB468012392F31C173C601C03B", true],
  ["3BC5FF8131FB458073C6010000", false],
  ["3B888001000005E0B381A1007F", true],
  ["3BE000FF8131FE4514", false],
  ["3B", false],
  ["", false],
])("extended length with the ATR %s: %s", (atr, takes) => {
  expect(takesExtendedLength({ atr: fromHex(atr), extendedLength: true })).toBe(takes);
  expect(takesExtendedLength({ atr: fromHex(atr), extendedLength: false })).toBe(false);
});

test("a reader that fails in an unknown way does not hide what became of the PIN", async () => {
  const strange = new TypeError("strange");
  const reader = scriptedReader({
    answer: (command) => (command.length > 8 && command.startsWith("0020") ? strange : answers(command)),
  });
  const answers = (command: string) => (command === isd ? strange : command.startsWith("0020") ? "63C3" : "9000");
  const work = withCard(reader, { connect }, (card) => verifyPin(card, auth, right(), options));
  await expect(work).rejects.toMatchObject({ code: "ERR_INTERNAL", cause: strange, pin: { pinSent: true } });
  expect(reader.dispositions).toEqual(["unpower"]);
});
