import { describe, expect, test } from "vitest";
import { MynakitError } from "../../../src/errors.ts";
import { textFiles, visualFiles } from "../../../src/jpki/applications.ts";
import { replacePin } from "../../../src/jpki/pin/change.ts";
import type { Pin } from "../../../src/jpki/pin/pin.ts";
import { parsePin } from "../../../src/jpki/pin/policy.ts";
import { pinReference } from "../../../src/jpki/pin/references.ts";
import { readAttributes, readMyNumber } from "../../../src/jpki/text/read.ts";
import { readFace } from "../../../src/jpki/visual/read.ts";
import {
  attributesFile,
  cvCertificateFile,
  faceFile,
  integrityFile,
  numberFile,
  person,
  setFile,
} from "../support/card-data.ts";
import { connect, type SimulatedReader, type SimulationOptions, simulatedReader } from "../support/readers.ts";

/** A card with files made here, so that its simulator's own say nothing. */
const cardWith = ({ change, ...options }: SimulationOptions = {}): SimulatedReader =>
  simulatedReader({
    ...options,
    change(image) {
      setFile(image, ["text", textFiles.myNumber], numberFile(), ["text", "text-a"]);
      setFile(image, ["text", textFiles.attributes], attributesFile(), ["text", "text-b"]);
      setFile(image, ["text", textFiles.integrity], integrityFile(), ["text", "text-a", "text-b"]);
      setFile(image, ["text", textFiles.cvCertificate], cvCertificateFile());
      setFile(image, ["visual", visualFiles.face], faceFile(), ["visual-a", "visual-b"]);
      setFile(image, ["visual", visualFiles.cvCertificate], cvCertificateFile());
      change?.(image);
    },
  });

const secret = (reader: SimulatedReader, id: "text" | "text-b" | "visual-b"): Pin =>
  parsePin(pinReference(id), reader.image.pins.find((each) => each.id === id)?.value ?? "");

const options = (reader: SimulatedReader, id: "text" | "text-b" | "visual-b", asked: Pin[] = []) => ({
  connect,
  minTries: 2,
  async askPin(): Promise<Pin> {
    expect(reader.dispositions).toEqual(["leave"]);
    const pin = secret(reader, id);
    asked.push(pin);
    return pin;
  },
});

const attributesOf = (reader: SimulatedReader) => readAttributes(reader, "text", options(reader, "text"));

describe("the attributes", () => {
  test("take one question with the card free, one VERIFY, and one command for each file", async () => {
    const reader = cardWith();
    const asked: Pin[] = [];
    const { attributes, pin } = await readAttributes(reader, "text", options(reader, "text", asked));
    expect(attributes).toMatchObject(person);
    expect(pin).toEqual({ pinSent: true, triesBefore: 3, triesAfter: 3 });
    expect(reader.log.map((command) => command.slice(0, 8))).toEqual([
      ...["00A4040C", "00B08600", "00A4040C", "00200091"],
      ...["00A4040C", "00B08600", "00A4040C", "00200091", "00200091", "00B08200", "00B08300", "00B08400", "00A4040C"],
    ]);
    expect(reader.dispositions).toEqual(["leave", "unpower"]);
    expect(reader.card.session.verified.size).toBe(0);
    expect([...(asked[0]?.bytes() ?? [])].every((byte) => byte === 0)).toBe(true);
  });

  test("are read on cards without short file ids and extended length", async () => {
    const reader = cardWith({ profile: "short-only", extendedLength: false });
    expect((await attributesOf(reader)).attributes).toMatchObject(person);
  });

  test.each([
    ["integrity", "signature"],
    ["cvCertificate", "cv-certificate"],
  ] as const)("are shown where the card lacks its %s, unproven in %s", async (file, name) => {
    const reader = cardWith({ change: (image) => setFile(image, ["text", textFiles[file]], null) });
    const { attributes, checks } = await attributesOf(reader);
    expect(attributes).toMatchObject(person);
    expect(checks.find((check) => check.name === name)?.result).toBe("not-checked");
  });

  test("are shown where the secret does not open the integrity record, on which sources differ", async () => {
    const change = (image: SimulatedReader["image"]) =>
      setFile(image, ["text", textFiles.integrity], integrityFile(), ["text", "text-a"]);
    const reader = cardWith({ change });
    const { attributes, checks } = await readAttributes(reader, "text-b", options(reader, "text-b"));
    expect(attributes).toMatchObject(person);
    expect(checks.map(({ detail }) => detail)).toContain("record-absent");
  });

  test.each([
    ["absent", null, null],
    ["empty", new Uint8Array(40).fill(0xff), "a tag of more than 4 bytes"],
    ["endless", Buffer.from("FF2083FFFFFF0000", "hex"), "it claims to be 16777221 bytes long"],
  ] as const)("are an error where their file is %s, which says what the PIN cost", async (_, content, problem) => {
    const reader = cardWith({ change: (image) => setFile(image, ["text", textFiles.attributes], content, ["text"]) });
    await expect(attributesOf(reader)).rejects.toMatchObject({
      code: "ERR_CARD_FILE",
      details: { file: "attributes", problem },
      pin: { pinSent: true, triesBefore: 3, triesAfter: 3 },
    });
    expect(reader.card.session.verified.size).toBe(0);
  });

  test("are not asked of another card put there meanwhile", async () => {
    const reader = cardWith();
    const other = cardWith({ seed: "another" });
    const askPin = async (): Promise<Pin> => {
      const pin = secret(reader, "text");
      reader.card = other.card;
      return pin;
    };
    await expect(readMyNumber(reader, { connect, minTries: 2, askPin })).rejects.toMatchObject({
      code: "ERR_CARD_CHANGED",
      pin: { pinSent: false },
    });
    expect(other.events).toEqual([]);
  });
});

