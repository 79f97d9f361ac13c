import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { shownClient } from "./client.ts";
import { withReadStore } from "./database.ts";

/** Lists the OAuth clients that are registered. */
export const run: Run<DataOf<"sandbox client list">> = (context, input) =>
  withReadStore(context, input, async (store) => {
    const { listClients } = await import("../../sandbox/operator/clients.ts");
    const clients = await listClients(store.db);
    return { data: { database: store.name, clients: clients.map(shownClient) } };
  });
