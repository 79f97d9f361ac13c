import { MynakitError, noPinTouched, type PinReport } from "../../errors.ts";
import { reportingSigned } from "../../login/card-login.ts";
import { loginByCard, loginByCode, loginByDevice } from "../../login/issuer/login.ts";
import type { Issuer, LoginWay } from "../../login/issuer/provider.ts";
import { type IssuerSession, saveIssuerSession } from "../../login/issuer/session.ts";
import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { signing } from "../login.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { openIssuer } from "./issuer.ts";
import { showDeviceCode } from "./show-device-code.ts";

interface Begun {
  readonly session: IssuerSession;
  readonly pin: PinReport;
}

const methods = { device: "qr", code: "browser", card: "reader" } as const satisfies Record<LoginWay, string>;

/** Logs in at an OpenID Connect provider in the first of our ways that it offers; with `--qr` by a code or not at all. */
export async function loginAtIssuer(
  context: Context,
  url: string,
  { options }: Input,
): Promise<Result<DataOf<"portal login">>> {
  const port = options.port === undefined ? 0 : wholeNumber("--port", options.port, [1, 65_535]);
  const clientId = options.clientId === undefined ? undefined : String(options.clientId);
  const issuer = await openIssuer(context, url, clientId);
  const way = issuer.ways.find((each) => options.qr !== true || each === "device");
  if (way === undefined) {
    const { grants } = issuer;
    throw new MynakitError("ERR_PLATFORM_GRANTS", { issuer: url, grants: [...grants] });
  }
  const scope = withOpenid(options.scope === undefined ? "" : String(options.scope));
  const { session, pin } = await begin(context, issuer, { way, url, scope, port });
  await reportingSigned(pin, async () => saveIssuerSession(context.home, url, session));
  return {
    data: {
      method: methods[way],
      session: { subject: session.subject, expiresAt: session.expiresAt.toISOString() },
      platform: { url, sandbox: issuer.sandbox },
      issuer: { clientId: issuer.clientId, scope: session.scope, bound: session.accessToken.key !== undefined },
      ...pin,
    },
  };
}

/** Without `openid` there would be no ID token, so nobody would be known to have logged in. */
const withOpenid = (scope: string): string => [...new Set(["openid", ...scope.split(/\s+/).filter(Boolean)])].join(" ");

interface Order {
  readonly way: LoginWay;
  readonly url: string;
  readonly scope: string;
  readonly port: number;
}

async function begin(context: Context, issuer: Issuer, { way, url, scope, port }: Order): Promise<Begun> {
  const { fetch, interrupted, random, sleep: pause } = context.host;
  const sleep = (milliseconds: number) => pause(milliseconds, interrupted);
  const waitingFor = (step: "awaiting-approval" | "awaiting-browser") => (secondsLeft: number) =>
    context.progress({ step, secondsLeft });
  if (way === "device") {
    const platform = issuer.sandbox ? url : null;
    const show = showDeviceCode(context, platform);
    const waiting = waitingFor("awaiting-approval");
    return { session: await loginByDevice(issuer, { scope, sleep, waiting, show }), pin: noPinTouched };
  }
  if (way === "code") {
    const { language, words } = context.messages;
    const pages = { language, ...words.redirectPages };
    const show = (address: string) => context.progress({ step: "open-address", address });
    const waiting = waitingFor("awaiting-browser");
    return {
      session: await loginByCode(issuer, { scope, port, pages, sleep, waiting, show, random }),
      pin: noPinTouched,
    };
  }
  const { sandbox, challenge = "" } = issuer;
  const platform = { url: url.replace(/\/+$/, ""), sandbox, fetch, signal: interrupted, close: async () => {} };
  const card = await signing(context, { platform, purpose: "login" });
  return loginByCard({ ...issuer, challenge }, { scope, signing: card });
}
