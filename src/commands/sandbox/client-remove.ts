import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Takes an OAuth client away; its sessions end. */
export const run: Run<DataOf<"sandbox client remove">> = (context, input) =>
  withStore(context, input, async (store) => {
    const id = String(input.arguments.id);
    const { removeClient } = await import("../../sandbox/operator/clients.ts");
    const sessionsEnded = await removeClient(id, operatorParts(context, store));
    return { data: { database: store.name, id, sessionsEnded } };
  });
