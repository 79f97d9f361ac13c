import { type CommandApdu, decodeCommand, encodeCommand } from "../../apdu/command.ts";
import { Decoder } from "../../apdu/decode.ts";
import { fromHex, toHex } from "../../apdu/hex.ts";
import { instructionOf } from "../../apdu/instructions.ts";
import { isErrorStatus } from "../../apdu/status.ts";
import { type ApduProblem, MynakitError } from "../../errors.ts";
import { type Card, withCard } from "../../jpki/card.ts";
import { disclosedApplications } from "../../jpki/disclosure.ts";
import { isHarmless } from "../../jpki/pin/fence.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { shownCommand, shownStatus } from "./shown.ts";

type Data = DataOf<"apdu send">;

/**
 * Sends commands as they were typed, in one hold of the card. All of them are judged before the first is sent, by the
 * rule that guards every other command: what could spend or change a PIN does not pass (`jpki/pin/fence.ts`).
 */
export const run: Run<Data> = async (context, input) => {
  const commands = commandsOf(input.arguments.hex as readonly string[]);
  const goOn = input.options.continue === true;
  const { reader, result } = await useReader(context, (chosen, options) =>
    withCard(chosen, { ...options, exact: true }, (card) => exchange(card, commands, goOn, context.messages)),
  );
  const masked = result.exchanges.filter(({ response }) => response.masked).length;
  return {
    data: { reader, ...result },
    warnings: masked > 0 ? [{ code: "WARN_APDU_MY_NUMBER", details: { answers: masked } }] : [],
    ...(result.succeeded ? {} : { exit: 1 }),
  };
};

/**
 * Commands as they are typed, in hexadecimal, of which every one may pass.
 * @throws {MynakitError} ERR_USAGE_APDU, ERR_USAGE_APDU_REFUSED: neither holds a byte of the command
 */
export function commandsOf(words: readonly string[]): CommandApdu[] {
  const commands = words.map((text, index) => commandOf(text, index + 1));
  for (const [index, command] of commands.entries()) refuseUnlessHarmless(command, index + 1);
  return commands;
}

function commandOf(text: string, position: number): CommandApdu {
  // Without the cause: its words tell of lengths that may be digits of a PIN.
  const wrong = (problem: ApduProblem, at = 0) =>
    new MynakitError("ERR_USAGE_APDU", { command: position, at, problem });
  const stranger = text.search(/[^0-9a-f\s:]/i);
  if (stranger >= 0) throw wrong("not-hex", stranger + 1);
  if (text.replace(/[\s:]/g, "").length % 2 !== 0) throw wrong("half-byte", text.length);
  const bytes = fromHex(text);
  if (bytes.length < 4) throw wrong("too-short");
  try {
    return decodeCommand(bytes);
  } catch (error) {
    throw error instanceof SyntaxError ? wrong("lengths") : error;
  }
}

function refuseUnlessHarmless(command: CommandApdu, position: number): void {
  if (isHarmless(command)) return;
  const instruction = instructionOf(command);
  throw new MynakitError("ERR_USAGE_APDU_REFUSED", {
    command: position,
    name: instruction?.name ?? null,
    reason: !instruction || instruction.effect === "reads" ? "not-listed" : instruction.effect,
  });
}

async function exchange(
  card: Card,
  commands: readonly CommandApdu[],
  goOn: boolean,
  messages: Messages,
): Promise<Omit<Data, "reader">> {
  const decoder = new Decoder(disclosedApplications);
  const exchanges: Data["exchanges"] = [];
  let succeeded = true;
  for (const command of commands) {
    if (!succeeded && !goOn) break;
    const response = await card.transmit(command);
    const decoded = decoder.exchange(command, response);
    const masked = decoded.content === "my-number" || decoded.content === "unclear";
    exchanges.push({
      command: shownCommand(toHex(encodeCommand(command)), command, decoded, messages),
      response: { ...shownStatus(command, response, messages), data: masked ? null : toHex(response.data), masked },
    });
    if (isErrorStatus(response.sw)) succeeded = false;
  }
  return { atr: toHex(card.atr), exchanges, succeeded, unsent: commands.length - exchanges.length };
}
