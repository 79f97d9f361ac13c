import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import { shownApplication } from "../portal/shown-procedure.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Sends an application back (差戻し) with the reason, as the municipality does. */
export const run: Run<DataOf<"sandbox application return">> = async (context, input) => {
  const { reason } = input.options;
  if (reason === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "--reason", problem: "missing" });
  return withStore(context, input, async (store) => {
    const { sendBack } = await import("../../sandbox/procedures/states.ts");
    const { catalogueOn } = await import("../../sandbox/procedures/catalogue.ts");
    const id = String(input.arguments.id).toLowerCase();
    const moved = await sendBack(id, String(reason), operatorParts(context, store));
    return { data: { ...shownApplication(moved, catalogueOn(store.now())), database: store.name } };
  });
};
