import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { withCard } from "../../src/jpki/card.ts";
import { replacePin } from "../../src/jpki/pin/change.ts";
import { checkPin } from "../../src/jpki/pin/check.ts";
import { changePin } from "../../src/jpki/pin/guard.ts";
import { Pin } from "../../src/jpki/pin/pin.ts";
import { parseNewPin, parsePin } from "../../src/jpki/pin/policy.ts";
import { type HolderPinId, pinReference } from "../../src/jpki/pin/references.ts";
import type { ProfileName } from "../../src/simulator/profiles.ts";
import {
  connect,
  type ObservedReader,
  removed,
  type SimulatedReader,
  scriptedReader,
  simulatedReader,
} from "./support/readers.ts";

const values = { auth: ["1234", "8302"], sign: ["TEST1234", "NEW8302X"], text: ["5678", "8302"] } as const;
const auth = pinReference("auth");
const pinOf = (id: HolderPinId, text: string) => parsePin(pinReference(id), text);

interface Change {
  readonly id?: HolderPinId;
  readonly old?: Pin;
  readonly to?: Pin;
  readonly minTries?: number;
  readonly signal?: AbortSignal;
}

function change(reader: ObservedReader, { id = "auth", minTries = 2, signal = connect.signal, ...given }: Change = {}) {
  const pins = { old: given.old ?? pinOf(id, values[id][0]), new: given.to ?? pinOf(id, values[id][1]) };
  const options = { connect: { ...connect, signal } };
  return withCard(reader, options, (card) => changePin(card, pinReference(id), pins, { minTries }));
}

const pinIn = (reader: SimulatedReader, id: string) => reader.image.pins.find((pin) => pin.id === id);
const sent = (triesBefore: number, triesAfter: number | null) => ({ pinSent: true, triesBefore, triesAfter });

describe("a PIN is changed", () => {
  test("by presenting the old one and sending the new one to the file that both mean", async () => {
    const reader = simulatedReader();
    expect(await change(reader)).toEqual({ ...sent(3, 3), changed: true });
    expect(reader.log.slice(0, -1)).toEqual([
      "00A4040C0AD392F000260100000001",
      "00A4020C020018",
      "00200080",
      "002000800431323334",
      "002401800438333032",
    ]);
    expect(reader.dispositions).toEqual(["unpower"]);
    expect(reader.card.session.verified.size).toBe(0);
  });

  test.each(["auth", "sign", "text"] as const)("whichever it is: %s", async (id) => {
    const reader = simulatedReader();
    const max = pinReference(id).max ?? 0;
    expect(await change(reader, { id })).toEqual({ ...sent(max, max), changed: true });
    expect(pinIn(reader, id)).toMatchObject({ value: values[id][1], remaining: max });
    const others = reader.image.pins.filter((pin) => pin.id !== id);
    expect(others.map(({ value }) => value)).not.toContain(values[id][1]);
    expect(reader.events.map(({ command, reference }) => `${command} ${reference}`)).toEqual([
      `verify ${id}`,
      `change ${id}`,
    ]);
  });

  test("with two tries left, which fills the counter", async () => {
    const reader = simulatedReader({ profile: "auth-two-tries" });
    expect(await change(reader)).toEqual({ ...sent(2, 3), changed: true });
    expect(pinIn(reader, "auth")).toMatchObject({ value: "8302", remaining: 3 });
  });

  test("and its bytes are gone from the command afterwards", async () => {
    const seen: Uint8Array[] = [];
    const reader = scriptedReader({
      answer(command, { data }) {
        if (data && /^002[04]/.test(command)) seen.push(data);
        return command === "00200080" ? "63C3" : "9000";
      },
    });
    await change(reader);
    expect(seen.map((data) => Buffer.from(data).toString("hex"))).toEqual(["00000000", "00000000"]);
  });
});

