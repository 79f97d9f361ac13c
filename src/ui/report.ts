import { inspect } from "node:util";
import type { Announced, Result, Warning } from "../commands/command.ts";
import type { Progress } from "../commands/context.ts";
import type { CommandName } from "../commands/registry.ts";
import type { PartName } from "../commands/results.ts";
import { isError, MynakitError, noPinTouched } from "../errors.ts";
import type { Host } from "../host.ts";
import { printable } from "../printable.ts";
import { errorText, failureDocument, partDocument, successDocument, warningText } from "./envelope.ts";
import { type Block, layOut } from "./layout.ts";
import type { Messages } from "./messages/messages.ts";
import { progressDisplay } from "./progress.ts";
import { mayColour, painter } from "./style.ts";

export interface ReportOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
  readonly verbose: boolean;
}

/** The way out of the program: results to stdout, everything else to stderr; JSON documents or words, from one result. */
export interface Reporter {
  progress(progress: Progress): void;
  /** Takes a spinner away before something else is shown. */
  clear(): void;
  warn(warning: Warning): void;
  text(text: string): Promise<void>;
  blocks(blocks: readonly Block[]): Promise<void>;
  success(command: CommandName, result: Result<unknown> | Announced): Promise<void>;
  /** One of several results of a command, as soon as it is there. */
  part(name: PartName, data: unknown, error?: MynakitError): Promise<void>;
  announce(command: CommandName, line: string, progress: Progress, data: unknown): void;
  failure(error: MynakitError): Promise<void>;
}

type Failure = Error & { readonly code?: string };

/**
 * Resolves when the stream has taken the bytes, so that the process may end.
 * @returns why it did not take them; that a pipe is closed is no failure of ours
 */
function put(stream: NodeJS.WriteStream, content: string | Uint8Array): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    stream.write(content, (error?: Failure | null) => resolve(!error || error.code === "EPIPE" ? undefined : error));
  });
}

const outputPath = "stdout";
const isOutputFailure = (error: MynakitError): boolean =>
  isError(error, "ERR_IO_WRITE") && error.details.path === outputPath;

/** After a PIN that was to be changed went to the card: which one holds now. */
function changeLines(changed: boolean | null | undefined, { words }: Messages): { text: string }[] {
  if (changed === false) return [{ text: words.pinKept }];
  return changed === null ? [{ text: words.pinUnclear }] : [];
}

export function reporter(host: Host, messages: Messages, options: ReportOptions): Reporter {
  const display = progressDisplay(host, messages, options);
  const warnings: Warning[] = [];
  const { words } = messages;

  /** @throws {MynakitError} ERR_IO_WRITE: a full disk behind a redirection */
  const write = async (content: string | Uint8Array): Promise<void> => {
    const failure = await put(host.stdout, content);
    if (!failure) return;
    const reason = failure.code ?? failure.message;
    throw new MynakitError("ERR_IO_WRITE", { path: outputPath, reason }, { cause: failure });
  };
  /** That standard error takes nothing could be told to nobody. */
  const tell = async (content: string): Promise<void> => void (await put(host.stderr, content));

  const laidOut = async (stream: NodeJS.WriteStream, blocks: readonly Block[]): Promise<string> =>
    layOut(blocks, await painter(mayColour(stream, host.env, options.colour)));

  const showWarnings = async (all: readonly Warning[]): Promise<void> => {
    if (all.length === 0) return;
    const lines = all.map((warning) => ({
      text: `${words.warning}: ${warningText(messages, warning)}`,
      style: "caution" as const,
    }));
    await tell(await laidOut(host.stderr, [{ kind: "lines", lines }]));
  };

  const humanResult = async (command: CommandName, result: Result<unknown>): Promise<void> => {
    const { viewOf } = await import("./views/index.ts");
    const blocks = await viewOf(command, result.data, messages);
    const [only] = blocks;
    if (only?.kind === "raw") await write(only.content);
    else if (blocks.length > 0) await write(await laidOut(host.stdout, blocks));
  };

  return {
    progress: display.show,
    clear: display.stop,
    warn: (warning) => {
      warnings.push(warning);
    },
    text: (text) => write(text),
    blocks: async (blocks) => write(await laidOut(host.stdout, blocks)),
    async success(command, result) {
      display.stop();
      const all = [...warnings, ...(result.warnings ?? [])];
      if ("announced" in result) return showWarnings(all);
      if (options.json) return write(`${successDocument(messages, command, result, all)}\n`);
      await humanResult(command, result);
      await showWarnings(all);
    },
    async part(name, data, error) {
      if (host.stdout.isTTY) display.stop();
      // Each is told once, with the first document behind it.
      if (options.json)
        return write(`${partDocument(messages, name, { data, error, warnings: warnings.splice(0) })}\n`);
      const { partView } = await import("./views/index.ts");
      await write(await laidOut(host.stdout, await partView(name, data, messages, error)));
    },
    announce(command, line, progress, data) {
      display.show(progress);
      host.stdout.write(`${options.json ? successDocument(messages, command, { data }, warnings) : line}\n`);
    },
    async failure(error) {
      display.stop();
      if (options.json && !isOutputFailure(error)) {
        const document = `${failureDocument(messages, error, warnings)}\n`;
        // Where it cannot be written, words say it, and the exit code stays that of the error.
        if (!(await put(host.stdout, document))) return;
      }
      await showWarnings(warnings);
      const { message, hint } = errorText(messages, error);
      const touched = error.pin !== noPinTouched || error.code.startsWith("ERR_PIN_");
      const lines = [
        ...message.split("\n").map((text) => ({ text, style: "bad" as const })),
        ...(error.step ? [{ text: words.failedStep[error.step] }] : []),
        ...(touched ? [{ text: error.pin.pinSent ? words.pinSent : words.pinNotSent }] : []),
        ...(error.pin.pinSent ? changeLines(error.pin.changed, messages) : []),
        ...hint.split("\n").map((text) => ({ text })),
        { text: `${error.code} (${error.exit})`, style: "muted" as const },
      ];
      await tell(await laidOut(host.stderr, [{ kind: "lines", lines }]));
      if (options.verbose && error.cause !== undefined) {
        const cause = inspect(error.cause, { depth: 4 }).split("\n").map(printable);
        await tell(`${cause.join("\n")}\n`);
      }
    },
  };
}
