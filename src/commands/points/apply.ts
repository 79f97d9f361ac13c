import { MynakitError } from "../../errors.ts";
import { applyForPoints } from "../../mykey/points/client.ts";
import type { Input, Run } from "../command.ts";
import { newIdempotencyKey } from "../idempotency-key.ts";
import { afterLogin, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/**
 * Applies for points with one cashless service. As that cannot be changed afterwards, it is confirmed first; the
 * security code, too, is asked for before the card is used.
 */
export const run: Run<DataOf<"points apply">> = async (context, { options }) => {
  const service = required(options, "service", "--service");
  const serviceId = required(options, "serviceId", "--service-id");
  if (options.yes !== true) await context.requireConfirmable("--yes");
  const platform = await context.parts.platform();
  const codeFile = options.codeFile === undefined ? undefined : String(options.codeFile);
  const securityCode = await context.askSecurityCode({ service, codeFile });
  if (options.yes !== true) await context.confirmApplication({ service, serviceId });
  const login = await logIn(context, { platform, scope: ["mykey"], purpose: "points-apply" });
  return afterLogin(login, async () => {
    const order = { service, serviceId, securityCode };
    const key = newIdempotencyKey(context.host);
    const applied = await applyForPoints(platform, login.session.accessToken, order, key);
    const { sandbox: _sandbox, ...application } = applied;
    return { data: { ...application, platform: shownPlatform(platform), ...login.pin } };
  });
};

/** @throws {MynakitError} ERR_USAGE_OPTION */
function required(options: Input["options"], name: string, option: string): string {
  const value = options[name];
  if (typeof value === "string") return value;
  throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "missing" });
}
