import path from "node:path";

/** How far the platform's clock is from ours: it stands at a time at which programme 2 takes applications and reports. */
const shift = Date.parse("2022-03-01T03:00:00Z") - Date.now();

/** The platform's time, in milliseconds since the epoch. */
export const platformNow = (): number => Date.now() + shift;

/** The environment of a process that lives at that time. */
export const clockEnv = {
  NODE_OPTIONS: `--require=${path.join(import.meta.dirname, "clock.cjs")}`,
  MYNAKIT_TEST_CLOCK_SHIFT: String(shift),
};
