/** How a card is connected: by its contacts, or through the air at 106 or 424 kbit/s. */
export const links = ["contact", "nfc106", "nfc424"] as const;

export type Link = (typeof links)[number];

export const isLink = (text: string): text is Link => links.some((link) => link === text);

interface LinkModel {
  /** Of one byte on the wire, with its start, stop, parity and guard bits. */
  readonly byteMillis: number;
  /** What one frame carries of an APDU, and what it adds to that, in bytes. */
  readonly frameContent: number;
  readonly frameExtra: number;
  /** From the end of a frame to the beginning of the next in the other direction. */
  readonly turnMillis: number;
  /** What program, USB and reader add to each command. */
  readonly hostMillis: number;
}

/**
 * T=1 (ISO/IEC 7816-3): prologue 3, LRC 1; 254 bytes of content as the ATRs of the contact cards say; 11 bits a byte. The bit
 * rate follows from TA1 = 13 of the commonest contact ATR (Fi 372, Di 4) and a clock of 4 MHz, which is estimated, as are
 * turn-around and the share of the host: chosen so that a refused READ BINARY takes the 12 ms that were measured (OpenSC #3169).
 */
const contact: LinkModel = {
  byteMillis: (11 * 372) / 4 / 4000,
  frameContent: 254,
  frameExtra: 4,
  turnMillis: 0.3,
  hostMillis: 5,
};

/**
 * ISO/IEC 14443-3 and -4, type B: 10 bits a byte and an estimated guard time of 1; frames of 256 bytes as the protocol info in
 * the contactless ATRs says, of which PCB, CID and CRC take 4; start and end of a frame as long as 3 bytes. Turn-around (TR0 and
 * TR1 at their least, rounded up) and the host's share are estimated; the sums fit what was measured, see `chipMillis`.
 */
const contactless = (kilobits: number): LinkModel => ({
  byteMillis: 11 / kilobits,
  frameContent: 252,
  frameExtra: 7,
  turnMillis: 0.4,
  hostMillis: 20,
});

const models: Readonly<Record<Link, LinkModel>> = {
  contact,
  nfc106: contactless(105.9375),
  nfc424: contactless(423.75),
};

/** Instructions with which the chip signs: COMPUTE DIGITAL SIGNATURE and INTERNAL AUTHENTICATE. */
const signs: readonly (number | undefined)[] = [0x2a, 0x88];
/** READ BINARY, READ RECORD, GET DATA. */
const reads: readonly (number | undefined)[] = [0xb0, 0xb2, 0xca];
const select = 0xa4;
const verify = 0x20;

/**
 * How long the chip itself works, in milliseconds. What was measured once, on a contactless reader, is whole commands: SELECT 30
 * to 65, VERIFY 45 to 65, a signature 710, a certificate 1400 to 1900, the four attributes 340 (mnbcard, 2022-07). From these
 * the modelled share of link and host was taken off at 106 kbit/s; the reader's real bit rate is not published. That a chip
 * works as fast on contacts, and `any`, are estimated.
 */
const chipMillis = { select: 25, verify: 32, sign: 656, readByte: 0.7, any: 3 } as const;

/** What one command costs on a link, in milliseconds: the same for the same bytes. `response` ends with its status word. */
export function linkMillis(link: Link, command: Uint8Array, response: Uint8Array): number {
  const model = models[link];
  const carried = carryMillis(model, command.length) + carryMillis(model, response.length);
  return model.hostMillis + carried + worked(command, response);
}

/** An APDU in as many frames as it needs; each but the last is acknowledged by a frame without content. */
function carryMillis({ byteMillis, frameContent, frameExtra, turnMillis }: LinkModel, length: number): number {
  const content = Math.max(1, Math.ceil(length / frameContent));
  const frames = 2 * content - 1;
  return (length + frames * frameExtra) * byteMillis + frames * turnMillis;
}

function worked(command: Uint8Array, response: Uint8Array): number {
  const ins = command[1];
  // A retry query is the header alone.
  if (ins === verify && command.length > 5) return chipMillis.verify;
  if (response.at(-2) !== 0x90) return chipMillis.any;
  if (ins === select) return chipMillis.select;
  if (signs.includes(ins)) return chipMillis.sign;
  if (reads.includes(ins)) return chipMillis.any + chipMillis.readByte * (response.length - 2);
  return chipMillis.any;
}
