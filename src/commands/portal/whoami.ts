import { whoami } from "../../portal/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { issuerIn } from "./issuer.ts";
import { standingSession } from "./session.ts";

/** Shows who is logged in, as the platform sees it. Needs no card. */
export const run: Run<DataOf<"portal whoami">> = async (context, input) => {
  const provider = issuerIn(context, input);
  if (provider !== undefined) {
    const { whoamiAtIssuer } = await import("./issuer-session.ts");
    return whoamiAtIssuer(context, provider);
  }
  const { session, platform } = await standingSession(context);
  const { subject, expiresAt, certificate } = await whoami(platform, session.accessToken);
  const { issuer, serialNumber, revocation } = certificate;
  return {
    data: {
      session: { subject, expiresAt },
      certificate: { issuer, serialNumber, revocation },
      claims: null,
      platform: shownPlatform(platform),
    },
  };
};
