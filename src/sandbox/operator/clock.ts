import { Refusal, rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { claimSetting, putSetting, settingsOf } from "../store/settings.ts";
import { standingSettings } from "../store/standing.ts";
import { type OperatorParts, operate } from "./operate.ts";

/** The platform's clock. Times are milliseconds since the epoch. */
export interface PlatformClock {
  readonly now: number;
  /** How far it is ahead of the process's. */
  readonly ahead: number;
  /** When it was last moved, by what it said before; null: never. */
  readonly movedAt: number | null;
}

export interface ClockParts extends OperatorParts {
  /** The time of the process. */
  processNow(): number;
}

/** How the clock stands. */
export async function clockOf({ db, processNow }: Pick<ClockParts, "db" | "processNow">): Promise<PlatformClock> {
  const setting = (await settingsOf(db, [standingSettings.clock])).get(standingSettings.clock);
  const ahead = (setting?.value as number | undefined) ?? 0;
  return { now: processNow() + ahead, ahead, movedAt: setting?.setAt ?? null };
}

/** What the clock is to say, from what it says and what the process's says. */
export type ClockMove = (now: number, processNow: number) => number;

/**
 * Moves the clock; of several moves at once, each begins where the one before it ended. What is recorded later must not
 * seem to have happened earlier: waiting times, histories and points go by the records' times. So the clock does not go
 * behind the last line of the audit log, unless the operator insists.
 * @throws {Refusal} clock-backwards
 */
export async function moveClock(
  move: ClockMove,
  { backwards }: { readonly backwards: boolean },
  parts: ClockParts,
): Promise<void> {
  const { clock } = standingSettings;
  await operate(parts, ["clock.move"], async (db) => {
    const processNow = parts.processNow();
    const before = (await claimSetting(db, clock, 0, processNow)) as number;
    const from = processNow + before;
    const to = move(from, processNow);
    const last = await lastRecord(db);
    if (!backwards && to < from && last !== undefined && to < last) {
      throw new Refusal("clock-backwards", "something is recorded of a later time", { earliest: rfc3339(last) });
    }
    if (to === from) return { answer: null, audit: [] };
    await putSetting(db, clock, to - processNow, from);
    const details = { from: rfc3339(from), to: rfc3339(to) };
    return { answer: null, audit: [{ actor: "operator", action: "clock.move", subject: null, details }] };
  });
}

async function lastRecord(db: Db): Promise<number | undefined> {
  const line = await db.selectFrom("audit").select("at").orderBy("sequence", "desc").limit(1).executeTakeFirst();
  return line?.at;
}
