import { withdrawApplication } from "../../portal/procedures/applications.ts";
import { fetchCatalogue } from "../../portal/procedures/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";
import { shownApplication } from "./shown-procedure.ts";

/** Withdraws (取下) an application on which nothing was decided. Needs no card. */
export const run: Run<DataOf<"portal withdraw">> = async (context, input) => {
  const { platform, accessToken, newKey } = await portalService(context);
  const application = String(input.arguments.id).toLowerCase();
  const catalogue = await fetchCatalogue(platform);
  const withdrawn = await withdrawApplication(platform, accessToken, { application, idempotencyKey: newKey() });
  return { data: { ...shownApplication(withdrawn, catalogue), platform: shownPlatform(platform) } };
};
