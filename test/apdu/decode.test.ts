import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResponseDisclosure } from "../../src/apdu/channels/disclosure.ts";
import { withTrace } from "../../src/apdu/channels/trace.ts";
import { decodeCommand } from "../../src/apdu/command.ts";
import { Decoder } from "../../src/apdu/decode.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { instructionOf } from "../../src/apdu/instructions.ts";
import { decodeResponse } from "../../src/apdu/response.ts";
import { applications } from "../../src/jpki/applications.ts";
import { disclosedApplications } from "../../src/jpki/disclosure.ts";
import { isHarmless } from "../../src/jpki/pin/fence.ts";
import { anyBytes, anyCommand } from "./arbitraries.ts";

const aid = (name: keyof typeof applications) => toHex(applications[name].aid);
const select = (name: keyof typeof applications) => `00A4040C0A${aid(name)}`;

/** What is decoded of the last of some exchanges: command, response, command, response. */
function last(...dialogue: string[]) {
  const decoder = new Decoder(disclosedApplications);
  const decoded = [];
  for (let at = 0; at < dialogue.length; at += 2) {
    const [command = "", response = ""] = dialogue.slice(at, at + 2);
    decoded.push(
      decoder.exchange(decodeCommand(fromHex(command)), response ? decodeResponse(fromHex(response)) : null),
    );
  }
  return decoded.at(-1);
}

describe("a command is decoded", () => {
  test.each([
    [[select("jpki"), "9000"], { name: "SELECT", application: aid("jpki"), file: null }],
    [[select("jpki"), "9000", "00A4020C02000A", "9000"], { name: "SELECT", application: aid("jpki"), file: 0x000a }],
    [[select("jpki"), "9000", "00B0860120", "AA9000"], { name: "READ BINARY", file: 6, offset: 1, content: "public" }],
    [
      [select("jpki"), "9000", "00A4020C02000A", "9000", "00B0010000", "AA9000"],
      { file: 0x000a, offset: 256, content: "personal" },
    ],
    [[select("text"), "9000", "00B0810011", "AA9000"], { file: 1, content: "my-number" }],
    [[select("common"), "9000", "00B2010C00", "AA9000"], { name: "READ RECORD", record: 1, file: 1 }],
    [[select("jpki"), "9000", "0020009B", "63C5"], { name: "VERIFY", file: 0x1b, content: null }],
    [[select("jpki"), "9000", "00A4020C020018", "9000", "00200080", "63C3"], { name: "VERIFY", file: 0x18 }],
    [["802A009703AABBCC00", "AA9000"], { name: "COMPUTE DIGITAL SIGNATURE", file: 0x17 }],
    [["803200800431323334", "9000"], { name: "CHANGE KEY" }],
    [["00CA5F5100", "AA9000"], { name: "GET DATA", object: 0x5f51, content: "personal" }],
    [["00B00000000800", "AA9000"], { extended: true, content: "unclear" }],
    [["00FB0000", "6D00"], { name: null }],
    [[select("jpki"), "9000", "00B0860020", "", "00B0000020", "AA9000"], { application: null, content: "unclear" }],
  ] as const)("%j", (dialogue, expected) => {
    expect(last(...dialogue)).toMatchObject(expected);
  });

  test("with the data objects of a public answer, and of no other", () => {
    expect(last("00A404000AD392F000260100000001", "6F0984010A8504810111AA9000")?.objects).toEqual([
      { depth: 0, tag: 0x6f, length: 9, value: null },
      { depth: 1, tag: 0x84, length: 1, value: Uint8Array.of(0x0a) },
      { depth: 1, tag: 0x85, length: 4, value: fromHex("810111AA") },
    ]);
    expect(last(select("text"), "9000", "00B0820004", "810111AA9000")?.objects).toEqual([]);
    expect(last(select("jpki"), "9000", "00B0860003", "81FF119000")?.objects).toEqual([]);
  });

  test("whatever it is, and whatever comes back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCommand, anyBytes(60), fc.nat(0xffff)), { maxLength: 8 }), (exchanges) => {
        const decoder = new Decoder(disclosedApplications);
        for (const [command, data, sw] of exchanges) {
          expect(decoder.exchange(command, { data, sw }).objects.length).toBeLessThanOrEqual(60);
        }
      }),
    );
  });
});

describe("an instruction", () => {
  test("that passes the fence presents nothing and changes nothing, but for the question for the tries left", () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        if (isHarmless(command) && command.ins !== 0x20) expect(instructionOf(command)?.effect).toBe("reads");
      }),
      { numRuns: 2000 },
    );
  });

  test.each([0x00, 0x01, 0x0c, 0x10, 0x40, 0x80, 0x84])("VERIFY is one in class %i", (cla) => {
    expect(instructionOf({ cla, ins: 0x20 })).toEqual({ name: "VERIFY", effect: "secret" });
  });
});

describe("the My Number", () => {
  const secret = "313233343536373839303132";
  const text = aid("text");
  const commands = [
    `00A4040C0A${text}`,
    "00A4040C05D392100031",
    "00A4040C00",
    select("jpki"),
    "00A4020C020001",
    "00A4020C020002",
    "00A4000C020001",
    "00A4000C023F00",
    "00A4020C02FFFF",
    "00B000000C",
    "00B081000C",
    "00B082000C",
    "00B2010C0C",
    "00C000000C",
  ];

  /** A card that is careless: parts of names select, and a SELECT that it does not understand changes nothing. */
  function carelessCard() {
    let application = text;
    let file = "0001";
    let kept = "";
    const answer = (hex: string): string => {
      const [, p1 = "", data = ""] = /^00A4(..)0C(?:..(.*))?$/.exec(hex) ?? [];
      if (p1 === "04") {
        application = [text, aid("jpki")].find((each) => each.startsWith(data)) ?? application;
        file = "";
        return "9000";
      }
      if (p1 === "02") {
        if (data === "FFFF") return "6A82";
        file = data;
        return "9000";
      }
      if (p1 !== "") return "9000";
      if (hex.startsWith("00C0")) return `${kept}9000`;
      if (hex.startsWith("00B08")) file = `000${hex[5]}`;
      if (hex.startsWith("00B2")) file = "0001";
      kept = application === text && file === "0001" ? secret : "AABB";
      return `${kept}9000`;
    };
    return { transmit: async (hex: string) => decodeResponse(fromHex(answer(hex))) };
  }

  test("is in no trace, and shown by no answer, whatever was selected before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...commands), { maxLength: 12 }), async (dialogue) => {
        const card = carelessCard();
        const lines: string[] = [];
        const disclosure = new ResponseDisclosure(disclosedApplications);
        const inner = {
          async transmit(command: ReturnType<typeof decodeCommand>) {
            const response = await card.transmit(current);
            const content = disclosure.contentOf(command, response);
            if (toHex(response.data) === secret) expect(["my-number", "unclear"]).toContain(content);
            return response;
          },
        };
        let current = "";
        const sink = { write: (line: string) => lines.push(line), personal: true };
        const channel = withTrace(inner, { sink, atr: fromHex("3B00"), applications: disclosedApplications });
        for (current of dialogue) await channel.transmit(decodeCommand(fromHex(current)));
        expect(lines.join("\n")).not.toContain(secret);
      }),
      { numRuns: 2000 },
    );
  });
});
