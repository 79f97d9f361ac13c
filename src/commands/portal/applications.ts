import { MynakitError } from "../../errors.ts";
import { listApplications } from "../../portal/procedures/applications.ts";
import { fetchCatalogue } from "../../portal/procedures/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";
import { shownApplication } from "./shown-procedure.ts";

/** Follows the person's applications, or one of them, through their states. Needs no card. */
export const run: Run<DataOf<"portal applications">> = async (context, { arguments: { id } }) => {
  const { platform, accessToken } = await portalService(context);
  const all = await listApplications(platform, accessToken);
  const wanted = id === undefined ? all : all.filter((each) => each.id === String(id).toLowerCase());
  if (id !== undefined && wanted.length === 0) {
    const reason = "application-unknown";
    throw new MynakitError("ERR_PLATFORM_REFUSED", { reason, description: "this person has no such application" });
  }
  const catalogue = await fetchCatalogue(platform);
  const applications = wanted.map((each) => shownApplication(each, catalogue));
  return { data: { applications, platform: shownPlatform(platform) } };
};
