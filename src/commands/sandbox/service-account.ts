import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Opens an account at a cashless service; its security code is shown this once. */
export const run: Run<DataOf<"sandbox service account">> = (context, input) =>
  withStore(context, input, async (store) => {
    const { holder, ward } = input.options;
    if (holder === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "--holder", problem: "missing" });
    // Nobody is their own guardian.
    if (ward === holder) throw new MynakitError("ERR_USAGE_OPTION", { option: "--ward", problem: "not-allowed" });
    const service = String(input.arguments.service);
    const serviceId = String(input.arguments["service-id"]);
    const order = { service, serviceId, holder: String(holder), ward: ward === undefined ? null : String(ward) };
    const { addAccount } = await import("../../sandbox/points/services.ts");
    const { securityCode } = await addAccount(order, operatorParts(context, store));
    return { data: { database: store.name, service, serviceId, securityCode } };
  });
