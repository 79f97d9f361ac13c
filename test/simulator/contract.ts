import { createHash, createPublicKey, verify as verifySignature, X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { totalLength } from "../../src/apdu/tlv.ts";
import { type CardOptions, isd, jpki, select, text, verify } from "./cards.ts";
import { instructionContract } from "./contract-instructions.ts";

/** A simulated card behind any plug, commands and answers in hexadecimal. */
export interface ContractCard {
  send(command: string): Promise<string>;
  /** Power off and on. */
  coldStart(): Promise<void>;
  warmReset(): Promise<void>;
  close(): Promise<void>;
}

const digestInfo = (data: string) =>
  `3031300D060960864801650304020105000420${createHash("sha256").update(data).digest("hex")}`;

/** What a card does whatever plug it is behind. Sources: ISO/IEC 7816-4 and public measurements of real cards. */
export function cardContract(
  plug: string,
  insert: (options?: CardOptions) => Promise<ContractCard>,
  { malformed = true }: { /** Whether the plug carries bytes that are no command APDU. */ malformed?: boolean } = {},
): void {
  describe(`the simulated card ${plug}`, () => {
    let card: ContractCard;
    const send = (command: string) => card.send(command);
    const sendAll = async (...commands: string[]) => {
      const answers = [];
      for (const command of commands) answers.push(await card.send(command));
      return answers;
    };
    beforeEach(async () => {
      card = await insert();
    });
    afterEach(() => card.close());

    async function readFile(file: string): Promise<Buffer> {
      expect(await send(select(file))).toBe("9000");
      const parts: Buffer[] = [];
      for (let offset = 0; ; offset += 256) {
        const answer = await send(`00B0${offset.toString(16).padStart(4, "0")}00`);
        if (answer === "6B00") return Buffer.concat(parts);
        expect(answer).toMatch(/9000$/);
        parts.push(Buffer.from(answer.slice(0, -4), "hex"));
      }
    }

    test("an application is selected by its whole name, an unknown one is not found and changes nothing", async () => {
      expect(await sendAll(jpki, "00A4040C0AD392F000260100000002", select("0018"))).toEqual(["9000", "6A82", "9000"]);
    });

    test("SELECT with P2 00 answers a template with the name", async () => {
      expect(await send("00A404000AD392F00026010000000100")).toBe("6F0C840AD392F0002601000000019000");
    });

    test("a command about a file needs a selected file", async () => {
      expect(await sendAll(jpki, "00B0000000", "00200080", select("0003"))).toEqual(["9000", "6986", "6986", "6A82"]);
    });

    test("the certificate is read to the end of its file: DER, then filler, then 6B00", async () => {
      await send(jpki);
      const content = await readFile("000A");
      expect(content.length).toBe(3808);
      const length = totalLength(content);
      expect(new X509Certificate(content.subarray(0, length)).subject).toContain("C=JP");
      expect(content.subarray(length).every((byte) => byte === 0xff)).toBe(true);
    });

    test("an answer is never longer than Le, and ends with the file", async () => {
      await sendAll(jpki, select("000A"));
      expect((await send("00B0000004")).length).toBe(2 * 6);
      expect((await send("00B0000000")).length).toBe(2 * 258);
      expect((await send(`00B0${(3808 - 5).toString(16).padStart(4, "0")}00`)).length).toBe(2 * 7);
      expect(await sendAll("00B00EE000", "00B07FFF00")).toEqual(["6B00", "6B00"]);
    });

    test("a short file identifier reads and selects the file", async () => {
      expect(await sendAll(jpki, "00B08800FF", "00B0000200")).toEqual(["9000", "8F8F009000", "009000"]);
    });

    test("an extended Le reads a whole file at once", async () => {
      await sendAll(jpki, select("000A"));
      expect((await send("00B00000000000")).length).toBe(2 * 3810);
    });

    test("PINs and keys cannot be read, and no other file verified or signed with", async () => {
      expect(await sendAll(jpki, select("0018"), "00B0000000", select("0017"), "00B0000000", "00200080")).toEqual([
        "9000",
        "9000",
        "6981",
        "9000",
        "6981",
        "6981",
      ]);
    });

    test("the retry query takes exactly four bytes and costs nothing", async () => {
      await sendAll(jpki, select("0018"));
      expect(await sendAll("00200080", "00200080", "0020008000", "00200098", "0020009B")).toEqual([
        "63C3",
        "63C3",
        "6700",
        "63C3",
        "63C5",
      ]);
    });

    test("wrong PINs count down to 63C0, then every VERIFY is 6984, the right one too, and the query 63C0", async () => {
      await sendAll(jpki, select("0018"));
      const wrong = verify("0000");
      expect(await sendAll(wrong, wrong, wrong, wrong, verify("1234"), "00200080")).toEqual([
        "63C2",
        "63C1",
        "63C0",
        "6984",
        "6984",
        "63C0",
      ]);
    });

    test("a right PIN brings all tries back; the counters of other PINs stand apart", async () => {
      await sendAll(jpki, verify("0000", "98"), verify("0000", "98"));
      expect(await sendAll(verify("1234", "98"), "00200098", "0020009B")).toEqual(["9000", "63C3", "63C5"]);
    });

    test("a counter outlives the power supply", async () => {
      await sendAll(jpki, verify("0000", "98"));
      await card.coldStart();
      expect(await sendAll(jpki, "00200098")).toEqual(["9000", "63C2"]);
    });

    test("the signing certificate and both keys are shut before their PIN", async () => {
      expect(await sendAll(jpki, select("0001"), "00B0000004")).toEqual(["9000", "9000", "6982"]);
      expect(await sendAll(`802A009733${digestInfo("x")}00`, `802A009A33${digestInfo("x")}00`)).toEqual([
        "6982",
        "6982",
      ]);
      expect(await sendAll(verify("1234", "98"), "00B0000004", `802A009A33${digestInfo("x")}00`)).toEqual([
        "9000",
        "6982",
        "6982",
      ]);
      expect(await sendAll(verify("TEST1234", "9B"), "00B0810004")).toEqual([
        "9000",
        expect.stringMatching(/^3082.{4}9000$/),
      ]);
    });

    test.each([
      ["authentication", "98", "1234", "97", "0017", "000A"],
      ["signing", "9B", "TEST1234", "9A", "001A", "0001"],
    ])(
      "the %s key signs what its certificate verifies, named either way, more than once",
      async (_, pinP2, pin, keyP2, key, certificate) => {
        await sendAll(jpki, verify(pin, pinP2));
        const bySfi = await send(`802A00${keyP2}33${digestInfo("hello")}00`);
        await send(select(key));
        expect(await send(`802A008033${digestInfo("hello")}00`)).toBe(bySfi);
        const der = await readFile(certificate);
        const holder = createPublicKey(
          new X509Certificate(der.subarray(0, totalLength(der))).publicKey.export({ type: "spki", format: "pem" }),
        );
        const signature = Buffer.from(bySfi.slice(0, -4), "hex");
        expect(signature.length).toBe(256);
        expect(verifySignature("sha256", Buffer.from("hello"), holder, signature)).toBe(true);
      },
    );

    test("a signature takes 1 to 245 bytes, P1 00 and room for the answer", async () => {
      await sendAll(jpki, verify("1234", "98"));
      expect(await send(`802A0097F5${"11".repeat(245)}00`)).toMatch(/9000$/);
      expect(await send(`802A0097F6${"11".repeat(246)}00`)).toBe("6985");
      expect(await sendAll("802A00970111", "802A0097011120", "802A06970111 00", "802A00980111 00")).toEqual([
        "6700",
        "6700",
        "6A86",
        "6981",
      ]);
    });

    test("the verified state survives other files, the same application again and a warm reset", async () => {
      const sign = `802A009733${digestInfo("x")}00`;
      await sendAll(jpki, verify("1234", "98"), select("000B"), jpki);
      expect(await send(sign)).toMatch(/9000$/);
      await card.warmReset();
      expect(await send(sign)).toBe("6A82");
      await send(jpki);
      expect(await send(sign)).toMatch(/9000$/);
    });

    test.each([
      ["another application", async () => void (await send(text))],
      ["the issuer security domain", async () => void (await send(isd))],
      ["a power-off", () => card.coldStart()],
      ["a warm reset and another application", async () => card.warmReset().then(async () => void (await send(text)))],
      ["a wrong PIN", async () => void (await send(verify("0000", "98")))],
    ])("the verified state is cleared by %s", async (_, clear) => {
      await sendAll(jpki, verify("1234", "98"));
      await clear();
      expect(await sendAll(jpki, `802A009733${digestInfo("x")}00`)).toEqual(["9000", "6982"]);
    });

    test("My Number opens with the PIN or number A, the four attributes with the PIN or number B", async () => {
      const read = [select("0001"), "00B0000000", select("0002"), "00B0000000"];
      const opened = (answers: string[]) => [answers[1], answers[3]].map((answer) => answer?.slice(-4));
      await send(text);
      expect(opened(await sendAll(...read))).toEqual(["6982", "6982"]);
      await send(verify("5678", "91"));
      const [, number, , attributes] = await sendAll(...read);
      expect(number).toMatch(/^FF100C(3\d){12}FFFF9000$/);
      expect(attributes).toMatch(/^FF20.*9000$/);
      await card.coldStart();
      await sendAll(text, verify(Buffer.from(number?.slice(6, 30) ?? "", "hex").toString(), "94"));
      expect(opened(await sendAll(...read))).toEqual(["9000", "6982"]);
    });

    test("GET CHALLENGE answers as many bytes as asked for, in any state", async () => {
      expect((await send("0084000008")).length).toBe(2 * 10);
      expect((await send("0084000000")).length).toBe(2 * 258);
      expect(await send("00840000000200")).toBe("6985");
    });

    test("CHANGE REFERENCE DATA takes the new PIN after a VERIFY of the old one, and only then", async () => {
      await send(jpki);
      expect(await send("002401980439393939")).toBe("6982");
      expect(
        await sendAll(verify("1234", "98"), "002401980439393939", verify("1234", "98"), verify("9999", "98")),
      ).toEqual(["9000", "9000", "63C2", "9000"]);
    });

    instructionContract(() => card);

    test.each([
      ["an unknown instruction", "00CB3FFF00", "6D00"],
      ["an instruction in another class", "80A4040C07A0000001510000", "6E00"],
      ["a proprietary class", "A0B0000000", "6E00"],
      ["class FF", "FFCA000000", "6E00"],
      ["logical channel 1", "01A4040C07A0000001510000", "6881"],
      ["a further logical channel", "40A4040C07A0000001510000", "6881"],
      ["SELECT under secure messaging", "0CA4040C07A0000001510000", "6882"],
      ["READ BINARY under secure messaging", "08B0000000", "69FC"],
      ["VERIFY under secure messaging", "0820009804 31323334", "69FC"],
      ["command chaining", "10A4040C07A0000001510000", "6884"],
      ...(malformed ? [["an Lc that is not there", "00A4040C07A00000", "6700"]] : []),
      ["SELECT of the master file", "00A40000023F00", "6A82"],
      ["SELECT in a mode that it has not", "00A4080C023F00", "6A86"],
      ["VERIFY with a P1", "00200180", "6A86"],
      ["VERIFY of a global reference", "00200001", "6A86"],
      ["a PIN of 17 bytes", `0020009B11${"31".repeat(17)}`, "6700"],
      ["READ BINARY without Le", "00B00000", "6700"],
    ])("%s is refused with its status word, and costs no try", async (_, command, sw) => {
      await send(jpki);
      expect(await send(command)).toBe(sw);
      expect(await sendAll("00200098", "0020009B")).toEqual(["63C3", "63C5"]);
    });
  });
}
