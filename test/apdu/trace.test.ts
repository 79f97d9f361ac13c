import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Channel } from "../../src/apdu/channel.ts";
import { DialogueError, matches, parseDialogue } from "../../src/apdu/channels/dialogue.ts";
import type { DisclosedApplication } from "../../src/apdu/channels/disclosure.ts";
import { withTrace } from "../../src/apdu/channels/trace.ts";
import { decodeCommand, encodeCommand } from "../../src/apdu/command.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { decodeResponse, encodeResponse } from "../../src/apdu/response.ts";
import { MynakitError } from "../../src/errors.ts";
import { applications, jpkiFiles, textFiles } from "../../src/jpki/applications.ts";
import { anyBytes, anyCommand } from "./arbitraries.ts";

const atr = fromHex("3B80800101");
const disclosed: readonly DisclosedApplication[] = [
  { aid: applications.jpki.aid, personal: [jpkiFiles.signCertificate], myNumber: [] },
  { aid: applications.text.aid, personal: "all", myNumber: [textFiles.myNumber] },
];
const select = (aid: Uint8Array) => `00A4040C${toHex(Uint8Array.of(aid.length))}${toHex(aid)}`;
const [jpki, text, visual] = [applications.jpki, applications.text, applications.visual].map(({ aid }) => select(aid));

/** The trace of a dialogue of commands and their responses. */
async function traceOf(...dialogue: (string | undefined)[]): Promise<string[]> {
  return traced(dialogue, false);
}

async function traced(dialogue: readonly (string | undefined)[], personal: boolean): Promise<string[]> {
  const lines: string[] = [];
  const answers = dialogue.filter((_, at) => at % 2 === 1);
  const inner: Channel = { transmit: async () => decodeResponse(fromHex(answers.shift() ?? "")) };
  const channel = withTrace(inner, {
    sink: { write: (line) => lines.push(line), personal },
    atr,
    applications: disclosed,
  });
  for (let at = 0; at < dialogue.length; at += 2) await channel.transmit(decodeCommand(fromHex(dialogue[at] ?? "")));
  return lines.slice(1);
}

describe("a trace", () => {
  test("is the dialogue as it went, after the ATR", async () => {
    const lines: string[] = [];
    const inner: Channel = { transmit: async () => ({ data: fromHex("AA"), sw: 0x9000 }) };
    const channel = withTrace(inner, {
      sink: { write: (line) => lines.push(line), personal: false },
      atr,
      applications: disclosed,
    });
    await channel.transmit({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 });
    expect(lines).toEqual(["atr 3B80800101", "> 0084000008", "< AA 9000"]);
  });

  test.each([
    ["VERIFY", "002000800431323334", "> 0020008004 [PIN 4]"],
    ["VERIFY by short id", "0020009B085445535431323334", "> 0020009B08 [PIN 8]"],
    ["CHANGE REFERENCE DATA", "002401800431323334", "> 0024018004 [PIN 4]"],
    ["JICSAP CHANGE KEY", "803200800431323334", "> 8032008004 [PIN 4]"],
    ["an extended VERIFY", "00200080000004313233340000", "> 00200080000004 [PIN 4] 0000"],
    ["an unknown instruction", "80AA000002313200", "> 80AA000002 **** 00"],
  ])("conceals the data of %s", async (_name, command, line) => {
    expect((await traceOf(command, "9000"))[0]).toBe(line);
  });

  test("shows the retry query and a signature's input and output", async () => {
    expect(await traceOf("00200080", "63C3", "802A008002010200", "AABB9000")).toEqual([
      "> 00200080",
      "< 63C3",
      "> 802A008002010200",
      "< AABB 9000",
    ]);
  });

  test.each([
    [
      "the authentication certificate, selected",
      [jpki, "9000", "00A4020C02000A", "9000", "00B0000002", "30829000"],
      "< 3082 9000",
    ],
    ["the token, by its short id", [jpki, "9000", "00B0860002", "4A509000"], "< 4A50 9000"],
    [
      "the signing certificate, selected",
      [jpki, "9000", "00A4020C020001", "9000", "00B0000002", "30829000"],
      "< **** 9000",
    ],
    ["the signing certificate, by its short id", [jpki, "9000", "00B0810002", "30829000"], "< **** 9000"],
    [
      "the signing certificate, going on by offset",
      [jpki, "9000", "00B0810001", "309000", "00B0000101", "829000"],
      "< ** 9000",
    ],
    [
      "the signing certificate, by GET RESPONSE",
      [jpki, "9000", "00B0810001", "6101", "00C0000001", "309000"],
      "< ** 9000",
    ],
    [
      "a file selected in vain after a public one",
      [jpki, "9000", "00B0860001", "4A9000", "00A4020C020001", "6A82", "00B0000001", "AA9000"],
      "< ** 9000",
    ],
    ["the text application", [text, "9000", "00B0820001", "AA9000"], "< ** 9000"],
    ["the visual application", [visual, "9000", "00A4020C020002", "9000", "00B0000001", "AA9000"], "< ** 9000"],
    ["a record", [text, "9000", "00B2011400", "AA9000"], "< ** 9000"],
    ["a data object", [jpki, "9000", "00CA5F5100", "AA9000"], "< ** 9000"],
    ["a file before any application", ["00B0860001", "AA9000"], "< ** 9000"],
    [
      "a file after an application that is not there",
      [jpki, "9000", text, "6A82", "00B0860001", "AA9000"],
      "< ** 9000",
    ],
  ])("shows no more than it may of %s", async (_name, dialogue, last) => {
    expect((await traceOf(...dialogue)).at(-1)).toBe(last);
  });

  const textFile = (file: string) => [text, "9000", `00A4020C02${file}`, "9000", "00B0000001", "AA9000"];

  test.each([
    ["personal data", textFile("0002"), "< ** 9000", "< AA 9000"],
    ["data objects", [jpki, "9000", "00CA5F5101", "AA9000"], "< ** 9000", "< AA 9000"],
    ["the My Number", textFile("0001"), "< [MYNUMBER 1] 9000", "< [MYNUMBER 1] 9000"],
    [
      "the My Number, by its short id",
      [text, "9000", "00B0810001", "AA9000"],
      "< [MYNUMBER 1] 9000",
      "< [MYNUMBER 1] 9000",
    ],
    [
      "the My Number, in the second half of an answer",
      [text, "9000", "00B0810001", "AA6101", "00C0000001", "BB9000"],
      "< [MYNUMBER 1] 9000",
      "< [MYNUMBER 1] 9000",
    ],
    ["a file of nobody knows which application", ["00B0000001", "AA9000"], "< ** 9000", "< ** 9000"],
    [
      "a file of an application named by the beginning of its name",
      ["00A4040C05D392100031", "9000", "00B0810001", "AA9000"],
      "< ** 9000",
      "< ** 9000",
    ],
    [
      "a file that was there before a SELECT that may have done nothing",
      [...textFile("0001"), "00A400000200FF", "9000", "00B0000001", "AA9000"],
      "< ** 9000",
      "< ** 9000",
    ],
  ] as const)(
    "of %s shows no more than was asked for, and never the My Number",
    async (_n, dialogue, masked, asked) => {
      expect((await traced(dialogue, false)).at(-1)).toBe(masked);
      expect((await traced(dialogue, true)).at(-1)).toBe(asked);
    },
  );

  test("notes a command without a response, and knows nothing of the selection after it", async () => {
    const lines: string[] = [];
    const removed = new MynakitError("ERR_CARD_REMOVED", { reader: "A" });
    const answers = ["9000", removed, "AA9000"];
    const inner: Channel = {
      async transmit() {
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return decodeResponse(fromHex(answer ?? ""));
      },
    };
    const channel = withTrace(inner, {
      sink: { write: (line) => lines.push(line), personal: false },
      atr,
      applications: disclosed,
    });
    await channel.transmit(decodeCommand(fromHex(jpki ?? "")));
    await expect(channel.transmit({ cla: 0, ins: 0xb0, p1: 0x86, p2: 0, le: 1 })).rejects.toBe(removed);
    await channel.transmit({ cla: 0, ins: 0xb0, p1: 0x86, p2: 0, le: 1 });
    expect(lines.slice(4)).toEqual(["# no response: ERR_CARD_REMOVED", "> 00B0860001", "< ** 9000"]);
  });

  test("never holds a PIN, whatever the command around it", async () => {
    const pin = fromHex("5445535431323334");
    await fc.assert(
      fc.asyncProperty(anyCommand, fc.constantFrom(0x20, 0x21, 0x24, 0x25, 0x2c, 0x32, 0x54), async (command, ins) => {
        const lines = await traceOf(toHex(encodeCommand({ ...command, ins, data: pin })), "9000");
        expect(lines.join("\n")).not.toContain(toHex(pin));
      }),
    );
  });
});

