import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import { makeOutput, requireFree } from "../output.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";

/** Writes what the platform keeps to a file, for another database to take in. */
export const run: Run<DataOf<"sandbox export">> = (context, input) => {
  if (input.options.output === undefined) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--output", problem: "missing" });
  }
  const output = { file: String(input.options.output), force: input.options.force === true };
  requireFree(output);
  return withStore(context, input, async (store) => {
    const { exportPlatform } = await import("../../sandbox/store/moving/export.ts");
    const moved = await makeOutput(output, (write) => exportPlatform(store, write, context.host.interrupted));
    return { data: { database: store.name, file: output.file, ...moved } };
  });
};
