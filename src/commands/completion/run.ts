import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { completionScript, type Shell } from "./scripts.ts";

/** Prints a completion script made from the command definitions. */
export const run: Run<DataOf<"completion">> = async (_context, input) => {
  const shell = input.arguments.shell as Shell;
  return { data: { shell, script: completionScript(shell) } };
};
