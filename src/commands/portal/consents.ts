import { fetchConsents, withdrawConsent } from "../../portal/consents.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";

/** Lists what whoever is logged in has let external services do, or takes one of it back. */
export const run: Run<DataOf<"portal consents">> = async (context, { options: { end } }) => {
  const { platform, accessToken, newKey } = await portalService(context);
  const withdrawn = end === undefined ? null : String(end);
  const consents =
    withdrawn === null
      ? await fetchConsents(platform, accessToken)
      : await withdrawConsent(platform, accessToken, { consent: withdrawn, idempotencyKey: newKey() });
  const shown = consents.map(({ scopes, ...consent }) => ({ ...consent, scopes: [...scopes] }));
  return { data: { consents: shown, withdrawn, platform: shownPlatform(platform) } };
};