/** Every command after which the card can be gone, of both jobs together. */
const steps = Array.from({ length: 14 }, (_, at) => at + 1);

test.each(steps)("a card gone after command %i is told to be, with what the PIN cost", async (removeAfter) => {
  for (const job of ["attributes", "face"] as const) {
    const reader = cardWith({ change: (image) => Object.assign(image.faults, { removeAfter }) });
    const work = job === "face" ? readFace(reader, "visual-b", options(reader, "visual-b")) : attributesOf(reader);
    const outcome = await work.catch((error: unknown) => error);
    if (!(outcome instanceof MynakitError)) continue;
    expect(outcome.code).toBe("ERR_CARD_REMOVED");
    expect(outcome.pin.pinSent).toBe(reader.log.some((command) => command.startsWith("0020") && command.length > 8));
    expect(reader.events.length).toBeLessThanOrEqual(1);
  }
});

describe("a new text PIN", () => {
  const change = (reader: SimulatedReader, fresh: string, allowObvious = false) =>
    replacePin(reader, "text", {
      connect,
      minTries: 2,
      allowObvious,
      askPins: async () => ({ old: secret(reader, "text"), new: parsePin(pinReference("text"), fresh) }),
    });
  const held = (reader: SimulatedReader) => reader.image.pins.find(({ id }) => id === "text")?.value;

  test.each(["0102", "0201", "1990", "9001", "0190"])("is not the birth date as %s", async (fresh) => {
    const reader = cardWith();
    await expect(change(reader, fresh)).rejects.toMatchObject({
      code: "ERR_PIN_OBVIOUS",
      details: { pin: "text", reason: "birth-date" },
      pin: { pinSent: true, triesBefore: 3, triesAfter: 3, changed: false },
    });
    expect(held(reader)).toBe("5678");
    expect(reader.events.map(({ command }) => command)).toEqual(["verify"]);
    await change(reader, fresh, true);
    expect(held(reader)).toBe(fresh);
  });

  test("is set in the file of the PIN, though another one was read before", async () => {
    for (const profile of ["standard", "short-only"] as const) {
      const reader = cardWith({ profile });
      expect(await change(reader, "8302")).toMatchObject({ changed: true });
      expect(held(reader)).toBe("8302");
      const sent = reader.log.findIndex((command) => command.startsWith("0024"));
      expect(reader.log[sent - 1]).toBe("00A4020C020011");
    }
  });

  test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    "is in force or not as the report says, with the card gone after command %i",
    async (removeAfter) => {
      const reader = cardWith({ change: (image) => Object.assign(image.faults, { removeAfter }) });
      const outcome = await change(reader, "8302").catch((error: unknown) => error);
      if (!(outcome instanceof MynakitError)) return expect(held(reader)).toBe("8302");
      const { changed } = outcome.pin;
      const atTheChange = reader.log.some((command) => command.startsWith("0024"));
      expect(changed).toBe(atTheChange ? null : false);
      expect(held(reader)).toBe(atTheChange ? "8302" : "5678");
    },
  );
});
