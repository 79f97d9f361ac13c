import type { Store } from "../../sandbox/store/store.ts";
import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Shows how many persons can reserve and how many have, after setting it where asked to. */
export const run: Run<DataOf<"sandbox capacity">> = async (context, input) => {
  const { set } = input.options;
  const most = set === undefined ? undefined : limitIn("--set", set);
  const work = async (store: Store) => {
    const { setCapacity } = await import("../../sandbox/operator/capacity.ts");
    const { reservationCap, reservationQuota } = await import("../../sandbox/mykey/rules.ts");
    const { quotaOf } = await import("../../sandbox/store/quota.ts");
    if (most !== undefined) await setCapacity(most, operatorParts(context, store));
    const { taken, limit, set: byOperator } = await quotaOf(store.db, reservationQuota, reservationCap);
    return {
      data: { database: store.name, limit, taken, left: Math.max(0, limit - taken), setByOperator: byOperator },
    };
  };
  return withStore(context, input, work, most !== undefined);
};

/** A number of places, or null for `published`. @throws {MynakitError} ERR_USAGE_OPTION */
function limitIn(option: string, value: unknown): number | null {
  return value === "published" ? null : wholeNumber(option, value, [0, 999_999_999]);
}
