import { describe, expect, test } from "vitest";
import { isError } from "../../../src/errors.ts";
import { withCard } from "../../../src/jpki/card.ts";
import { parseSerial, readSerial } from "../../../src/jpki/common/serial.ts";
import { connect, scriptedReader } from "../support/readers.ts";

const digits = "9912345678901239900120300102";
const record = `011C${Buffer.from(digits).toString("hex").toUpperCase()}`;
const expected = {
  serialNumber: "991234567890123",
  manufactureNumber: "1234567890123",
  municipality: "99001",
  expiry: "20300102",
};

const read = (answers: Readonly<Record<string, string>>) => {
  const reader = scriptedReader({ answer: (command) => answers[command] ?? "6A82" });
  return { reader, result: withCard(reader, { connect }, readSerial) };
};

const select = "00A4040C0AD3921000310001010100";

describe("the numbers of a card", () => {
  test("take two commands, and no PIN", async () => {
    const { reader, result } = read({ [select]: "9000", "00B2010C00": `${record}9000` });
    expect(await result).toEqual(expected);
    expect(reader.log).toEqual([select, "00B2010C00"]);
    expect(reader.dispositions).toEqual(["leave"]);
  });

  test.each(["6A86", "6A82", "6D00"])("are read by SELECT where the short file id is answered %s", async (sw) => {
    const { reader, result } = read({
      [select]: "9000",
      "00B2010C00": sw,
      "00A4020C020001": "9000",
      "00B2010400": `${record}9000`,
    });
    expect(await result).toEqual(expected);
    expect(reader.log).toHaveLength(4);
  });

  test.each([
    ["another kind of card", {}, "ERR_CARD_KIND"],
    [
      "an absent record",
      { [select]: "9000", "00B2010C00": "6A83", "00A4040C0AD392F000260100000001": "9000" },
      "ERR_CARD_FILE",
    ],
    ["a record of letters", { [select]: "9000", "00B2010C00": `011C${"41".repeat(28)}9000` }, "ERR_CARD_FILE"],
    ["an answer out of place", { [select]: "9000", "00B2010C00": "6F00" }, "ERR_CARD_ANSWER"],
  ] as const)("of %s are an error", async (_, answers, code) => {
    await expect(read(answers).result).rejects.toSatisfy((error) => isError(error, code));
  });

  test.each(["", "01", "011C", "021C39", record.slice(0, -2), `${record}39`])("are not in %s", (hex) => {
    expect(() => parseSerial(Buffer.from(hex, "hex"))).toThrow(SyntaxError);
  });
});
