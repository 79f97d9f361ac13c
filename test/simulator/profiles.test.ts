import { createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../src/apdu/hex.ts";
import { findTlv, totalLength } from "../../src/apdu/tlv.ts";
import { parseImage } from "../../src/simulator/image.ts";
import { isProfileName, profiles } from "../../src/simulator/profiles.ts";
import { type CardOptions, imageOf, jpki, select, testCard, text, today, verify, visual } from "./cards.ts";

const names = Object.keys(profiles).filter(isProfileName);

const certificateOf = (options: CardOptions, file = 0x0a) => {
  const content =
    imageOf(options).files.find((each) => each.application === "jpki" && each.file === file)?.content ?? "";
  return new X509Certificate(Buffer.from(content, "hex"));
};

describe.each(names)("the profile %s", (profile) => {
  test("makes a card image that is JSON and comes back from it", () => {
    const image = imageOf({ profile });
    expect(parseImage(JSON.stringify(image))).toEqual(image);
  });

  test("is described in both languages, and its person is nobody", () => {
    const { description, person } = profiles[profile];
    expect(description.ja).toMatch(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u);
    expect(description.en).toMatch(/^[ -~]+$/);
    if (person) expect(person.address).toMatch(/^見本県模擬市/);
  });

  test("has certificates, where it has any, of the keys on the card, valid as it says", () => {
    const image = imageOf({ profile });
    for (const { file, privateKey } of image.keys.filter(({ application }) => application === "jpki")) {
      const content = image.files.find((each) => each.file === (file === 0x17 ? 0x0a : 0x01))?.content;
      if (!content?.startsWith("3082") || profile === "cert-cut-short") continue;
      const certificate = new X509Certificate(Buffer.from(content, "hex"));
      expect(certificate.publicKey.equals(createPublicKey(privateKey))).toBe(true);
    }
  });
});

test("every person and every My Number is another", () => {
  const images = names.map((profile) => imageOf({ profile })).filter(({ person }) => person);
  const numbers = images.flatMap(({ pins }) => pins.find(({ id }) => id === "text-a")?.value ?? []);
  expect(new Set(images.map(({ person }) => person?.name)).size).toBe(images.length);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("a My Number has its check digit", () => {
  const value = imageOf().pins.find(({ id }) => id === "text-a")?.value ?? "";
  expect(value).toMatch(/^\d{12}$/);
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const remainder = weights.reduce((sum, weight, at) => sum + weight * Number(value[at]), 0) % 11;
  expect(Number(value[11])).toBe(remainder <= 1 ? 0 : 11 - remainder);
});

test("reference number B is the birth in its era, the year of expiry and a security code", () => {
  expect(imageOf().pins.find(({ id }) => id === "text-b")?.value).toMatch(/^6004122035\d{4}$/);
});

test("the standard card has the PINs that the documentation names", () => {
  const values = Object.fromEntries(imageOf().pins.map(({ id, value, remaining }) => [id, [value, remaining]]));
  expect(values).toMatchObject({ auth: ["1234", 3], sign: ["TEST1234", 5], text: ["5678", 3] });
});

test("the attributes' table of offsets points at their tags", () => {
  const content = fromHex(
    imageOf().files.find(({ application, file }) => application === "text" && file === 2)?.content ?? "",
  );
  const table = Buffer.from(findTlv(content, 0xff20, 0xdf21)?.value ?? []);
  const tags = [0, 2, 4, 6].map((at) => Buffer.from(content).readUInt16BE(table.readUInt16BE(at)));
  expect(tags).toEqual([0xdf22, 0xdf23, 0xdf24, 0xdf25]);
  const values = tags.map((tag) => Buffer.from(findTlv(content, 0xff20, tag)?.value ?? []).toString("utf8"));
  expect(values).toEqual(["見本　太郎", "見本県模擬市試験町一丁目１番１号", "19850412", "1"]);
});

test("the token information says what kind of token it is, in 160 bytes", () => {
  const { send } = testCard();
  send(jpki);
  const bytes = Buffer.from(send("00B0860000"), "hex").subarray(0, -2);
  expect(bytes.length).toBe(160);
  expect(bytes.toString("ascii", 0, 32).trim()).toBe("JPKIAPICCTOKEN2");
  expect(bytes.toString("ascii", 80, 96)).toMatch(/^\d{16}$/);
  expect(bytes.readUInt32BE(96)).toBe(0x40d);
  expect([bytes.readUInt32BE(116), bytes.readUInt32BE(120)]).toEqual([16, 6]);
  expect(bytes.toString("ascii", 140)).toBe(`0301${"9".repeat(16)}`);
});

test.each([
  ["auth-two-tries", "63C2"],
  ["auth-last-try", "63C1"],
  ["auth-locked", "63C0"],
  ["counter-unreadable", "6F00"],
] as const)("%s answers the retry query with %s", (profile, sw) => {
  const { send } = testCard({ profile });
  expect([send(jpki), send(select("0018")), send("00200080")]).toEqual(["9000", "9000", sw]);
});

test("no-auth-cert says that its certificate is absent, does not find its file, and keeps its PIN", () => {
  const { send } = testCard({ profile: "no-auth-cert" });
  send(jpki);
  expect([send("00B0880003"), send(select("000A")), send("00B08A0004"), send("00200098")]).toEqual([
    "8F00009000",
    "6A82",
    "6A82",
    "63C3",
  ]);
});

test("under-15 has no signing certificate, key or password", () => {
  const { send } = testCard({ profile: "under-15" });
  send(jpki);
  const missing = ["0001", "001A", "001B"].map((file) => send(select(file)));
  expect([send("00B0880003"), ...missing]).toEqual(["008F009000", "6A82", "6A82", "6A82"]);
});

test("expired, not-yet-valid and renewed-today have such certificates", () => {
  expect(new Date(certificateOf({ profile: "expired" }).validTo) < today).toBe(true);
  expect(new Date(certificateOf({ profile: "not-yet-valid" }).validFrom) > today).toBe(true);
  const age = today.getTime() - new Date(certificateOf({ profile: "renewed-today" }).validFrom).getTime();
  expect(age).toBe(3_600_000);
});

test("suica finds no application and understands nothing else", () => {
  const { send } = testCard({ profile: "suica" });
  expect([send(jpki), send(text), send("00B0000000"), send("00200080"), send("0084000008")]).toEqual([
    "6A82",
    "6A82",
    "6D00",
    "6D00",
    "6D00",
  ]);
});

test("cert-cut-short ends in the middle of its certificate, cert-garbage holds none", () => {
  const cut = testCard({ profile: "cert-cut-short" });
  cut.send(jpki);
  const head = cut.send("00B08A0004").slice(0, -4);
  const length = totalLength(fromHex(head));
  expect(cut.send("00B0000000")).toMatch(/9000$/);
  expect(cut.send(`00B0${(length - 1).toString(16).padStart(4, "0")}01`)).toBe("6B00");
  const garbage = testCard({ profile: "cert-garbage" });
  garbage.send(jpki);
  expect(garbage.send("00B08A0004").startsWith("30")).toBe(false);
});

test("removed-midway is gone with its fifth command", () => {
  const { send } = testCard({ profile: "removed-midway" });
  for (let count = 1; count < 5; count++) expect(send(jpki)).toBe("9000");
  expect(() => send(jpki)).toThrow("pulled out");
});

test("android-token holds the JPKI application alone and opens its certificate with the PIN", () => {
  const { send } = testCard({ profile: "android-token" });
  expect([send(text), send(visual), send(jpki), send("00B08A0004")]).toEqual(["6A82", "6A82", "9000", "6982"]);
  expect([send(verify("1234", "98")), send("00B08A0004")]).toEqual(["9000", expect.stringMatching(/^3082.{4}9000$/)]);
  expect(Buffer.from(send("00B0860010"), "hex").toString("ascii")).toContain("JPKIAPGPSETOKEN");
});
