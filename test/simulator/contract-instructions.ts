import {
  constants,
  createHash,
  createPublicKey,
  publicDecrypt,
  verify as verifySignature,
  X509Certificate,
} from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PinId } from "../../src/jpki/applications.ts";
import { cardKeys } from "../../src/simulator/cv-keys.ts";
import { common, imageOf, isd, jpki, juki, select, text, verify, visual } from "./cards.ts";
import type { ContractCard } from "./contract.ts";

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
const digestInfo = (data: string) => `3031300D060960864801650304020105000420${hexOf(sha256(data))}`;
const bytesOf = (answer: string) => Buffer.from(answer.slice(0, -4), "hex");

/** `80 2A` with a scheme, for a key. */
const sign = (p1: string, p2: string, data: string) =>
  `802A${p1}${p2}${(data.length / 2).toString(16).padStart(2, "0")}${data}00`;

/** What the card does beyond reading transparent files and verifying PINs. Source: public measurements of real cards (myna-card). */
export function instructionContract(inserted: () => ContractCard): void {
  const send = (command: string) => inserted().send(command);
  const sendAll = async (...commands: string[]) => {
    const answers = [];
    for (const command of commands) answers.push(await send(command));
    return answers;
  };

  describe("SELECT by the beginning of a name", () => {
    test("finds the first application that fits; P2 02 walks on to the last, then finds none", async () => {
      const next = "00A4040205D39210003100";
      const answers = await sendAll("00A4040005D39210003100", next, next, next, next);
      const names = answers.map((answer) => answer.slice(8, -4));
      expect(names).toEqual([
        "D3921000310001010408",
        "D3921000310001010402",
        "D3921000310001010100",
        "D3921000310001010401",
        "",
      ]);
      expect(answers.at(-1)).toBe("6A82");
    });

    test("ends the verified state as the whole name does", async () => {
      await sendAll(jpki, verify("1234", "98"), "00A4040C03D39210", jpki);
      expect(await send(sign("00", "97", digestInfo("x")))).toBe("6982");
    });
  });

  describe("READ RECORD", () => {
    test("reads the card's serial number, municipality and expiry, by the current EF and by a short identifier", async () => {
      await sendAll(common, select("0001"));
      const record = await send("00B2010400");
      expect(bytesOf(record).subarray(2).toString("ascii")).toMatch(/^99\d{13}9900120350412$/);
      expect(record).toMatch(/^011C/);
      expect(await sendAll(common, "00B2010C00", "00B2010400")).toEqual(["9000", record, record]);
      expect(await send("00B2010C04")).toBe(`${record.slice(0, 8)}9000`);
    });

    test("finds the same key reference in the common and the resident register application", async () => {
      const [, inCommon, , inJuki] = await sendAll(common, "00B2011400", juki, "00B2011400");
      expect(inCommon).toMatch(/^0110.{32}9000$/);
      expect(inJuki).toBe(inCommon);
    });

    test("answers 6A83 past the last record, 6A81 to several at once, 6981 for a file without records", async () => {
      await sendAll(common, select("0001"));
      expect(await sendAll("00B2020400", "00B2000400", "00B2010500", "00B2010D00", "00B2010200", "00B20104")).toEqual([
        "6A83",
        "6A83",
        "6A81",
        "6A81",
        "6A86",
        "6700",
      ]);
      expect(await sendAll("00B0000000", jpki, "00B2013400", select("0018"), "00B2010400")).toEqual([
        "6981",
        "9000",
        "6981",
        "9000",
        "6981",
      ]);
    });
  });

  describe("GET DATA", () => {
    test("tells of the card before any application and in the issuer security domain, not in another", async () => {
      const commands = ["00CA00F000", "00CA00F200", "00CA004200", "00CA004500", "00CA006600"];
      const answers = await sendAll(...commands);
      expect(answers.slice(0, 2)).toEqual(["39393030319000", "32303335303431329000"]);
      expect(answers[2]).toMatch(/^39.{12}08053030310{8}9000$/);
      expect(bytesOf(answers[3] ?? "").toString("ascii")).toMatch(/^99\d{13}$/);
      expect(answers[4]).toMatch(/^7317.*9000$/);
      expect(await sendAll(jpki, ...commands)).toEqual(["9000", ...commands.map(() => "6A88")]);
      expect(await sendAll(isd, ...commands)).toEqual(["9000", ...answers]);
    });

    test("tells the contact ATR everywhere, and 6A88 for what is not there", async () => {
      const atr = "DA13FF8131FB468012392F31C173C601C03B9000";
      expect(await sendAll("00CA5F5100", jpki, "00CA5F5100", isd, "00CA005000")).toEqual([
        atr,
        "9000",
        atr,
        "9000",
        "6A88",
      ]);
    });

    test("refuses an Le too small for a certificate and answers an extended one", async () => {
      expect(await sendAll("00CA7F2100", "00CA00F800", "00CA00F001")).toEqual(["6700", "6700", "6700"]);
      for (const command of ["00CA7F21000000", "00CA00F8000400"]) {
        const answer = await send(command);
        expect(answer).toMatch(/^5F4E820129.*9000$/);
        expect(bytesOf(answer).length).toBe(563);
      }
    });

    test("tells a chain of two certificates: the upper one's subject has signed the lower one", async () => {
      const [upper = "", lower = "", name] = await sendAll("00CA00F8000000", "00CA7F21000000", "00CA00F700");
      const certificate = (answer: string) => ({
        body: bytesOf(answer).subarray(5, 302),
        signature: bytesOf(answer).subarray(307),
      });
      const { body } = certificate(upper);
      const jwk = { kty: "RSA", e: "AQAB", n: body.subarray(-256).toString("base64url") };
      const issuer = createPublicKey({ key: jwk, format: "jwk" });
      expect(verifySignature("sha256", certificate(lower).body, issuer, certificate(lower).signature)).toBe(true);
      expect(hexOf(body.subarray(16, 32))).toBe(name?.slice(0, -4));
      expect(hexOf(certificate(lower).body.subarray(0, 16))).toBe(name?.slice(0, -4));
    });
  });

  describe("COMPUTE DIGITAL SIGNATURE with a JPKI key", () => {
    const data = "hello";
    const plain = hexOf(Buffer.from(data));
    const hash = hexOf(sha256(data));

    async function holder() {
      const answer = bytesOf(await send("00B08A00000000"));
      return new X509Certificate(answer).publicKey;
    }

    test("pads as given (P1 00), hashes (01), adds a DigestInfo (02), does both (03)", async () => {
      await sendAll(jpki, verify("1234", "98"));
      const key = await holder();
      const given = await send(sign("00", "97", digestInfo(data)));
      expect(verifySignature("sha256", Buffer.from(data), key, bytesOf(given))).toBe(true);
      expect(await send(sign("02", "97", hash))).toBe(given);
      expect(await send(sign("03", "97", plain))).toBe(given);
      expect(hexOf(publicDecrypt(key, bytesOf(await send(sign("01", "97", plain)))))).toBe(hash);
    });

    test("makes RSASSA-PSS signatures of a hash (P1 04) and of data (05)", async () => {
      await sendAll(jpki, verify("1234", "98"));
      const key = { key: await holder(), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      for (const [p1, input] of [
        ["04", hash],
        ["05", plain],
      ] as const) {
        const signature = bytesOf(await send(sign(p1, "97", input)));
        expect(verifySignature("sha256", Buffer.from(data), key, signature)).toBe(true);
      }
    });

    test.each([
      ["00", 245],
      ["01", 255],
      ["03", 255],
      ["05", 255],
    ])("P1 %s takes 1 to %i bytes", async (p1, most) => {
      await sendAll(jpki, verify("1234", "98"));
      expect(await send(sign(p1, "97", "11"))).toMatch(/9000$/);
      expect(await send(sign(p1, "97", "11".repeat(most)))).toMatch(/9000$/);
      expect(await send(`802A${p1}97000100${"11".repeat(256)}0100`)).toBe("6700");
      if (most < 255) expect(await send(sign(p1, "97", "11".repeat(most + 1)))).toBe("6985");
    });

    test.each(["02", "04"])("P1 %s takes exactly 32 bytes", async (p1) => {
      await sendAll(jpki, verify("1234", "98"));
      const answers = await sendAll(...[31, 32, 33].map((length) => sign(p1, "97", "11".repeat(length))));
      expect(answers.map((answer) => answer.slice(-4))).toEqual(["6985", "9000", "6985"]);
    });

    test("wants the PIN in every scheme, before it looks at the input", async () => {
      await send(jpki);
      for (const p1 of ["00", "01", "02", "03", "04", "05"]) expect(await send(sign(p1, "97", "11"))).toBe("6982");
      expect(await send(sign("06", "97", "11"))).toBe("6A86");
    });
  });

  describe("the applications' own keys", () => {
    test.each([
      ["text", text, cardKeys.text],
      ["visual", visual, cardKeys.visual],
    ])("of the %s application signs what it is given, without a PIN", async (_, application, key) => {
      await send(application);
      const signature = bytesOf(await send(sign("00", "00", digestInfo("hello"))));
      expect(verifySignature("sha256", Buffer.from("hello"), createPublicKey(key), signature)).toBe(true);
      expect(await send(sign("03", "00", "11"))).toBe("6A86");
    });

    test("are not in the other applications", async () => {
      for (const application of [jpki, common, juki, isd]) {
        expect(await sendAll(application, sign("00", "00", "11"))).toEqual(["9000", "6A86"]);
      }
    });

    test("INTERNAL AUTHENTICATE signs a challenge of 1 to 255 bytes in the common application alone", async () => {
      const challenge = "0088009908 0102030405060708 00";
      await send(common);
      const signature = bytesOf(await send(challenge));
      const data = Buffer.from("0102030405060708", "hex");
      expect(verifySignature("sha256", data, createPublicKey(cardKeys.common), signature)).toBe(true);
      expect(await send(`00880099FF${"11".repeat(255)}00`)).toMatch(/9000$/);
      expect(await sendAll("008800990111", "0088009800", "0088009801 1100")).toEqual(["6700", "6700", "6A86"]);
      for (const application of [jpki, text, visual, juki, isd]) {
        expect(await sendAll(application, challenge)).toEqual(["9000", "6985"]);
      }
    });
  });

  describe("JICSAP CHANGE KEY", () => {
    test.each([
      ["common", common],
      ["juki", juki],
    ])(
      "takes the new PIN of the %s application after a VERIFY of the old one, and only then",
      async (_, application) => {
        await sendAll(application, select("001C"));
        expect(await sendAll("8032008004 34333231", "00240180 04 34333231")).toEqual(["6982", "6D00"]);
        expect(await sendAll(verify("9012"), "8032008004 34333231", verify("9012"), verify("4321"))).toEqual([
          "9000",
          "9000",
          "63C2",
          "9000",
        ]);
      },
    );

    test("is unknown to the applications that have CHANGE REFERENCE DATA", async () => {
      for (const application of [jpki, text]) {
        expect(await sendAll(application, "8032008004 34333231")).toEqual(["9000", "6D00"]);
      }
    });
  });

  describe("the files of the text and the visual application", () => {
    const value = (pin: PinId) => imageOf().pins.find(({ id }) => id === pin)?.value ?? "";
    const files: Record<string, readonly string[]> = {
      text: ["01", "02", "03", "04", "05", "06", "07", "08"],
      visual: ["01", "02", "03", "04", "05", "06"],
    };

    test.each([
      ["text", null, "", "04 05 08"],
      ["text", "text", "91", "01 02 03 04 05 06 07 08"],
      ["text", "text-a", "94", "01 03 04 05 06 07 08"],
      ["text", "text-b", "95", "02 03 04 05 06 07 08"],
      ["visual", null, "", "03 04"],
      ["visual", "visual-a", "93", "02 03 04 05 06"],
      ["visual", "visual-b", "92", "02 03 04 06"],
      ["visual", "visual-birth", "91", "01 03 04"],
    ] as const)("in %s, with %s verified, are open as far as they shall be", async (name, pin, p2, expected) => {
      await send(name === "text" ? text : visual);
      if (pin) expect(await send(verify(value(pin), p2))).toBe("9000");
      const opened: string[] = [];
      for (const file of files[name] ?? []) {
        const answer = await send(`00B0${(0x80 + Number.parseInt(file, 16)).toString(16)}0004`);
        expect(answer.slice(-4)).toMatch(/^(9000|6982)$/);
        if (answer.endsWith("9000")) opened.push(file);
      }
      expect(opened.join(" ")).toBe(expected);
    });
  });

  describe("what nobody gets done", () => {
    test("the PIN 0012 of the text application was blocked from the start", async () => {
      expect(await sendAll(text, select("0012"), "00200080", verify("1234"), "00200080", "00B0000000")).toEqual([
        "9000",
        "9000",
        "63C0",
        "6984",
        "63C0",
        "6981",
      ]);
    });

    test("EF 0009 of JPKI stays shut whatever was verified; internal files cannot be read", async () => {
      await sendAll(jpki, verify("1234", "98"), verify("TEST1234", "9B"));
      expect(await sendAll("00B0890004", "00B0850004", select("001E"), "00B0000004", "00B2010400")).toEqual([
        "6982",
        "6981",
        "9000",
        "6981",
        "6981",
      ]);
    });

    test("there is no master file, and 001E beneath it is internal", async () => {
      expect(await sendAll("00A40000", "00A40000023F00", select("2F10"), select("001E"), "00B0000000")).toEqual([
        "6A86",
        "6A82",
        "6A82",
        "9000",
        "6981",
      ]);
      expect(await sendAll(jpki, select("0018"), "00A40000", "00200080")).toEqual(["9000", "9000", "9000", "63C3"]);
    });

    test("SET SESSION KEY is refused by every application in its own way, and never unknown", async () => {
      const setSessionKey = `80AE0000 04 A0028000`;
      const answers = [];
      for (const application of [jpki, text, visual, common, juki, isd]) {
        answers.push((await sendAll(application, setSessionKey))[1]);
      }
      expect(answers).toEqual(["6982", "6982", "66F1", "66F1", "6982", "6982"]);
      expect(await sendAll(text, verify("5678", "91"), setSessionKey)).toEqual(["9000", "9000", "6A80"]);
    });

    test.each([
      ["SET PUBLIC IC KEY", "80A200AE01 11", "6A86"],
      ["an iPhone's last command", "80FC0000", "6700"],
      ["MANAGE ATTRIBUTES", "808A0000", "6982"],
      ["LOCK DF", "80500000", "6982"],
      ["UNLOCK DF", "80520000", "6982"],
      ["UNLOCK KEY", "80540000", "6982"],
      ["ERASE", "80060000", "6982"],
      ["RESET RETRY COUNTER", "002C0098", "6D00"],
      ["MANAGE SECURITY ENVIRONMENT", "002241B6", "6D00"],
    ])("%s is refused", async (_, command, sw) => {
      await sendAll(jpki, verify("TEST1234", "9B"));
      expect(await send(command)).toBe(sw);
    });
  });
}
