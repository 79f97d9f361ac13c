import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
import { fetchCatalogue } from "../../portal/procedures/client.ts";
import { type Procedure, procedureOf } from "../../portal/procedures/search.ts";
import type { FollowedApplication, Municipality } from "../../portal/procedures/wire.ts";
import type { Input } from "../command.ts";

/**
 * The procedure that the command line names.
 * @throws {MynakitError} ERR_USAGE_ARGUMENT, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function procedureNamed(platform: Platform, { arguments: { id } }: Input): Promise<Procedure> {
  const procedure = procedureOf(await fetchCatalogue(platform), String(id));
  if (procedure) return procedure;
  const allowed = "mynakit portal procedures search";
  throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "id", problem: "not-allowed", allowed });
}

/** A municipality as results show it. */
export const shownMunicipality = ({ code, name, prefecture }: Municipality) => ({ code, name, prefecture });

/** What results show of every procedure. */
export const shownProcedure = ({ id, title, summary, lifeEvents, channel, from, until, open }: Procedure) => ({
  id,
  title,
  summary,
  lifeEvents: [...lifeEvents],
  channel,
  from,
  until,
  open,
});

/** An application as results show it. */
export const shownApplication = ({ events, ...application }: FollowedApplication) => ({
  ...application,
  events: [...events],
});
