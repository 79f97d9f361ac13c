import { MynakitError } from "../../errors.ts";
import { fetchCatalogue } from "../../portal/procedures/client.ts";
import { municipalitiesOf, searchProcedures } from "../../portal/procedures/search.ts";
import type { LifeEvent } from "../../portal/procedures/wire.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { shownMunicipality, shownProcedure } from "./shown-procedure.ts";

/**
 * Procedures of a municipality (ぴったり検索). Needs no login and no card. Where a name is that of several, it lists them,
 * with exit code 1.
 */
export const run: Run<DataOf<"portal procedures search">> = async (context, { options }) => {
  if (options.city === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "--city", problem: "missing" });
  const platform = await context.parts.platform();
  const catalogue = await fetchCatalogue(platform);
  const found = municipalitiesOf(catalogue, String(options.city));
  const [municipality] = found;
  if (!municipality) {
    const allowed = catalogue.municipalities.map(({ code, name }) => `${name} (${code})`).join(", ");
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--city", problem: "not-allowed", allowed });
  }
  const shown = {
    municipalities: found.map(shownMunicipality),
    asOf: catalogue.asOf,
    platform: shownPlatform(platform),
  };
  if (found.length > 1) return { data: { ...shown, procedures: [] }, exit: 1 };
  const procedures = searchProcedures(catalogue, {
    municipality,
    ...(options.for === undefined ? {} : { lifeEvent: options.for as LifeEvent }),
    ...(options.keyword === undefined ? {} : { keyword: String(options.keyword) }),
  });
  return { data: { ...shown, procedures: procedures.map(shownProcedure) } };
};
