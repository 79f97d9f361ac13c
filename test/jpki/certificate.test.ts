import { createHash, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTlv } from "../../src/apdu/tlv.ts";
import { MynakitError } from "../../src/errors.ts";
import { decodeBits, decodeOid, decodeTime, readDer } from "../../src/jpki/certificate/der.ts";
import { parseHolder } from "../../src/jpki/certificate/holder.ts";
import { dayInJapan, japaneseDay, parseDay, westernDay } from "../../src/jpki/certificate/japanese-date.ts";
import { parseName } from "../../src/jpki/certificate/name.ts";
import { parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { checkProfile, environmentOf } from "../../src/jpki/certificate/profile.ts";
import { validityState } from "../../src/jpki/certificate/validity.ts";
import { authPem, caPem, derOf, signPem } from "./support/certificates.ts";

const auth = parseCertificate(derOf(authPem), "auth");
const sign = parseCertificate(derOf(signPem), "sign");
const ca = parseCertificate(derOf(caPem), "sign-ca");

describe("a certificate reads as OpenSSL reads it", () => {
  test("names", () => {
    expect(auth.subject.text).toBe("CN=ABCDEFGHIJKLMN13101WXYZ,C=JP");
    expect(auth.issuer.text).toBe("OU=mynakit simulated card,OU=JPKI for digital signature,O=JPKI-SIM,C=JP");
    expect(sign.subject.attributes).toEqual([
      { type: "C", value: "JP" },
      { type: "L", value: "Tokyo-to" },
      { type: "L", value: "Mihon-ku" },
      { type: "CN", value: "20260101000000ABCDEFGHIJ0001" },
    ]);
  });

  test("serial numbers, also with the highest bit set", () => {
    expect(auth.serialNumber).toEqual({ number: "2328756515", hex: "8ACE0123" });
    expect(sign.serialNumber).toEqual({ number: "123456789", hex: "075BCD15" });
    expect(ca.serialNumber.hex).toBe("17334FAAEF0A14822533A134B9F810348907D3B0");
  });

  test("validity, key usage, policies, CA flag", () => {
    expect(auth.notBefore.toISOString()).toBe("2026-11-22T04:58:31.000Z");
    expect(auth.notAfter.toISOString()).toBe("2031-10-27T04:58:31.000Z");
    expect(auth.keyUsage).toEqual(["digitalSignature"]);
    expect(sign.keyUsage).toEqual(["digitalSignature", "nonRepudiation"]);
    expect(ca.keyUsage).toEqual(["keyCertSign", "cRLSign"]);
    expect(auth.policies).toEqual(["1.2.392.200149.8.5.1.0.30"]);
    expect([auth.isCa, sign.isCa, ca.isCa]).toEqual([false, false, true]);
  });

  test("fingerprint, PEM and key", () => {
    expect(auth.fingerprintSha256).toBe("DCB17C31761F08A47530DBAA4D188506BAABC87FE25558CC7434FBB57AE07668");
    expect(auth.fingerprintSha256).toBe(createHash("sha256").update(auth.der).digest("hex").toUpperCase());
    expect(auth.pem).toBe(authPem);
    expect(auth.publicKey.equals(new X509Certificate(authPem).publicKey)).toBe(true);
  });

  test("the holder, in signing certificates alone", () => {
    expect(auth.holder).toBeNull();
    expect(sign.holder).toEqual({
      name: "見本　太郎",
      nameSubstitutes: [2],
      address: "東京都見本区一丁目１番",
      addressSubstitutes: [4, 11],
      birthDate: { raw: "419900102", western: "1990-01-02", japanese: "平成2年1月2日" },
      sex: "male",
    });
    expect(parseCertificate(derOf(signPem), "auth").holder).toBeNull();
  });
});

describe("what is no certificate is refused as malformed", () => {
  const malformed = expect.objectContaining({
    code: "ERR_CERT_MALFORMED",
    details: expect.objectContaining({ kind: "sign" }),
  });
  const der = derOf(signPem);

  test.each([
    ["nothing", new Uint8Array()],
    ["an empty sequence", Uint8Array.of(0x30, 0x00)],
    ["a number", Uint8Array.of(0x02, 0x01, 0x05)],
    ["a byte behind it", Uint8Array.from([...der, 0x00])],
    ["itself twice", Uint8Array.from([...der, ...der])],
    ["filler", new Uint8Array(3808).fill(0xff)],
  ])("%s", (_, bytes) => {
    expect(() => parseCertificate(bytes, "sign")).toThrow(malformed);
  });

  test("cut anywhere", () => {
    for (let length = 0; length < der.length; length++) {
      expect(() => parseCertificate(der.subarray(0, length), "sign")).toThrow(malformed);
    }
  });

  const orMalformed = (bytes: Uint8Array) => {
    try {
      parseCertificate(bytes, "sign");
    } catch (error) {
      expect(error).toEqual(malformed);
      expect(error).toBeInstanceOf(MynakitError);
    }
  };

  test("any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), orMalformed), { seed: 1, numRuns: 500 });
  });

  test("with any byte of it changed it reads or is malformed, nothing else", () => {
    const change = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }));
    const changed = fc.property(change, ([at, byte]) => orMalformed(der.with(at, byte)));
    fc.assert(changed, { seed: 2, numRuns: 3000 });
  });

  test("with a length that is not in its shortest form", () => {
    const body = readDer(der)[0]?.value ?? new Uint8Array();
    const long = Uint8Array.from([0x30, 0x83, 0x00, body.length >> 8, body.length & 0xff, ...body]);
    expect(() => parseCertificate(long, "sign")).toThrow(malformed);
  });
});

