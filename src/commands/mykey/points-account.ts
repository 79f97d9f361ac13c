import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/** Chooses the basic municipal points account (基本自治体ポイント口座), or none. */
export const run: Run<DataOf<"mykey points-account">> = async (context, { arguments: { municipality } }) =>
  settings(context, { pointsMunicipality: municipality === "none" ? null : String(municipality) });
