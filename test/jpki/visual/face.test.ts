import { createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTlv } from "../../../src/apdu/tlv.ts";
import { isSignedWith } from "../../../src/jpki/cv-certificate.ts";
import { isFaceSignedWith, parseFace, parseNumberImage } from "../../../src/jpki/visual/face.ts";
import { imageOf } from "../../../src/jpki/visual/image.ts";
import { faceFile, jp2, keys, numberImageFile, person, png } from "../support/card-data.ts";

const issuer = createPublicKey(keys.issuer);
const stranger = createPublicKey(keys.stranger);

describe("the face of the card", () => {
  const face = parseFace(faceFile());

  test("holds birth date, sex, expiry and images byte for byte", () => {
    expect(face).toMatchObject({ birth: person.birth, sex: person.sex, expiry: "20300102" });
    expect(face.photo).toEqual({ type: "jp2", content: jp2 });
    for (const image of [face.name, face.address, face.securityCode])
      expect(image).toEqual({ type: "png", content: png });
  });

  test("is signed over three digests in one", () => {
    expect(isFaceSignedWith(issuer, face)).toBe(true);
    expect(isFaceSignedWith(stranger, face)).toBe(false);
  });

  test.each([0, 1, 2])("tells of a change in part %i of what is signed", (part) => {
    const signed = face.signed.map((bytes, at) => (at === part ? Uint8Array.from([...bytes.subarray(1), 0]) : bytes));
    expect(isFaceSignedWith(issuer, { ...face, signed })).toBe(false);
  });

  test("does not take a part of the signed content, something behind it, or another hash for a signature", () => {
    const digests = Buffer.alloc(32, 1);
    const info = encodeTlv(0x30, [Buffer.from("300D06096086480165030402010500", "hex"), encodeTlv(0x04, digests)]);
    for (const payload of [info, Buffer.alloc(115, 0), Buffer.alloc(1)]) {
      expect(isFaceSignedWith(issuer, parseFace(faceFile({ payload })))).toBe(false);
    }
    const signatures = [new Uint8Array(), new Uint8Array(256), Uint8Array.from(face.signature).fill(0xff)];
    for (const signature of signatures) expect(isFaceSignedWith(issuer, { ...face, signature })).toBe(false);
  });

  test.each([
    ["its table of offsets is wrong", faceFile({ skew: 2 })],
    ["the photo is no image", faceFile({ photo: new Uint8Array(100) })],
    ["the image of the name is cut off", faceFile({ name: png.subarray(0, 20) })],
    ["it is cut short", faceFile().subarray(0, 700)],
    ["it is empty", new Uint8Array()],
  ])("is malformed where %s", (_, content) => {
    expect(() => parseFace(content)).toThrow(SyntaxError);
  });

  test("with any byte changed is malformed, or not signed, or unchanged in what is signed", () => {
    const whole = faceFile();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const content = Uint8Array.from(whole);
        content[at] = (content[at] ?? 0) ^ difference;
        try {
          const changed = parseFace(content);
          if (isFaceSignedWith(issuer, changed)) expect(changed.signed).toEqual(face.signed);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the image of the My Number", () => {
  test("is signed over what stands before the signature", () => {
    const { image, signed, signature } = parseNumberImage(numberImageFile());
    expect(image).toEqual({ type: "png", content: png });
    expect(isSignedWith(issuer, signed, signature)).toBe(true);
    expect(isSignedWith(stranger, signed, signature)).toBe(false);
  });
});

test.each([
  ["a GIF", Buffer.from(`474946383961${"00".repeat(60)}`, "hex")],
  ["a PNG that begins with another chunk", Buffer.from(`89504E470D0A1A0A0000000D74455874${"00".repeat(60)}`, "hex")],
  ["nothing", new Uint8Array()],
])("%s is no image of a card", (_, content) => {
  expect(() => imageOf(content, "it")).toThrow("it is neither PNG nor JPEG 2000");
});
