import { MynakitError } from "../../errors.ts";
import { isMunicipality } from "../../mykey/settings.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/**
 * Chooses the basic municipal points account (基本自治体ポイント口座), or none.
 * @throws {MynakitError} ERR_USAGE_ARGUMENT before the card is used
 */
export const run: Run<DataOf<"mykey points-account">> = async (context, input) => {
  const municipality = String(input.arguments.municipality).normalize("NFKC");
  if (municipality === "none") return settings(context, input, { pointsMunicipality: null });
  if (!isMunicipality(municipality)) {
    const argument = "municipality";
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument, problem: "malformed", allowed: "131016" });
  }
  return settings(context, input, { pointsMunicipality: municipality });
};
