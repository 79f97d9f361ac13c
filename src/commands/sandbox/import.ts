import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { withMadeStore } from "./database.ts";

/** Takes in what was exported, into a database that has nothing yet. The file is checked before one is made. */
export const run: Run<DataOf<"sandbox import">> = async (context, input) => {
  const { interrupted } = context.host;
  const file = String(input.arguments.file);
  const { openExport } = await import("../../sandbox/store/moving/read.ts");
  const { checkExport, importPlatform } = await import("../../sandbox/store/moving/import.ts");
  const exported = openExport(file);
  try {
    await checkExport(exported, interrupted);
    return await withMadeStore(context, input, async (store) => {
      const moved = await importPlatform(store, exported, interrupted);
      return { data: { database: store.name, file, ...moved } };
    });
  } finally {
    exported.close();
  }
};
