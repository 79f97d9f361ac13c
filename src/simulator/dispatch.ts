import { type CommandApdu, decodeCommand } from "../apdu/command.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import type { ApplicationName } from "../jpki/applications.ts";
import { changeKey, changeReferenceData } from "./instructions/change-reference-data.ts";
import { computeDigitalSignature } from "./instructions/compute-digital-signature.ts";
import { getChallenge } from "./instructions/get-challenge.ts";
import { getData } from "./instructions/get-data.ts";
import { internalAuthenticate } from "./instructions/internal-authenticate.ts";
import { readBinary } from "./instructions/read-binary.ts";
import { readRecord } from "./instructions/read-record.ts";
import { issuersAlone, lastCommand, setPublicIcKey, setSessionKey } from "./instructions/refused.ts";
import { select } from "./instructions/select.ts";
import { verify } from "./instructions/verify.ts";
import { type CardOs, type ReceivedCommand, Refusal } from "./os.ts";

interface Instruction {
  readonly cla: number;
  readonly ins: number;
  /** Known in these alone, if given. */
  readonly applications?: readonly ApplicationName[];
  readonly execute: (os: CardOs, command: ReceivedCommand) => ResponseApdu;
}

const selectInstruction: Instruction = { cla: 0x00, ins: 0xa4, execute: select };

/** ERASE, LOCK DF, UNLOCK DF, UNLOCK KEY, MANAGE ATTRIBUTES. */
const issuersInstructions = [0x06, 0x50, 0x52, 0x54, 0x8a];

const instructions: readonly Instruction[] = [
  selectInstruction,
  { cla: 0x00, ins: 0x20, execute: verify },
  { cla: 0x00, ins: 0x24, applications: ["jpki", "text"], execute: changeReferenceData },
  { cla: 0x80, ins: 0x32, applications: ["common", "juki"], execute: changeKey },
  { cla: 0x00, ins: 0x84, execute: getChallenge },
  { cla: 0x00, ins: 0x88, execute: internalAuthenticate },
  { cla: 0x00, ins: 0xb0, execute: readBinary },
  { cla: 0x00, ins: 0xb2, execute: readRecord },
  { cla: 0x00, ins: 0xca, execute: getData },
  { cla: 0x80, ins: 0x2a, execute: computeDigitalSignature },
  { cla: 0x80, ins: 0xa2, execute: setPublicIcKey },
  { cla: 0x80, ins: 0xae, execute: setSessionKey },
  { cla: 0x80, ins: 0xfc, execute: lastCommand },
  ...issuersInstructions.map((ins) => ({ cla: 0x80, ins, execute: issuersAlone })),
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
    checkClass(command);
    return instructionFor(os, command).execute(os, { ...command, extended });
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

/**
 * CLA (ISO/IEC 7816-4, 5.4.1): no logical channels, chaining, or secure messaging without a session. Only 00 and 80 are left.
 * Source for the two answers to secure messaging: public measurements (myna-card).
 */
function checkClass({ cla, ins }: CommandApdu): void {
  const furtherInterindustry = (cla & 0xc0) === 0x40;
  const unknown = !furtherInterindustry && (cla & 0x60) !== 0;
  if (unknown) throw new Refusal(0x6e00);
  if (furtherInterindustry || (cla & 0x03) !== 0) throw new Refusal(0x6881);
  if ((cla & 0x0c) !== 0) throw new Refusal(ins === selectInstruction.ins ? 0x6882 : 0x69fc);
  if ((cla & 0x10) !== 0) throw new Refusal(0x6884);
}

function instructionFor({ session }: CardOs, { cla, ins }: CommandApdu): Instruction {
  const here = ({ applications }: Instruction) =>
    applications === undefined || applications.some((each) => each === session.application);
  const candidates = instructions.filter((each) => each.ins === ins && here(each));
  const instruction = candidates.find((each) => each.cla === cla);
  if (instruction) return instruction;
  throw new Refusal(candidates.length > 0 ? 0x6e00 : 0x6d00);
}
