import { describe, expect, test } from "vitest";
import { readAvailability } from "../../src/jpki/availability.ts";
import { withCard } from "../../src/jpki/card.ts";
import { identifyCard, probeApplications, requireMyNumberCard } from "../../src/jpki/identify.ts";
import { parseToken, readToken } from "../../src/jpki/token.ts";
import { connect, type ObservedReader, scriptedReader, simulatedReader } from "./support/readers.ts";

const identify = (reader: ObservedReader) => withCard(reader, { connect }, identifyCard);

/** A card that has the named applications and nothing in them. */
const cardWith = (atr: string, ...aids: string[]) =>
  scriptedReader({
    atr,
    answer: (command) => (aids.some((aid) => command.startsWith("00A4") && command.includes(aid)) ? "9000" : "6A82"),
  });

const licenceAid = "A0000002310100000000000000000000";
const bCas = "3BF01200FF9181B17C451F019B";
const jukiAtr = "3BE000FF8131FE4514";

describe("which card it is", () => {
  test("a My Number Card takes two commands", async () => {
    const reader = simulatedReader();
    expect(await identify(reader)).toMatchObject({
      kind: "my-number-card",
      name: { ja: "マイナンバーカード", en: "My Number Card" },
      token: { label: "JPKIAPICCTOKEN2" },
      applications: ["jpki"],
    });
    expect(reader.log).toEqual(["00A4040C0AD392F000260100000001", "00B0860060"]);
  });

  test("a phone", async () => {
    expect(await identify(simulatedReader({ profile: "android-token" }))).toMatchObject({ kind: "smartphone-jpki" });
  });

  test("a storage card is sent nothing", async () => {
    const reader = simulatedReader({ profile: "suica" });
    expect(await identify(reader)).toMatchObject({ kind: "suica", token: null });
    expect(reader.log).toEqual([]);
  });

  test("a Suica's unknown sister is not selected either", async () => {
    const reader = cardWith("3B8F8001804F0CA0000003060300010000000068");
    expect(await identify(reader)).toMatchObject({ kind: "storage-card" });
    expect(reader.log).toEqual([]);
  });

  test("a My Number Card behind the ATR of a Juki card is a My Number Card", async () => {
    const change = (image: { atr: string }) => Object.assign(image, { atr: jukiAtr });
    expect(await identify(simulatedReader({ change }))).toMatchObject({ kind: "my-number-card" });
  });

  test.each(["D3921000310001010408", "D3921000310001010402"])(
    "without JPKI but with %s it still is one",
    async (aid) => {
      expect(await identify(cardWith("3B8080", aid))).toMatchObject({ kind: "my-number-card", token: null });
    },
  );

  test("with an unreadable token it still is one", async () => {
    const identity = await identify(cardWith("3B8080", "D392F000260100000001"));
    expect(identity).toMatchObject({ kind: "my-number-card", token: null });
  });

  test("with the resident register's application alone it is a Juki card", async () => {
    expect(await identify(cardWith("3B8080", "D3921000310001010401"))).toMatchObject({ kind: "juki-card" });
  });

  test.each([
    ["driving-licence", licenceAid],
    ["residence-card", "D392F0004F0200000000000000000000"],
    ["passport", "A0000002471001"],
    ["payment-card", "325041592E5359532E4444463031"],
    ["security-key", "A0000006472F0001"],
  ])("a %s by its application", async (kind, aid) => {
    expect(await identify(cardWith("3B8080", aid))).toMatchObject({ kind });
  });

  test("a card without a known application is what its ATR says", async () => {
    expect(await identify(cardWith(bCas))).toMatchObject({ kind: "b-cas" });
    expect(await identify(cardWith(jukiAtr))).toMatchObject({ kind: "juki-card" });
  });

  test("but never a My Number Card by its ATR alone", async () => {
    expect(await identify(cardWith("3BDA13FF8131FB468012392F31C173C601C03B"))).toMatchObject({ kind: "unknown" });
  });

  test.each(["6D00", "6E00", "6F00", "6985"])("a card that answers everything with %s is unknown", async (sw) => {
    const reader = scriptedReader({ answer: () => sw });
    expect(await identify(reader)).toMatchObject({ kind: "unknown", applications: [] });
  });

  test("no card is ever asked for a PIN counter before it is known", async () => {
    const reader = cardWith("3B8080", licenceAid);
    await identify(reader);
    expect(reader.log.every((command) => command.startsWith("00A4040C"))).toBe(true);
  });
});

