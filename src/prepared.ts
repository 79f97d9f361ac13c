import { writeSync } from "node:fs";
import { optionValue, switchesOf } from "./commands/switches.ts";
import { chooseLanguage } from "./ui/messages/load.ts";
import { mayColour } from "./ui/style.ts";

/** What the launcher knows of the process. */
export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly terminal: () => boolean;
  /** A page that the build made of the program's own output; undefined: there is none. */
  readonly read: (page: string) => Uint8Array | undefined;
}

const help = ["--help", "-h"];
/** The lines that have one answer only. The parser reads every other, and refuses it if it must. */
const harmless = /^((--version|-V|--help|-h|--json|--quiet|--verbose|--no-color|--lang[=\n](ja|en))\n)*$/;

/** The name of the page that answers a command line: `version`, `help.ja`, `help.en.colour`. Null: no page does. */
export function pageOf({ argv, env, terminal }: Omit<Start, "read">): string | null {
  if (!harmless.test(argv.map((word) => `${word}\n`).join(""))) return null;
  if (argv.length > 0 && !argv.some((word) => help.includes(word))) {
    return argv.includes("--version") || argv.includes("-V") ? "version" : null;
  }
  const language = chooseLanguage(optionValue(switchesOf(argv), "--lang"), env);
  const coloured = terminal() && mayColour({ isTTY: true }, env, !argv.includes("--no-color"));
  return `help.${language}${coloured ? ".colour" : ""}`;
}

/**
 * Answers a command line from the pages of the build, so that nothing of the program is loaded.
 * @returns false: the program has to answer, or to tell why nobody can
 */
export function answer(start: Start): boolean {
  const page = pageOf(start);
  const content = page === null ? undefined : start.read(page);
  return content !== undefined && written(content);
}

function written(content: Uint8Array): boolean {
  let done = 0;
  while (done < content.length) {
    try {
      done += writeSync(1, content, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return false;
      // A full pipe that does not block, and nobody else in this thread to let work meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return true;
}
