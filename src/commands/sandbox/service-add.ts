import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Registers a cashless service; its token for reports is shown this once. */
export const run: Run<DataOf<"sandbox service add">> = (context, input) =>
  withStore(context, input, async (store) => {
    const service = String(input.arguments.service);
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(service)) {
      throw new MynakitError("ERR_USAGE_ARGUMENT", {
        argument: "service",
        problem: "not-allowed",
        allowed: "a-z, 0-9, -",
      });
    }
    const { addService } = await import("../../sandbox/points/services.ts");
    const { token } = await addService(service, operatorParts(context, store));
    return { data: { database: store.name, service, token } };
  });