describe("requiring a My Number Card", () => {
  test.each([
    ["suica", "suica"],
    ["android-token", "smartphone-jpki"],
  ] as const)("refuses %s and says what it is", async (profile, kind) => {
    const required = withCard(simulatedReader({ profile }), { connect }, requireMyNumberCard);
    await expect(required).rejects.toMatchObject({
      code: "ERR_CARD_KIND",
      details: { kind, name: expect.any(String) },
    });
  });
});

test("probing tells all applications with their names", async () => {
  const reader = simulatedReader({ profile: "android-token" });
  const found = await withCard(reader, { connect }, (card) => probeApplications(card));
  expect(found.map(({ name, present }) => [name, present])).toEqual([
    ["jpki", true],
    ["text", false],
    ["visual", false],
    ["common", false],
    ["juki", false],
  ]);
  expect(found[0]?.aid).toBe("D392F000260100000001");
});

test("probing asks nothing about what is known already", async () => {
  const reader = simulatedReader();
  const known = new Map([["jpki", true] as const, ["text", true] as const, ["visual", false] as const]);
  const found = await withCard(reader, { connect }, (card) => probeApplications(card, known));
  expect(found.map(({ present }) => present)).toEqual([true, true, false, true, true]);
  expect(reader.log).toHaveLength(2);
});

describe("the token", () => {
  test("is read as far as its texts go", async () => {
    const token = await withCard(simulatedReader(), { connect }, readToken);
    expect(token).toMatchObject({ label: "JPKIAPICCTOKEN2" });
    expect(token?.serialNumber).toMatch(/^\d{16}$/);
  });

  test.each([
    ["empty", new Uint8Array()],
    ["cut short", new Uint8Array(95).fill(0x20)],
    ["garbage", new Uint8Array(96).fill(0x07)],
    ["filler", new Uint8Array(96).fill(0xff)],
  ])("%s is none", (_, bytes) => {
    expect(parseToken(bytes)).toBeNull();
  });
});

describe("which certificates the card says that it has", () => {
  const answering = (file: string) =>
    scriptedReader({
      answer: (command) => (command.startsWith("00A4") ? "9000" : command.startsWith("00B088") ? file : "6B00"),
    });

  test.each([
    ["8F8F009000", { sign: true, auth: true }],
    ["008F009000", { sign: false, auth: true }],
    ["8F00009000", { sign: true, auth: false }],
    ["8F9000", null],
    ["9000", null],
    ["6B00", null],
  ])("%s", async (file, availability) => {
    expect(await withCard(answering(file), { connect }, readAvailability)).toEqual(availability);
  });

  test("a card without the file does not say", async () => {
    const reader = scriptedReader({ answer: (command) => (command.startsWith("00A4040C") ? "9000" : "6A82") });
    expect(await withCard(reader, { connect }, readAvailability)).toBeNull();
  });

  test("takes one command after SELECT", async () => {
    const reader = simulatedReader({ profile: "under-15" });
    expect(await withCard(reader, { connect }, readAvailability)).toEqual({ sign: false, auth: true });
    expect(reader.log).toHaveLength(2);
  });
});

test("an ATR that is no ATR is no obstacle", async () => {
  const reader = scriptedReader({ atr: "FF", answer: () => "6A82" });
  expect(await identify(reader)).toMatchObject({ kind: "unknown" });
});
