import type { Run } from "../command.ts";
import { shownApplication } from "../portal/shown-procedure.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Takes an application a step on, as the municipality does. */
export const run: Run<DataOf<"sandbox application advance">> = (context, input) =>
  withStore(context, input, async (store) => {
    const { advance } = await import("../../sandbox/procedures/states.ts");
    const { catalogueOn } = await import("../../sandbox/procedures/catalogue.ts");
    const moved = await advance(String(input.arguments.id).toLowerCase(), operatorParts(context, store));
    return { data: { ...shownApplication(moved, catalogueOn(store.now())), database: store.name } };
  });
