import { decodeCommand } from "../apdu/command.ts";
import { encodeResponse } from "../apdu/response.ts";

const select = { ins: 0xa4, p1: 0x04 } as const;
const answers = { ok: 0x9000, notFound: 0x6a82, unknownInstruction: 0x6d00, wrongLength: 0x6700 } as const;

/**
 * A card of another kind: it takes SELECT by the whole name of one of its applications, and nothing else. What such cards answer
 * beyond that is no concern of ours, and for most of them not published.
 * @param names of the applications, in upper-case hexadecimal
 */
export function foreignAnswer(names: readonly string[], command: Uint8Array): Uint8Array {
  return encodeResponse({ data: new Uint8Array(), sw: statusFor(names, command) });
}

function statusFor(names: readonly string[], bytes: Uint8Array): number {
  try {
    const { ins, p1, data } = decodeCommand(bytes);
    if (ins !== select.ins) return answers.unknownInstruction;
    const name = Buffer.from(data ?? [])
      .toString("hex")
      .toUpperCase();
    return p1 === select.p1 && names.includes(name) ? answers.ok : answers.notFound;
  } catch (error) {
    if (error instanceof SyntaxError) return answers.wrongLength;
    throw error;
  }
}
