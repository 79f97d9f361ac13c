import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTlv } from "../../../src/apdu/tlv.ts";
import {
  type CvCertificate,
  checkCvCertificate,
  isSignedWith,
  parseCvCertificate,
} from "../../../src/jpki/cv-certificate.ts";
import { parseAttributes } from "../../../src/jpki/text/attributes.ts";
import { checkText, parseIntegrityRecord } from "../../../src/jpki/text/integrity.ts";
import {
  attributesFile,
  authority,
  cvCertificateFile,
  integrityFile,
  keys,
  numberFile,
  person,
} from "../support/card-data.ts";

const certificate = parseCvCertificate(cvCertificateFile());
const covered = (of = person): Uint8Array => parseAttributes(attributesFile(of)).covered;
const results = (checks: ReturnType<typeof checkText>): string[] =>
  checks.map(({ name, result, detail }) => `${name} ${result}${detail ? ` ${detail}` : ""}`);

describe("the integrity record", () => {
  const record = parseIntegrityRecord(integrityFile());

  test("has the size of those measured", () => {
    expect(integrityFile()).toHaveLength(336);
    expect(cvCertificateFile()).toHaveLength(568);
  });

  test("proves number and attributes", () => {
    const checks = checkText({ number: numberFile(), attributes: covered() }, record, certificate);
    expect(results(checks)).toEqual(["number-digest ok", "attributes-digest ok", "signature ok"]);
  });

  test("proves the one that was read", () => {
    const [number] = results(checkText({ number: null, attributes: covered() }, record, certificate));
    expect(number).toBe("number-digest not-checked not-read");
    const [, attributes] = results(checkText({ number: numberFile(), attributes: null }, record, certificate));
    expect(attributes).toBe("attributes-digest not-checked not-read");
  });

  test("tells of changed attributes, and of a number whose filler changed", () => {
    const number = Uint8Array.from(numberFile()).fill(0, 15);
    const attributes = covered({ ...person, name: "別人　花子" });
    expect(results(checkText({ number, attributes }, record, certificate))).toEqual([
      "number-digest failed digest-differs",
      "attributes-digest failed digest-differs",
      "signature ok",
    ]);
  });

  test("is not signed by another key than the certificate's", () => {
    const foreign = parseIntegrityRecord(integrityFile({ key: keys.stranger }));
    const checks = checkText({ number: numberFile(), attributes: covered() }, foreign, certificate);
    expect(results(checks).at(-1)).toBe("signature failed signature-wrong");
  });

  test("or its certificate missing leaves everything unchecked", () => {
    const data = { number: numberFile(), attributes: covered() };
    expect(results(checkText(data, null, certificate))).toEqual([
      "number-digest not-checked record-absent",
      "attributes-digest not-checked record-absent",
      "signature not-checked record-absent",
    ]);
    expect(results(checkText(data, record, null)).at(-1)).toBe("signature not-checked certificate-absent");
  });

  test.each([0, 1, 40, 335])("cut to %i bytes is malformed", (length) => {
    expect(() => parseIntegrityRecord(integrityFile().subarray(0, length))).toThrow(SyntaxError);
  });
});

describe("a card-verifiable certificate", () => {
  const check = (given: CvCertificate | null, simulated: boolean): string => {
    const { result, detail } = checkCvCertificate(given, simulated, authority);
    return `${result} ${detail}`;
  };

  test("of an authority that nobody knows is not checked", () => {
    const unknown = parseCvCertificate(cvCertificateFile({ keyId: "35303030303333080530303100000000" }));
    expect(check(unknown, true)).toBe("not-checked authority-unknown");
    expect(checkCvCertificate(certificate, true).detail).toBe("authority-unknown");
  });

  test("of the simulated authority is good on a simulated card, and on no other", () => {
    expect(check(certificate, true)).toBe("ok simulated-authority");
    expect(check(certificate, false)).toBe("failed simulated-authority");
  });

  test("that only claims its authority is not good", () => {
    expect(check(parseCvCertificate(cvCertificateFile({ by: keys.stranger })), true)).toBe("failed signature-wrong");
    expect(check(null, true)).toBe("not-checked certificate-absent");
  });

  test("with any key in it, however impossible, is malformed or signs nothing", () => {
    const body = fc.uint8Array({ minLength: 256, maxLength: 256 });
    const small = fc.nat(255).map((byte) => new Uint8Array(256).fill(byte, 255));
    fc.assert(
      fc.property(fc.oneof(body, small), fc.uint8Array({ maxLength: 5 }), (modulus, exponent) => {
        const key = [encodeTlv(0x90, exponent), encodeTlv(0x91, modulus)];
        const content = encodeTlv(0x5f4e, [new Uint8Array(32), ...key]);
        try {
          const { publicKey } = parseCvCertificate(encodeTlv(0x7f21, [content, encodeTlv(0x5f37, modulus)]));
          expect(isSignedWith(publicKey, content, modulus)).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });

  test.each([
    ["cut short", cvCertificateFile().subarray(0, 300)],
    ["followed by something", Uint8Array.from([...cvCertificateFile(), 0x01, 0x00])],
    ["without a key", Buffer.from("7F21095F4E015F5F37020102", "hex")],
    ["empty", new Uint8Array()],
  ])("is malformed where it is %s", (_, content) => {
    expect(() => parseCvCertificate(content)).toThrow(SyntaxError);
  });
});
