import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { operate } from "./operate.ts";

/** Opens an account at a cashless service; its security code is shown this once. */
export const run: Run<DataOf<"sandbox service account">> = (context, input) =>
  operate(context, input, async ({ db, name }) => {
    const { holder, ward } = input.options;
    if (holder === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "--holder", problem: "missing" });
    const service = String(input.arguments.service);
    const serviceId = String(input.arguments["service-id"]);
    const order = { service, serviceId, holder: String(holder), ward: ward === undefined ? null : String(ward) };
    const { addAccount } = await import("../../sandbox/points/services.ts");
    const now = () => context.clock({})().getTime();
    const { securityCode } = await addAccount(order, { db, now, random: context.host.random });
    return { data: { database: name, service, serviceId, securityCode } };
  });
