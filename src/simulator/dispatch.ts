import { type CommandApdu, decodeCommand } from "../apdu/command.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import { changeReferenceData } from "./instructions/change-reference-data.ts";
import { computeDigitalSignature } from "./instructions/compute-digital-signature.ts";
import { getChallenge } from "./instructions/get-challenge.ts";
import { readBinary } from "./instructions/read-binary.ts";
import { select } from "./instructions/select.ts";
import { verify } from "./instructions/verify.ts";
import { type CardOs, Refusal } from "./os.ts";

interface Instruction {
  readonly cla: number;
  readonly ins: number;
  readonly execute: (os: CardOs, command: CommandApdu) => ResponseApdu;
}

const instructions: readonly Instruction[] = [
  { cla: 0x00, ins: 0xa4, execute: select },
  { cla: 0x00, ins: 0x20, execute: verify },
  { cla: 0x00, ins: 0x24, execute: changeReferenceData },
  { cla: 0x00, ins: 0x84, execute: getChallenge },
  { cla: 0x00, ins: 0xb0, execute: readBinary },
  { cla: 0x80, ins: 0x2a, execute: computeDigitalSignature },
];

/**
 * Carries out one command as the card's operating system does: form, class, instruction, then the instruction's own checks.
 * @throws {MynakitError} ERR_IO_WRITE where a counter cannot be made durable: then nothing was compared
 */
export function execute(os: CardOs, bytes: Uint8Array): ResponseApdu {
  try {
    const command = decode(bytes);
    const extended = bytes.length > 5 && bytes[4] === 0;
    if (extended && !os.image.switches.extendedLength) throw new Refusal(0x6700);
    checkClass(command.cla);
    return instructionFor(command).execute(os, command);
  } catch (error) {
    if (error instanceof Refusal) return { data: new Uint8Array(), sw: error.sw };
    throw error;
  }
}

function decode(bytes: Uint8Array): CommandApdu {
  try {
    return decodeCommand(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(0x6700);
    throw error;
  }
}

/** CLA (ISO/IEC 7816-4, 5.4.1): no logical channels, secure messaging or chaining. Only 00 and 80 are left. */
function checkClass(cla: number): void {
  const furtherInterindustry = (cla & 0xc0) === 0x40;
  const unknown = !furtherInterindustry && (cla & 0x60) !== 0;
  if (unknown) throw new Refusal(0x6e00);
  if (furtherInterindustry || (cla & 0x03) !== 0) throw new Refusal(0x6881);
  if ((cla & 0x0c) !== 0) throw new Refusal(0x6882);
  if ((cla & 0x10) !== 0) throw new Refusal(0x6884);
}

function instructionFor({ cla, ins }: CommandApdu): Instruction {
  const candidates = instructions.filter((each) => each.ins === ins);
  const instruction = candidates.find((each) => each.cla === cla);
  if (instruction) return instruction;
  throw new Refusal(candidates.length > 0 ? 0x6e00 : 0x6d00);
}
