import { reach } from "../../login/reach.ts";
import { describePlatform, type PlatformFacts, remotePlatform } from "../../login/remote.ts";
import { assertionLife } from "../../login/wire.ts";
import { platformAddress } from "../../platforms.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";

/** A platform tells whole seconds, and its answer takes a while: less is no difference. Milliseconds. */
const unclear = 2000;

/** Asks the platform what it is, with neither card nor session; with `--wait` until it answers. */
export const run: Run<DataOf<"portal ping">> = async (context) => {
  const { host, options } = context;
  const url = platformAddress(options.platform);
  const ask = await question(context);
  const { answer, milliseconds, attempts } = await reach(ask, {
    patience: options.wait,
    now: host.now,
    sleep: (time) => host.sleep(time, host.interrupted),
    away: (error, time) => context.progress({ step: "platform-away", error, seconds: time / 1000 }),
  });
  const { sandbox, ahead, closing = null } = answer;
  const aheadSeconds = ahead === undefined ? null : Math.abs(ahead) < unclear ? 0 : Math.trunc(ahead / 1000);
  const differs = Math.abs(aheadSeconds ?? 0) > assertionLife;
  return {
    data: { platform: { url, sandbox }, milliseconds, attempts, aheadSeconds, closing },
    ...(differs && { warnings: [{ code: "WARN_CLOCK_DIFFERS", details: { seconds: aheadSeconds ?? 0 } }] }),
  };
};

/** A platform elsewhere says what it is when it is opened, which the context does once only. */
async function question(context: Context): Promise<() => Promise<PlatformFacts>> {
  const { parts, options, host } = context;
  const { fetch, interrupted: signal, now } = host;
  if (options.platform !== "embedded") return () => remotePlatform(options.platform, { fetch, signal, clock: now });
  const platform = await parts.platform();
  return () => describePlatform(platform, context.clock({ embeddedPlatform: true }));
}
