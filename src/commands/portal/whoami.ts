import { MynakitError } from "../../errors.ts";
import { loadSession } from "../../login/session.ts";
import { platformAddress } from "../../platforms.ts";
import { whoami } from "../../portal/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** Shows who is logged in, as the platform sees it. Needs no card. */
export const run: Run<DataOf<"portal whoami">> = async (context) => {
  const url = platformAddress(context.options.platform);
  const session = await loadSession(context.home, url);
  if (!session) throw new MynakitError("ERR_PLATFORM_SESSION", { platform: url });
  const platform = await context.parts.platform();
  const { subject, expiresAt, certificate } = await whoami(platform, session.accessToken);
  const { issuer, serialNumber, revocation } = certificate;
  return {
    data: {
      session: { subject, expiresAt },
      certificate: { issuer, serialNumber, revocation },
      platform: shownPlatform(platform),
    },
  };
};
