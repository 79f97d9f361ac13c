import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, type KeyObject, publicDecrypt, verify as verifySignature } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encodeTlv, parseTlvs, type Tlv, totalLength } from "../../src/apdu/tlv.ts";
import type { ApplicationName } from "../../src/jpki/applications.ts";
import { simCvAuthority } from "../../src/jpki/sim-cv-authority.ts";
import { textImage } from "../../src/simulator/contents/card-images.ts";
import { portraitOf } from "../../src/simulator/contents/portraits.ts";
import { textFilesOf } from "../../src/simulator/contents/text.ts";
import { type Switches, soundSwitches } from "../../src/simulator/image.ts";
import { issueCard } from "../../src/simulator/issue.ts";
import { referenceNumberB } from "../../src/simulator/personal-data.ts";
import { imageOf, today } from "./cards.ts";

const folder = mkdtempSync(path.join(tmpdir(), "mynakit-contents-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** A file of the standard card, made under other switches. */
function textFile(file: number, switches: Partial<Switches>): Buffer {
  const { person, seed } = imageOf();
  if (!person) throw new TypeError("the standard card has a holder");
  const files = textFilesOf(person, seed, { ...soundSwitches, ...switches });
  return Buffer.from(files.find((each) => each.file === file)?.content ?? "", "hex");
}

function fileOf(application: ApplicationName, file: number): Buffer {
  const found = imageOf().files.find((each) => each.application === application && each.file === file);
  return Buffer.from(found?.content ?? "", "hex");
}

/** The objects of a file: what its one template holds, each with its bytes as they stand there. */
function objectsOf(content: Buffer): { tags: string[]; value(tag: number): Buffer; whole(tag: number): Buffer } {
  const [template] = parseTlvs(content);
  const inner = Buffer.from(template?.value ?? []);
  const objects = parseTlvs(inner);
  const find = (tag: number): Tlv => objects.find((each) => each.tag === tag) ?? { tag, value: new Uint8Array() };
  return {
    tags: [template, ...objects].map((each) => (each?.tag ?? 0).toString(16).toUpperCase()),
    value: (tag) => Buffer.from(find(tag).value),
    whole(tag) {
      const name = encodeTlv(tag, new Uint8Array()).subarray(0, -1);
      const at = inner.indexOf(name);
      return inner.subarray(at, at + totalLength(inner.subarray(at, at + 9)));
    },
  };
}

function publicKeyOf(objects: Buffer): KeyObject {
  const [exponent, modulus] = parseTlvs(objects);
  const [e = "", n = ""] = [exponent, modulus].map((each) => Buffer.from(each?.value ?? []).toString("base64url"));
  return createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
}

/** The key that a certificate of 568 bytes certifies. */
function certifiedKey(certificate: Buffer): KeyObject {
  expect(certificate.length).toBe(568);
  const { tags, value } = objectsOf(certificate);
  expect(tags).toEqual(["7F21", "5F4E", "5F37"]);
  const body = value(0x5f4e);
  expect(body.subarray(0, 16).toString("hex").toUpperCase()).toBe(simCvAuthority.keyId);
  const subject = body.subarray(16, 32);
  expect(subject.toString("latin1", 0, 7)).toMatch(/^9\d{6}$/);
  expect(subject.toString("hex", 7, 9)).toBe("0805");
  expect(verifySignature("sha256", body, simCvAuthority.publicKey, value(0x5f37))).toBe(true);
  return publicKeyOf(body.subarray(32));
}

describe("the text application", () => {
  const signer = certifiedKey(fileOf("text", 4));
  const number = fileOf("text", 1);
  const attributes = fileOf("text", 2);

  test("holds digests of the whole file of the My Number and of the attributes, signed by the certified key", () => {
    const record = fileOf("text", 3);
    expect(record.length).toBe(336);
    const { tags, value, whole } = objectsOf(record);
    expect(tags).toEqual(["FF30", "DF31", "DF32", "DF33"]);
    expect(value(0xdf31)).toEqual(sha256(number));
    const inner = objectsOf(attributes);
    const signed = [0xdf22, 0xdf23, 0xdf24, 0xdf25].map((tag) => inner.whole(tag));
    expect(value(0xdf32)).toEqual(sha256(...signed));
    const digests = Buffer.concat([whole(0xdf31), whole(0xdf32)]);
    expect(verifySignature("sha256", digests, signer, value(0xdf33))).toBe(true);
  });

  test.each([
    ["shortest", "FF205FDF2108000E", 0],
    ["three-bytes", "FF2082005FDF21080010", 2],
  ] as const)(
    "can write the attributes' outer length %s; offsets follow, digests stay",
    (attributesLength, head, shift) => {
      const content = textFile(2, { attributesLength });
      expect(content.toString("hex").toUpperCase().startsWith(head)).toBe(true);
      const { value } = objectsOf(content);
      const offsets = [0, 2, 4, 6].map((at) => value(0xdf21).readUInt16BE(at));
      expect(offsets.map((at) => content.readUInt16BE(at))).toEqual([0xdf22, 0xdf23, 0xdf24, 0xdf25]);
      expect(content.length).toBe(attributes.length + shift);
      expect(textFile(3, { attributesLength })).toEqual(fileOf("text", 3));
    },
  );

  test("opens its integrity record to verification number B or not, as the card is", () => {
    const { person, seed } = imageOf();
    const readersOf = (integrityOpensWithB: boolean) =>
      person &&
      textFilesOf(person, seed, { ...soundSwitches, integrityOpensWithB }).find(({ file }) => file === 3)?.read;
    expect(readersOf(true)).toEqual(["text", "text-a", "text-b"]);
    expect(readersOf(false)).toEqual(["text", "text-a"]);
  });

  test("tells its version and a key that is not the certified one", () => {
    const content = fileOf("text", 5);
    expect(content.toString("hex", 0, 5)).toBe("ff4082009f");
    const { tags, value } = objectsOf(content);
    expect(tags).toEqual(["FF40", "DF41", "DF42", "DF43"]);
    expect(value(0xdf41).toString("hex")).toBe("01030e01");
    expect(value(0xdf42).toString("latin1", 0, 7)).toBe("9000034");
    expect(value(0xdf43).subarray(32)).toEqual(Buffer.alloc(96, 0xff));
  });

  test("publishes the key for a session key, and its own signing key with a signature of the certified one", () => {
    expect(fileOf("text", 6).toString("hex", 0, 4)).toBe("a1820109");
    expect(publicKeyOf(fileOf("text", 6).subarray(4)).asymmetricKeyDetails?.modulusLength).toBe(2048);
    const content = fileOf("text", 7);
    expect(content.toString("hex", 0, 5)).toBe("ff50820213");
    const { value, whole } = objectsOf(content);
    expect(verifySignature("sha256", whole(0xdf51), signer, value(0xdf52))).toBe(true);
    const own = imageOf().keys.find(({ application }) => application === "text");
    expect(publicKeyOf(value(0xdf51)).equals(createPublicKey(own?.privateKey ?? ""))).toBe(true);
  });
});

test("verification number B writes the year of birth in the era, or in the Gregorian calendar where the card is so", () => {
  const { person, seed } = imageOf();
  const numberB = (birthYearInB: Switches["birthYearInB"]) =>
    person && referenceNumberB(person, seed, today, { ...soundSwitches, birthYearInB });
  expect(numberB("era")).toMatch(/^600412/);
  expect(numberB("gregorian")).toMatch(/^850412/);
});

describe("the visual application", () => {
  const signer = certifiedKey(fileOf("visual", 4));
  const face = fileOf("visual", 2);

  test("has the objects of the card's face in order, and a table of where they begin", () => {
    const { tags, value } = objectsOf(face);
    const order = ["DF22", "DF23", "DF24", "DF25", "DF26", "DF27", "DF28", "DF29", "DF2A"];
    expect(tags).toEqual(["FF20", "DF21", ...order]);
    const table = value(0xdf21);
    const found = order.map((_, at) =>
      face
        .readUInt16BE(table.readUInt16BE(at * 2))
        .toString(16)
        .toUpperCase(),
    );
    expect(found).toEqual(order);
    expect(table.length).toBe(18);
    expect([0xdf22, 0xdf23, 0xdf29].map((tag) => value(tag).toString())).toEqual(["19850412", "1", "20350412"]);
    expect(publicKeyOf(value(0xdf24)).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  test("signs three hashes at once, in a DigestInfo that names SHA-256 and holds 96 bytes", () => {
    const { value, whole } = objectsOf(face);
    const hashes = [[0xdf22, 0xdf23, 0xdf24], [0xdf25, 0xdf26], [0xdf27]].map((tags) => sha256(...tags.map(whole)));
    const expected = Buffer.concat([Buffer.from("3071300d060960864801650304020105000460", "hex"), ...hashes]);
    expect(publicDecrypt(signer, value(0xdf28))).toEqual(expected);
  });

  test.each([
    ["the age record", 1, "ff1082021e", 0xdf11, 0xdf12, 0xdf13],
    ["the image of the My Number", 5, "ff4082", 0xdf41, 0xdf42, 0xdf43],
  ])("signs %s with the certified key", (_, file, head, content, key, signature) => {
    const record = fileOf("visual", file);
    expect(record.toString("hex").startsWith(head)).toBe(true);
    const { value, whole } = objectsOf(record);
    const signed = Buffer.concat([whole(content), whole(key)]);
    expect(verifySignature("sha256", signed, signer, value(signature))).toBe(true);
  });

  test("tells its version, municipality and keys", () => {
    const { tags, value } = objectsOf(fileOf("visual", 3));
    expect(tags).toEqual(["FF30", "DF31", "DF32", "DF33", "DF34", "DF35"]);
    expect(value(0xdf31).toString("hex")).toBe("06030e01");
    expect(value(0xdf34).toString()).toBe("99001");
    expect(value(0xdf35).length).toBe(0x110);
  });
});

/** What OpenJPEG, which reads PNG with libpng, sees in an image: rows of grey levels from 0 to 255. */
function pixelsOf(image: Uint8Array, kind: "png" | "jp2"): string[] {
  const source = path.join(folder, `image.${kind}`);
  const jp2 = path.join(folder, "image.jp2");
  const pgm = path.join(folder, "image.pgm");
  writeFileSync(source, image);
  if (kind === "png") execFileSync("opj_compress", ["-i", source, "-o", jp2, "-n", "1"], { stdio: "pipe" });
  execFileSync("opj_decompress", ["-i", jp2, "-o", pgm], { stdio: "pipe" });
  const bytes = readFileSync(pgm);
  const [, width = "", height = "", most = ""] =
    /^P5\n(?:#.*\n)?(\d+) (\d+)\n(\d+)\n/.exec(bytes.toString("latin1")) ?? [];
  const pixels = bytes.subarray(-Number(width) * Number(height));
  const row = (at: number) => [...pixels.subarray(at * Number(width), (at + 1) * Number(width))];
  return Array.from({ length: Number(height) }, (_, at) =>
    row(at)
      .map((grey) => (grey * 2 < Number(most) ? "#" : " "))
      .join(""),
  );
}

describe("the images", () => {
  const size = (rows: string[]) => [rows[0]?.length, rows.length];

  test("of the security code and the My Number are as large as seen on cards and show their digits", () => {
    const rows = pixelsOf(objectsOf(fileOf("visual", 2)).value(0xdf2a), "png");
    expect(size(rows)).toEqual([24, 12]);
    const code =
      imageOf()
        .pins.find(({ id }) => id === "visual-b")
        ?.value.slice(-4) ?? "";
    const number = imageOf().pins.find(({ id }) => id === "visual-a")?.value ?? "";
    const numberRows = pixelsOf(objectsOf(fileOf("visual", 5)).value(0xdf41), "png");
    expect(size(numberRows)).toEqual([72, 12]);
    const shapeOf = (image: string[], at: number) => image.map((row) => row.slice(at * 6, at * 6 + 6)).join("\n");
    const shapes = new Map([...number].map((digit, at) => [digit, shapeOf(numberRows, at)]));
    expect(new Set(shapes.values()).size).toBe(shapes.size);
    for (const [at, digit] of [...code].entries()) {
      if (shapes.has(digit)) expect(shapeOf(rows, at)).toBe(shapes.get(digit));
    }
  });

  test("of a name draw letters and digits, in either width, and put the code point of the rest in a box", () => {
    expect(pixelsOf(textImage("Ａ"), "png")).toEqual(pixelsOf(textImage("A"), "png"));
    expect(pixelsOf(textImage("太"), "png").map((row) => row.trimEnd())).toEqual([
      "###############",
      "#             #",
      "# ### ###     #",
      "# #   # #     #",
      "# ### ###     #",
      "#   #   #     #",
      "# ### ###     #",
      "#             #",
      "# ###  #      #",
      "#   # # #     #",
      "# ### ###     #",
      "# #   # #     #",
      "# ### # #     #",
      "#             #",
      "###############",
      "",
    ]);
    expect(pixelsOf(textImage("𠮷"), "png")).not.toEqual(pixelsOf(textImage("吉"), "png"));
    expect(pixelsOf(textImage("\u3000"), "png").join("").trim()).toBe("");
  });

  test("of an address take as many lines as it needs", () => {
    expect(size(pixelsOf(textImage("見".repeat(21)), "png"))).toEqual([320, 32]);
    expect(size(pixelsOf(textImage("見".repeat(200)), "png"))).toEqual([320, 160]);
    expect(size(pixelsOf(textImage(""), "png"))).toEqual([16, 16]);
  });

  test("of the holders are JPEG 2000 that OpenJPEG reads, small, several, and chosen by the seed alone", () => {
    const photos = ["a", "b", "c", "d", "e", "f"].map((seed) => Buffer.from(portraitOf(seed)).toString("hex"));
    expect(new Set(photos).size).toBe(3);
    expect(Buffer.from(portraitOf("a")).toString("hex")).toBe(photos[0]);
    for (const photo of new Set(photos)) {
      const bytes = Buffer.from(photo, "hex");
      expect(bytes.length).toBeLessThan(6000);
      const rows = pixelsOf(bytes, "jp2");
      expect(size(rows)).toEqual([120, 150]);
      expect(rows.join("")).toMatch(/# .*#/);
    }
    expect(objectsOf(fileOf("visual", 2)).value(0xdf27).toString("hex")).toBe(
      Buffer.from(portraitOf("standard")).toString("hex"),
    );
  });
});

test("a card is a small file, and the same again for the same seed and time", () => {
  const order = { name: "twice", profile: "standard", seed: "twice", now: today } as const;
  const text = JSON.stringify(issueCard(order));
  expect(text.length).toBeLessThan(100_000);
  expect(JSON.stringify(issueCard(order))).toBe(text);
});
