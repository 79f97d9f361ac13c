import { MynakitError } from "../../errors.ts";
import { changeLink, fetchLinks } from "../../portal/links.ts";
import { type LinkChange, linkServices } from "../../portal/wire/links.ts";
import type { Input, Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";

/** Lists the services that can be linked, links one after the person's consent, or takes one away. */
export const run: Run<DataOf<"portal links">> = async (context, { options }) => {
  const change = changeAsked(options);
  const confirms = change?.action === "connect" && options.yes !== true;
  if (confirms) await context.requireConfirmable("--yes");
  const { platform, accessToken, newKey } = await portalService(context);
  const links = await fetchLinks(platform, accessToken);
  const link = links.find(({ service }) => service === change?.service);
  if (confirms && link?.linkedAt === null) await context.confirmLink(link);
  const now = change ? await changeLink(platform, accessToken, { ...change, idempotencyKey: newKey() }) : links;
  const shown = now.map(({ gets, ...each }) => ({ ...each, gets: [...gets] }));
  return { data: { links: shown, changed: change?.action ?? null, platform: shownPlatform(platform) } };
};

/** @throws {MynakitError} ERR_USAGE_OPTION */
function changeAsked({ connect, remove }: Input["options"]): LinkChange | undefined {
  if (connect !== undefined && remove !== undefined) {
    const allowed = "--connect, --remove";
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--connect", problem: "excludes", allowed });
  }
  const service = linkServices.find((one) => one === connect || one === remove);
  return service && { service, action: connect === undefined ? "remove" : "connect" };
}
