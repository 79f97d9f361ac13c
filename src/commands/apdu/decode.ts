import { DialogueError, type DialogueLine, parseDialogue, type Recorded } from "../../apdu/channels/dialogue.ts";
import { type CommandApdu, decodeCommand } from "../../apdu/command.ts";
import { Decoder } from "../../apdu/decode.ts";
import { toHex } from "../../apdu/hex.ts";
import { decodeResponse } from "../../apdu/response.ts";
import { type DialogueProblem, MynakitError } from "../../errors.ts";
import { disclosedApplications } from "../../jpki/disclosure.ts";
import type { Run } from "../command.ts";
import { readContentOrInput } from "../content.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { shownCommand, shownStatus, tagHex } from "./shown.ts";

type Data = DataOf<"apdu trace decode">;
type Session = Data["sessions"][number];
type Exchange = Session["exchanges"][number];

/** A dialogue of some hours. */
const mostBytes = 32 * 1024 * 1024;

/** Puts a recorded or hand-written dialogue into words. No card is touched. */
export const run: Run<Data> = async (context, input) => {
  const file = String(input.arguments.file);
  const text = Buffer.from(await readContentOrInput(context.host, file, mostBytes)).toString("utf8");
  try {
    const lines = parseDialogue(text);
    return { data: { file, sessions: sessionsOf(lines, context), summary: summaryOf(lines) } };
  } catch (cause) {
    if (!(cause instanceof DialogueError)) throw cause;
    throw new MynakitError("ERR_IO_TRACE", { file, line: cause.line, problem: cause.problem }, { cause });
  }
};

function sessionsOf(lines: readonly DialogueLine[], context: Context): Session[] {
  const sessions: Session[] = [];
  let session: Session | undefined;
  let decoder = new Decoder(disclosedApplications);
  lines.forEach((line, index) => {
    if (line.kind === "atr" || !session) {
      session = { atr: line.kind === "atr" ? toHex(filled(line.bytes)) : null, exchanges: [] };
      decoder = new Decoder(disclosedApplications);
      sessions.push(session);
    }
    if (line.kind === "response" && lines[index - 1]?.kind !== "command") throw problem(line, "no-command");
    if (line.kind === "command") session.exchanges.push(exchangeOf(decoder, line, lines[index + 1], context));
  });
  return sessions;
}

function exchangeOf(
  decoder: Decoder,
  asked: DialogueLine,
  next: DialogueLine | undefined,
  { messages, options }: Context,
): Exchange {
  const answered = next?.kind === "response" ? next : null;
  const command = commandOf(asked);
  const response = answered && decodeResponse(filled(answered.bytes));
  const decoded = decoder.exchange(command, response);
  const name = asked.bytes[1] === null ? null : decoded.name;
  const concealed = answered?.concealed !== undefined;
  const objects = concealed ? [] : decoded.objects;
  return {
    line: asked.line,
    command: shownCommand(recordedHex(asked.bytes), command, { ...decoded, name }, messages),
    response: response && {
      ...shownStatus(command, response, messages),
      content: decoded.content,
      concealed,
      milliseconds: answered?.milliseconds ?? null,
      ...(options.verbose && {
        objects: objects.map(({ depth, tag, length, value }) => ({
          depth,
          tag: tagHex(tag),
          length,
          value: value && toHex(value),
        })),
      }),
    },
  };
}

function commandOf(line: DialogueLine): CommandApdu {
  try {
    return decodeCommand(filled(line.bytes));
  } catch (error) {
    throw error instanceof SyntaxError ? problem(line, "malformed-command") : error;
  }
}

const problem = ({ line }: DialogueLine, what: DialogueProblem): DialogueError => new DialogueError(line, what);

/** Concealed bytes as zeros: what is made of them is told by its length only. */
const filled = (bytes: Recorded): Uint8Array => Uint8Array.from(bytes, (byte) => byte ?? 0);

const recordedHex = (bytes: Recorded): string =>
  bytes.map((byte) => (byte === null ? "**" : toHex(Uint8Array.of(byte)))).join("");

function summaryOf(lines: readonly DialogueLine[]): Data["summary"] {
  const commands = lines.filter(({ kind }) => kind === "command");
  const responses = lines.filter(({ kind }) => kind === "response");
  const bytes = (some: readonly DialogueLine[]) => some.reduce((sum, line) => sum + line.bytes.length, 0);
  const concealing = (some: readonly DialogueLine[]) => some.filter(({ concealed }) => concealed).length;
  const times = responses.flatMap(({ milliseconds }) => milliseconds ?? []);
  return {
    commands: commands.length,
    bytesSent: bytes(commands),
    bytesReceived: bytes(responses),
    milliseconds: times.length > 0 ? times.reduce((sum, time) => sum + time, 0) : null,
    concealed: { commands: concealing(commands), responses: concealing(responses) },
  };
}
