import { isError, MynakitError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import { fetchNotices } from "../../portal/notices.ts";
import type { Notice } from "../../portal/wire/notices.ts";
import type { Announced } from "../command.ts";
import type { Context } from "../context.ts";
import type { PortalService } from "./service.ts";

/** Milliseconds between two questions, and the most where the platform cannot be reached: each failure doubles them. */
const pause = { least: 2000, most: 60_000 } as const;

/**
 * Tells of each notice once, those that are there first, until interrupted. An outage is sat out: what came meanwhile is
 * told then.
 * @throws {MynakitError} ERR_PLATFORM_SESSION when the session is over, ERR_PLATFORM_*, ERR_IO_WRITE
 */
export async function watchNotices(
  context: Pick<Context, "part"> & { readonly host: Pick<Host, "interrupted" | "sleep"> },
  { platform, accessToken }: Pick<PortalService, "platform" | "accessToken">,
  { unreadOnly }: { readonly unreadOnly: boolean },
): Promise<Announced> {
  const { interrupted, sleep } = context.host;
  const told = new Set<number>();
  let wait: number = pause.least;
  while (!interrupted.aborted) {
    const notices = await reached(() => fetchNotices(platform, accessToken));
    wait = notices ? pause.least : Math.min(wait * 2, pause.most);
    for (const notice of news(notices ?? [])) await context.part("portal notices notice", notice);
    await sleep(wait, interrupted).catch(ignoreInterruption);
  }
  return { announced: true };

  function news(notices: readonly Notice[]): Notice[] {
    const untold = notices.filter(({ number }) => !told.has(number));
    for (const { number } of untold) told.add(number);
    return untold.filter(({ readAt }) => !unreadOnly || readAt === null);
  }

  function ignoreInterruption(error: unknown): void {
    if (!interrupted.aborted) throw error;
  }

  /** Undefined where the platform cannot be reached just now, or the question was interrupted. */
  async function reached<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      const passes = error instanceof MynakitError && error.retryable;
      const stands = isError(error, "ERR_PLATFORM_REFUSED") && error.details.reason === "unavailable";
      if (passes || stands || interrupted.aborted) return undefined;
      throw error;
    }
  }
}