describe("nothing is sent", () => {
  const refused = async (reader: SimulatedReader, given: Change, expected: object) => {
    await expect(change(reader, given)).rejects.toMatchObject({ ...expected, pin: { pinSent: false } });
    expect(reader.events).toEqual([]);
    expect(pinIn(reader, "auth")?.value).toBe("1234");
  };

  test.each<[ProfileName, object]>([
    [
      "auth-last-try",
      { code: "ERR_PIN_WITHHELD", details: { pin: "auth", reason: "last-try", tries: 1, minTries: 2 } },
    ],
    ["auth-locked", { code: "ERR_PIN_LOCKED" }],
    ["counter-unreadable", { code: "ERR_PIN_WITHHELD", details: { reason: "unreadable" } }],
  ])("to the card %s", async (profile, expected) => {
    for (const minTries of [2, 0, -1, Number.NaN]) await refused(simulatedReader({ profile }), { minTries }, expected);
  });

  test("below the floor that the person set", async () => {
    await refused(simulatedReader(), { minTries: 4 }, { code: "ERR_PIN_WITHHELD", details: { reason: "min-tries" } });
  });

  test.each(["old", "to"] as const)("where the %s one is of another form", async (which) => {
    for (const pin of [pinOf("sign", "TEST1234"), Pin.fromAscii("12345"), Pin.fromAscii("")]) {
      const reader = simulatedReader();
      await refused(reader, { [which]: pin }, { code: "ERR_PIN_FORMAT" });
      expect(reader.log).toEqual([]);
    }
  });
});

describe("the old PIN holds", () => {
  test("where it was typed wrong, which costs a try", async () => {
    const reader = simulatedReader();
    await expect(change(reader, { old: pinOf("auth", "9999") })).rejects.toMatchObject({
      code: "ERR_PIN_WRONG",
      pin: sent(3, 2),
    });
    expect(pinIn(reader, "auth")).toMatchObject({ value: "1234", remaining: 2 });
    expect(reader.events).toHaveLength(1);
  });

  test("where a look between the two commands speaks against the new one", async () => {
    const reader = simulatedReader();
    const pins = { old: pinOf("auth", "1234"), new: pinOf("auth", "8302") };
    const refuse = async () => {
      throw new MynakitError("ERR_PIN_OBVIOUS", { pin: "auth", reason: "sequence" });
    };
    const work = withCard(reader, { connect }, (card) => changePin(card, auth, pins, { minTries: 2, between: refuse }));
    await expect(work).rejects.toMatchObject({ code: "ERR_PIN_OBVIOUS", pin: { ...sent(3, 3), changed: false } });
    expect(pinIn(reader, "auth")?.value).toBe("1234");
  });

  test("where its file cannot be selected again after that look", async () => {
    const reader = scriptedReader({
      answer(command) {
        const again = reader.log.filter((each) => each.startsWith("00A402")).length > 1;
        if (again && command.startsWith("00A402")) return "6A82";
        return command === "00200080" ? "63C3" : "9000";
      },
    });
    const pins = { old: pinOf("auth", "1234"), new: pinOf("auth", "8302") };
    const between = async () => undefined;
    const work = withCard(reader, { connect }, (card) => changePin(card, auth, pins, { minTries: 2, between }));
    await expect(work).rejects.toMatchObject({
      code: "ERR_CARD_ANSWER",
      details: { command: "SELECT", sw: "6A82" },
      pin: { ...sent(3, 3), changed: false },
    });
    expect(reader.log.some((each) => each.startsWith("0024"))).toBe(false);
  });

  test("where the person cancels between the two commands", async () => {
    const controller = new AbortController();
    const reader = simulatedReader();
    const transmit = reader.card.transmit.bind(reader.card);
    reader.card.transmit = (command) => {
      if (command[1] === 0x20 && command.length > 4) controller.abort("SIGINT");
      return transmit(command);
    };
    await expect(change(reader, { signal: controller.signal })).rejects.toMatchObject({
      code: "ERR_CANCELLED",
      pin: { ...sent(3, 3), changed: false },
    });
    expect(pinIn(reader, "auth")?.value).toBe("1234");
    expect(reader.card.session.verified.size).toBe(0);
  });
});

