import { MynakitError } from "../../errors.ts";
import { fetchDemands, pay } from "../../portal/payments.ts";
import { paymentMeans } from "../../portal/wire/payments.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";

/** Lists what is to be paid, or pays one of it, once the person has said so; no money moves. */
export const run: Run<DataOf<"portal pay">> = async (context, { arguments: { demand: id }, options }) => {
  const means = paymentMeans.find((one) => one === options.by);
  if (id !== undefined && !means) {
    throw new MynakitError("ERR_USAGE_OPTION", {
      option: "--by",
      problem: "missing",
      allowed: paymentMeans.join(", "),
    });
  }
  const confirms = id !== undefined && options.yes !== true;
  if (confirms) await context.requireConfirmable("--yes");
  const { platform, accessToken, newKey } = await portalService(context);
  const demands = await fetchDemands(platform, accessToken);
  if (id === undefined || !means) return { data: { demands, platform: shownPlatform(platform) } };
  const demand = demands.find((one) => one.id === id);
  if (confirms && demand?.paid === null) await context.confirmPayment({ ...demand, means });
  const paid = await pay(platform, accessToken, { demand: String(id), means, idempotencyKey: newKey() });
  return { data: { demands: [paid], platform: shownPlatform(platform) } };
};