describe("a dialogue", () => {
  test("that was traced matches what was sent", async () => {
    await fc.assert(
      fc.asyncProperty(anyCommand, anyBytes(40), fc.integer({ min: 0, max: 0xffff }), async (command, data, sw) => {
        const response = encodeResponse({ data, sw });
        const lines = await traceOf(toHex(encodeCommand(command)), toHex(response));
        const [asked, answered] = parseDialogue(lines.join("\n"));
        expect(asked?.kind).toBe("command");
        expect(matches(asked?.bytes ?? [], encodeCommand(command))).toBe(true);
        expect(matches(answered?.bytes ?? [], response)).toBe(true);
      }),
    );
  });

  test("may be typed by hand", () => {
    const text = "# hand-made\r\n\nATR 3b 80 800101\n  > 00 20 00 80 04 [PIN 4]\n<63c2\n";
    expect(parseDialogue(text)).toEqual([
      { line: 3, kind: "atr", bytes: [0x3b, 0x80, 0x80, 0x01, 0x01] },
      { line: 4, kind: "command", bytes: [0x00, 0x20, 0x00, 0x80, 0x04, null, null, null, null], concealed: "pin" },
      { line: 5, kind: "response", bytes: [0x63, 0xc2] },
    ]);
  });

  test("does not match other bytes, nor fewer or more", () => {
    const recorded = [0x00, null, 0x02];
    expect(matches(recorded, Uint8Array.of(0, 9, 2))).toBe(true);
    expect(matches(recorded, Uint8Array.of(0, 9, 3))).toBe(false);
    expect(matches(recorded, Uint8Array.of(0, 9))).toBe(false);
    expect(matches(recorded, Uint8Array.of(0, 9, 2, 2))).toBe(false);
  });

  test.each([
    "hello",
    "> 00B0",
    "> 00B000000",
    "> 00B0xx00",
    "< 90",
    "< **",
    "< 9000 ** 90**",
    "atr",
    "> 00200080 [PIN]",
  ])("is not made of %j", (line) => {
    const parse = () => parseDialogue(`# first\n${line}`);
    expect(parse).toThrow(DialogueError);
    expect(parse).toThrow(expect.objectContaining({ line: 2 }));
  });

  test.each(["\n", "< 9000\n"])("of a million lines %j is refused before it is read", (line) => {
    const parse = () => parseDialogue(line.repeat(1_000_000));
    expect(parse).toThrow(expect.objectContaining({ problem: "too-long", line: 500_001 }));
  });

  test("made of any text is read or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        try {
          parseDialogue(`> ${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(DialogueError);
        }
      }),
    );
  });
});
