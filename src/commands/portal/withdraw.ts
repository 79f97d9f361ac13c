import { withdrawApplication } from "../../portal/procedures/applications.ts";
import type { Run } from "../command.ts";
import { newIdempotencyKey } from "../idempotency-key.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { standingSession } from "./session.ts";
import { shownApplication } from "./shown-procedure.ts";

/** Withdraws (取下) an application on which nothing was decided. Needs no card. */
export const run: Run<DataOf<"portal withdraw">> = async (context, input) => {
  const { session, platform } = await standingSession(context);
  const application = String(input.arguments.id).toLowerCase();
  const order = { application, idempotencyKey: newIdempotencyKey(context.host) };
  const withdrawn = await withdrawApplication(platform, session.accessToken, order);
  return { data: { ...shownApplication(withdrawn), platform: shownPlatform(platform) } };
};
