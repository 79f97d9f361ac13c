import type { Channel } from "../channel.ts";
import type { CommandApdu } from "../command.ts";
import type { ResponseApdu } from "../response.ts";

const getResponse = 0xc0;

/** Instructions that only read, so that sending one twice does nothing twice: READ BINARY, READ RECORD, GET DATA, GET RESPONSE, GET CHALLENGE, SELECT. */
const readers: ReadonlySet<number> = new Set([0xb0, 0xb2, 0xca, getResponse, 0x84, 0xa4]);

/** More than any answer of a card: the greatest extended response, in pieces of one byte, would still fit. */
const maxPieces = 65536;

/**
 * Fetches what a card keeps back (ISO/IEC 7816-4:2020, 5.3.4): on 61xx it asks with GET RESPONSE until the answer is whole;
 * on 6Cxx it repeats the command once with the length that the card names. Only commands that read are repeated: a VERIFY
 * or a signature could act twice, so for those 6Cxx is the answer.
 */
export function withResponseChaining(inner: Channel): Channel {
  return {
    async transmit(command) {
      const first = await inner.transmit(command);
      const answer = rightLength(first) && readers.has(command.ins) ? await repeat(inner, command, first) : first;
      return collect(inner, command, answer);
    },
  };
}

function repeat(inner: Channel, command: CommandApdu, { sw }: ResponseApdu): Promise<ResponseApdu> {
  return inner.transmit({ ...command, le: lengthIn(sw) });
}

async function collect(inner: Channel, { cla }: CommandApdu, first: ResponseApdu): Promise<ResponseApdu> {
  const pieces = [first.data];
  let { sw } = first;
  while (sw >> 8 === 0x61 && pieces.length < maxPieces) {
    const next = await inner.transmit({ cla: cla & ~0x10, ins: getResponse, p1: 0, p2: 0, le: lengthIn(sw) });
    pieces.push(next.data);
    sw = next.sw;
  }
  return pieces.length === 1 ? first : { data: new Uint8Array(Buffer.concat(pieces)), sw };
}

function rightLength({ sw }: ResponseApdu): boolean {
  return sw >> 8 === 0x6c;
}

/** SW2 as a length, where 00 stands for 256. */
function lengthIn(sw: number): number {
  return sw & 0xff || 256;
}