describe("a change is never repeated", () => {
  const answering = (last: string | Error) =>
    scriptedReader({
      answer(command) {
        if (command.startsWith("0024")) return last;
        return command === "00200080" ? "63C3" : "9000";
      },
    });
  const changes = (reader: ObservedReader) => reader.log.filter((each) => each.startsWith("0024"));

  test.each([
    ["6982", false],
    ["6400", false],
    ["6700", false],
    ["6A80", false],
    ["6A86", false],
    ["6C04", false],
    ["6D00", false],
    ["6E00", false],
    ["6300", null],
    ["63C2", null],
    ["6581", null],
    ["6104", null],
    ["6F00", null],
    ["DEAD0102", null],
  ])("after %s, and whether the old one still holds is told: %s", async (sw, changed) => {
    const reader = answering(sw);
    await expect(change(reader)).rejects.toMatchObject({
      code: "ERR_CARD_ANSWER",
      details: { command: "CHANGE REFERENCE DATA" },
      pin: { ...sent(3, 3), changed: changed === null ? null : false },
    });
    expect(changes(reader)).toHaveLength(1);
  });

  test.each([
    removed(),
    new MynakitError("ERR_CARD_RESET", { reader: "test" }),
    new MynakitError("ERR_CARD_TIMEOUT", { reader: "test", seconds: 1 }),
    new Error("transmit 002401800438333032"),
  ])("after %s: then nobody knows which one holds", async (error) => {
    const reader = answering(error);
    const failure = await change(reader).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ pin: { ...sent(3, 3), changed: null } });
    expect(JSON.stringify((failure as MynakitError).details)).not.toContain("38333032");
    expect(changes(reader)).toHaveLength(1);
  });
});

describe("a card that vanishes", () => {
  /** Two tries left: the longest dialogue, as the counter is asked again after the old PIN was right. */
  const lengthOfAll = 8;

  test.each(Array.from({ length: lengthOfAll }, (_, index) => index + 1))(
    "at command %i leaves a PIN that the report knows, or says that it does not know",
    async (removeAfter) => {
      const reader = simulatedReader({
        profile: "auth-two-tries",
        change: (image) => Object.assign(image.faults, { removeAfter }),
      });
      const outcome = await change(reader).catch((error: MynakitError) => error);
      if (removeAfter === lengthOfAll) return expect(outcome).toMatchObject({ changed: true });
      const held = pinIn(reader, "auth")?.value;
      const { code, pin } = outcome as MynakitError;
      expect(code).toBe("ERR_CARD_REMOVED");
      const sending = reader.log.findIndex((each) => each.startsWith("0020") && each.length > 8);
      expect(pin.pinSent).toBe(sending >= 0);
      const atTheChange = removeAfter === lengthOfAll - 1;
      expect(pin.changed === null).toBe(atTheChange);
      expect(held).toBe(atTheChange ? "8302" : "1234");
      expect(reader.card.session.verified.size).toBe(0);
      expect(reader.events.filter(({ command }) => command === "verify").length).toBeLessThanOrEqual(1);
    },
  );
});

