import { optionValue, switchesOf } from "./commands/switches.ts";
import { MynakitError } from "./errors.ts";
import type { Host } from "./host.ts";
import { chooseLanguage, loadMessages } from "./ui/messages/load.ts";
import { reporter } from "./ui/report.ts";

/** Anything that is not one of our errors is a fault of ours. */
function asMynakitError(error: unknown, host: Host): MynakitError {
  if (error instanceof MynakitError) return error;
  if (host.interrupted.aborted)
    return new MynakitError("ERR_CANCELLED", { signal: String(host.interrupted.reason) }, { cause: error });
  const reason = error instanceof Error ? error.message : "unknown";
  return new MynakitError("ERR_INTERNAL", { reason }, { cause: error });
}

export interface Outcome {
  readonly exitCode: number;
  /** True where only a signal ends the process at once: a reader has swallowed a command. */
  readonly stuck: boolean;
}

/**
 * One run of the program: parse, run the command, render its result, name the exit code.
 * The one place that puts real parts together is `assemble`, loaded with the first command.
 */
export async function main(host: Host): Promise<Outcome> {
  const { argv } = host;
  const switches = switchesOf(argv);
  const messages = await loadMessages(chooseLanguage(optionValue(switches, "--lang"), host.env));
  const report = reporter(host, messages, {
    json: switches.includes("--json"),
    quiet: switches.includes("--quiet"),
    colour: !switches.includes("--no-color"),
    verbose: switches.includes("--verbose"),
  });
  let release = async (): Promise<boolean> => false;
  const work = async (): Promise<number> => {
    const { parse } = await import("./commands/parse.ts");
    const parsed = parse(argv, host.env);
    if (parsed.kind === "version") {
      const { version } = await import("./version.ts");
      await report.text(`${version}\n`);
      return 0;
    }
    if (parsed.kind === "help") {
      const { helpPage } = await import("./ui/help.ts");
      await report.blocks(helpPage(messages, parsed.words));
      return 0;
    }
    const { commands } = await import("./commands/registry.ts");
    const { assemble } = await import("./assemble.ts");
    const assembled = assemble(host, messages, parsed.command, parsed.options, report);
    release = assembled.release;
    const { run } = await commands[parsed.command].load();
    const result = await run(assembled.context, parsed.input);
    // The card and the reader are free before anything is shown.
    await release();
    await report.success(parsed.command, result);
    result.told?.();
    return result.exit ?? 0;
  };
  try {
    const exitCode = await work();
    return { exitCode, stuck: await release() };
  } catch (caught) {
    const error = asMynakitError(caught, host);
    const stuck = await release();
    await report.failure(error);
    return { exitCode: error.exit, stuck };
  }
}