describe("DER", () => {
  test.each([
    ["550403", "2.5.4.3"],
    ["2A83088C1A8A", null],
    ["2A864886F70D01010B", "1.2.840.113549.1.1.11"],
    ["883703", "2.999.3"],
    ["", null],
  ])("object identifier %s", (hex, dotted) => {
    const decode = () => decodeOid(new Uint8Array(Buffer.from(hex, "hex")));
    if (dotted === null) expect(decode).toThrow(SyntaxError);
    else expect(decode()).toBe(dotted);
  });

  test.each([
    [0x17, "260101000000Z", "2026-01-01T00:00:00.000Z"],
    [0x17, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [0x17, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [0x18, "20501231235959Z", "2050-12-31T23:59:59.000Z"],
    [0x18, "99991231235959Z", "9999-12-31T23:59:59.000Z"],
    [0x17, "260230000000Z", null],
    [0x17, "261301000000Z", null],
    [0x17, "2601010000Z", null],
    [0x17, "260101000000+0900", null],
    [0x18, "20260101000000.5Z", null],
    [0x17, "", null],
    [0x0c, "260101000000Z", null],
  ])("time %i %s", (tag, text, iso) => {
    const decode = () => decodeTime({ tag, value: new Uint8Array(Buffer.from(text)) });
    if (iso === null) expect(decode).toThrow(SyntaxError);
    else expect(decode().toISOString()).toBe(iso);
  });

  test("bits count from the first", () => {
    expect(decodeBits(Uint8Array.of(7, 0x80))).toEqual([0]);
    expect(decodeBits(Uint8Array.of(1, 0x06))).toEqual([5, 6]);
    expect(decodeBits(Uint8Array.of(7, 0x00, 0x80))).toEqual([8]);
    expect(decodeBits(Uint8Array.of(0))).toEqual([]);
    for (const bad of [[], [8, 0], [1]]) expect(() => decodeBits(Uint8Array.from(bad))).toThrow(SyntaxError);
  });
});

test("names are escaped as RFC 4514 asks, control characters too", () => {
  const attribute = (value: string) =>
    encodeTlv(0x31, encodeTlv(0x30, [encodeTlv(0x06, Uint8Array.of(0x55, 4, 3)), encodeTlv(0x0c, Buffer.from(value))]));
  const text = (value: string) => parseName(attribute(value)).text;
  expect(text("Steve, Kille")).toBe("CN=Steve\\, Kille");
  expect(text(" #a ")).toBe("CN=\\ #a\\ ");
  expect(text('#"+;<>\\')).toBe('CN=\\#\\"\\+\\;\\<\\>\\\\');
  expect(text("a\u001b[31m")).toBe("CN=a\\1b[31m");
});

describe("the holder", () => {
  const arc = Uint8Array.of(0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 0x08, 0x05, 0x05);
  const name = (suffix: number, value: Uint8Array) =>
    encodeTlv(0xa0, [encodeTlv(0x06, Uint8Array.from([...arc, suffix])), encodeTlv(0xa0, encodeTlv(0x0c, value))]);
  const holder = (...names: Uint8Array[]) => parseHolder(encodeTlv(0x30, names));

  test("has what the certificate has, and no more", () => {
    expect(holder(name(1, Buffer.from("見本")))).toMatchObject({
      name: "見本",
      address: null,
      birthDate: null,
      sex: null,
    });
    expect(holder()).toBeNull();
  });

  test.each([
    ["3", "unknown"],
    ["2", "female"],
    ["9", null],
  ])("of sex %s", (digit, sex) => {
    expect(holder(name(3, Buffer.from(digit)))?.sex).toBe(sex);
  });

  test.each([
    ["118991201", "1899-12-01", "明治32年12月1日"],
    ["520190501", "2019-05-01", "令和元年5月1日"],
    ["019000101", "1900-01-01", "明治33年1月1日"],
    ["319500000", null, null],
    ["", null, null],
    ["何か", null, null],
  ])("born %s", (raw, western, japanese) => {
    expect(holder(name(4, Buffer.from(raw)))?.birthDate).toEqual({ raw, western, japanese });
  });

  test("in broken UTF-8 is refused", () => {
    expect(() => holder(name(1, Uint8Array.of(0xff, 0xfe)))).toThrow(SyntaxError);
  });
});

describe("Japanese dates", () => {
  test.each([
    ["18680124", null],
    ["18680125", "明治元年1月25日"],
    ["19120729", "明治45年7月29日"],
    ["19120730", "大正元年7月30日"],
    ["19261224", "大正15年12月24日"],
    ["19261225", "昭和元年12月25日"],
    ["19890107", "昭和64年1月7日"],
    ["19890108", "平成元年1月8日"],
    ["20190430", "平成31年4月30日"],
    ["20190501", "令和元年5月1日"],
    ["20251027", "令和7年10月27日"],
  ])("%s is %s", (digits, japanese) => {
    const day = parseDay(digits);
    expect(day && japaneseDay(day)).toBe(japanese);
  });

  test("a day begins nine hours earlier than in UTC", () => {
    expect(westernDay(dayInJapan(new Date("2030-10-27T14:59:59Z")))).toBe("2030-10-27");
    expect(westernDay(dayInJapan(new Date("2030-10-27T15:00:00Z")))).toBe("2030-10-28");
    expect(japaneseDay(dayInJapan(new Date("2019-04-30T15:00:00Z")))).toBe("令和元年5月1日");
  });

  test.each(["20230229", "20231301", "20230100", "2023010", "abcdefgh", ""])("%j is no day", (digits) => {
    expect(parseDay(digits)).toBeNull();
  });
});

describe("validity", () => {
  const certificate = { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2030-12-31T14:59:59Z") };

  test.each([
    ["2025-12-31T23:59:59.999Z", "not-yet-valid"],
    ["2026-01-01T00:00:00Z", "valid"],
    ["2030-12-31T14:59:59Z", "valid"],
    ["2030-12-31T15:00:00Z", "expired"],
  ])("at %s: %s", (now, state) => {
    expect(validityState(certificate, new Date(now))).toBe(state);
  });
});

describe("the profile", () => {
  test("each kind fits its own", () => {
    expect(checkProfile(auth)).toEqual([]);
    expect(checkProfile(sign)).toEqual([]);
    expect(checkProfile(ca)).toEqual([]);
  });

  test("and no other", () => {
    expect(checkProfile({ ...sign, kind: "auth" })).toEqual(["policy", "key-usage"]);
    expect(checkProfile({ ...auth, kind: "sign" })).toEqual(["policy", "key-usage"]);
    expect(checkProfile({ ...ca, kind: "auth" })).toEqual(["policy", "key-usage", "basic-constraints"]);
    expect(checkProfile({ ...auth, kind: "auth-ca" })).toEqual(["key-usage", "basic-constraints"]);
  });

  test("a simulated certificate says that it is one", () => {
    expect(environmentOf(auth)).toBe("simulated");
  });
});