describe("a person is asked", () => {
  function entering(reader: SimulatedReader, id: HolderPinId, meanwhile: () => void = () => undefined) {
    const asked: string[] = [];
    const pins = { old: pinOf(id, values[id][0]), new: pinOf(id, values[id][1]) };
    const ask = async <T>(answer: T): Promise<T> => {
      asked.push(id);
      expect(reader.dispositions).toEqual(["leave"]);
      meanwhile();
      return answer;
    };
    const options = { connect, minTries: 2 };
    return {
      asked,
      pins,
      check: () => checkPin(reader, id, { ...options, askPin: () => ask(pins.old) }),
      change: () => replacePin(reader, id, { ...options, askPins: () => ask(pins) }),
    };
  }

  test.each(["auth", "sign", "text"] as const)(
    "for the %s PIN with the card free, and what was typed is wiped",
    async (id) => {
      for (const job of ["check", "change"] as const) {
        const reader = simulatedReader();
        const entry = entering(reader, id);
        const max = pinReference(id).max ?? 0;
        const expected = job === "change" ? { ...sent(max, max), changed: true } : sent(max, max);
        expect(await entry[job]()).toEqual(expected);
        expect(entry.asked).toEqual([id]);
        expect(reader.dispositions).toEqual(["leave", "unpower"]);
        expect([...entry.pins.old.bytes()].every((byte) => byte === 0)).toBe(true);
      }
    },
  );

  test.each<[ProfileName, HolderPinId, string]>([
    ["auth-last-try", "auth", "ERR_PIN_WITHHELD"],
    ["auth-locked", "auth", "ERR_PIN_LOCKED"],
    ["under-15", "sign", "ERR_CERT_ABSENT"],
    ["suica", "auth", "ERR_CARD_KIND"],
    ["android-token", "text", "ERR_CARD_KIND"],
  ])("not at all by the card %s for %s", async (profile, id, code) => {
    for (const job of ["check", "change"] as const) {
      const entry = entering(simulatedReader({ profile }), id);
      await expect(entry[job]()).rejects.toMatchObject({ code, pin: { pinSent: false } });
      expect(entry.asked).toEqual([]);
    }
  });

  test("not at all where the card has no such PIN", async () => {
    const reader = simulatedReader({
      change: (image) => {
        image.pins = image.pins.filter(({ id }) => id !== "auth");
      },
    });
    const entry = entering(reader, "auth");
    await expect(entry.check()).rejects.toMatchObject({ code: "ERR_CERT_ABSENT", details: { kind: "auth" } });
    expect(entry.asked).toEqual([]);
  });

  test("to check a PIN of a phone, whose PINs are changed elsewhere", async () => {
    expect(await entering(simulatedReader({ profile: "android-token" }), "auth").check()).toEqual(sent(3, 3));
    const entry = entering(simulatedReader({ profile: "android-token" }), "auth");
    await expect(entry.change()).rejects.toMatchObject({
      code: "ERR_CARD_KIND",
      pin: { pinSent: false, changed: false },
    });
    expect(entry.asked).toEqual([]);
  });

  test.each(["check", "change"] as const)("and another card put there meanwhile is sent nothing: %s", async (job) => {
    const reader = simulatedReader();
    const other = simulatedReader({ seed: "another" });
    const entry = entering(reader, "auth", () => {
      reader.card = other.card;
    });
    const pin = { pinSent: false, triesBefore: 3, triesAfter: 3 };
    await expect(entry[job]()).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin });
    expect(other.events).toEqual([]);
  });

  test("and a try that another program spends meanwhile is noticed", async () => {
    const reader = simulatedReader({ profile: "auth-two-tries" });
    const entry = entering(reader, "auth", () => {
      for (const pin of reader.image.pins) pin.remaining = 1;
    });
    await expect(entry.change()).rejects.toMatchObject({
      code: "ERR_PIN_WITHHELD",
      pin: { pinSent: false, triesBefore: 1, triesAfter: 1, changed: false },
    });
    expect(reader.events).toEqual([]);
  });
});

describe("a new PIN", () => {
  const judged = (id: HolderPinId, old: string, text: string, allowObvious = false) => {
    try {
      parseNewPin(pinReference(id), text, { old: pinOf(id, old), allowObvious });
      return "taken";
    } catch (error) {
      const { code, details } = error as MynakitError;
      if (text !== "") expect(JSON.stringify(details)).not.toContain(text);
      return "reason" in details ? details.reason : code;
    }
  };

  test.each(["8302", "1357", "1243", "2580", "１９８４"])("%s is taken", (text) => {
    expect(judged("auth", "9999", text)).toBe("taken");
  });

  test.each(["0000", "7777", "1234", "4321", "7890", "9012", "1098", "１２３４"])("%s is obvious", (text) => {
    expect(judged("auth", "5739", text)).toBe("sequence");
    expect(judged("auth", "5739", text, true)).toBe("taken");
  });

  test.each(["ABC123", "AAAAAA", "AAA111", "123456", "987654ZYX", "0123456789012345", "XYZABC", "aaa111"])(
    "%s is an obvious password",
    (text) => {
      expect(judged("sign", "TEST1234", text)).toBe("sequence");
      expect(judged("sign", "TEST1234", text, true)).toBe("taken");
    },
  );

  test.each([
    ["830271", "one-kind"],
    ["PASSPORT", "one-kind"],
    ["NEW8302X", "taken"],
    ["ABC124", "taken"],
    ["A1B2C3", "taken"],
  ])("%s as a password is %s", (text, judgement) => {
    expect(judged("sign", "TEST1234", text)).toBe(judgement);
  });

  test("that is the old one in other characters is none", () => {
    expect(judged("auth", "8302", "８３０２")).toBe("ERR_PIN_UNCHANGED");
    expect(judged("sign", "NEW8302X", "new8302x", true)).toBe("ERR_PIN_UNCHANGED");
  });

  test.each(["830", "83021", "830a", " 8302", ""])("%j is malformed", (text) => {
    expect(judged("auth", "1234", text, true)).toBe("ERR_PIN_FORMAT");
  });
});
