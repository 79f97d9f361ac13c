import type { Db } from "./schema.ts";
import { settingsOf } from "./settings.ts";

/** The names of the settings that every request goes by. */
export const standingSettings = { clock: "clock", closed: "platform.closed" } as const;

/** Why a platform lets nobody in, or will not. */
export interface Closure {
  /** Milliseconds since the epoch; left out: since it was decided. */
  readonly from?: number;
  /** Milliseconds since the epoch; null: nobody said. */
  readonly until: number | null;
}

/** What the operator decided that every request goes by. */
export interface Standing {
  /** How far the platform's clock is ahead of the process's, in milliseconds. */
  readonly ahead: number;
  /** Null: the platform is open, and nobody said otherwise. */
  readonly closed: Closure | null;
}

/** The closure that holds at a moment; undefined: the platform is open then. */
export const closureAt = ({ closed }: Standing, now: number): Closure | undefined =>
  closed && (closed.from ?? now) <= now ? closed : undefined;

/** As the database has it now. */
export async function readStanding(db: Db): Promise<Standing> {
  const settings = await settingsOf(db, Object.values(standingSettings));
  const { clock, closed } = standingSettings;
  return {
    ahead: (settings.get(clock)?.value as number | undefined) ?? 0,
    closed: (settings.get(closed)?.value as Closure | undefined) ?? null,
  };
}

/** For how long a process relies on what it has read, in milliseconds. */
const reliedOn = 250;

/** The standing as a process knows it. */
export interface WatchedStanding {
  current(): Standing;
  /** Reads it again where it was last read some time ago: no query without a request, four a second at the most. */
  lookAgain(): Promise<void>;
}

/** Begins with what was just read. */
export function watchStanding(db: Db, read: Standing): WatchedStanding {
  let current = read;
  let stale = false;
  let looking: Promise<void> | undefined;
  // Not the clock tells that time has passed, which may stand still or be moved.
  const rely = (): void => {
    stale = false;
    setTimeout(() => {
      stale = true;
    }, reliedOn).unref();
  };
  const look = async (): Promise<void> => {
    try {
      current = await readStanding(db);
      rely();
    } finally {
      looking = undefined;
    }
  };
  rely();
  return {
    current: () => current,
    async lookAgain() {
      if (stale) looking ??= look();
      await looking;
    },
  };
}
