import { MynakitError, noPinTouched } from "../../errors.ts";
import { approveDevice, denyDevice, lookUpDevice } from "../../login/device/approval.ts";
import { userCodeIn, verificationPath } from "../../login/device/wire.ts";
import { isConfidential, type Platform } from "../../login/platform.ts";
import { apiScopesIn, scopesIn } from "../../portal/wire/api.ts";
import type { Run } from "../command.ts";
import { shownPlatform, signing } from "../login.ts";
import type { DataOf } from "../results.ts";

const argument = "code";

/**
 * Lets another device in with the card, or turns it away. Who asks is shown before anything is decided; a person who
 * gives the whole address, and not what the device shows, has to compare.
 */
export const run: Run<DataOf<"portal approve">> = async (context, { arguments: given, options }) => {
  const typed = String(given.code);
  const isAddress = typed.includes("/");
  if (isAddress && options.yes === true) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--yes", problem: "excludes", allowed: "--yes, URL" });
  }
  if (options.yes !== true && options.deny !== true) await context.requireConfirmable("--yes");
  if (!isAddress && userCodeIn(typed) === undefined) throw malformed();
  const platform = await context.parts.platform();
  const request = await lookUpDevice(
    platform,
    isAddress ? codeIn(typed, platform, context.options.platformNamed) : typed,
  );
  const { userCode, client, device, address, requestedAt, scope } = request;
  const service = request.service === null ? null : { name: request.service, scopes: scopesIn(scope) };
  context.progress({ step: "device-asks", request: { ...request, service } });
  const result = {
    userCode,
    service,
    device: { name: device, client, address, requestedAt },
    platform: shownPlatform(platform),
  };
  if (options.deny === true) {
    await denyDevice(platform, request);
    return { data: { ...result, decision: "denied", ...noPinTouched } };
  }
  if (options.yes !== true) await context.confirmDevice({ userCode, compare: isAddress });
  const card = await signing(context, { platform, purpose: "approve-device" });
  const { pin, registered } = await approveDevice(card, request);
  const inVain = !registered && apiScopesIn(scope).length > 0;
  return {
    data: { ...result, decision: "approved", ...pin },
    ...(inVain && { warnings: [{ code: "WARN_NOT_REGISTERED", details: {} }] }),
  };
};

/** The code in an address of this platform: with another one's, the card would log in somewhere else. */
function codeIn(address: string, platform: Platform, named: boolean): string {
  const page = `${platform.url}${verificationPath}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const code = url?.searchParams.get("user_code") ?? "";
  if (!url || userCodeIn(code) === undefined) throw malformed();
  if (`${url.origin}${url.pathname}` === page) return code;
  if (!named && isConfidential(url) && url.pathname.endsWith(verificationPath)) {
    const allowed = `${url.origin}${url.pathname.slice(0, -verificationPath.length)}`;
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--platform", problem: "missing", allowed });
  }
  throw new MynakitError("ERR_USAGE_ARGUMENT", { argument, problem: "not-allowed", allowed: `${page}?user_code=…` });
}

const malformed = () =>
  new MynakitError("ERR_USAGE_ARGUMENT", { argument, problem: "malformed", allowed: "WDJB-MJHT" });
