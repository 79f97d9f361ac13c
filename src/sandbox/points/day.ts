import type { Day } from "../../mykey/points/programmes.ts";

/** Japan's distance from UTC, in milliseconds. */
const jstOffset = 9 * 60 * 60 * 1000;

/** The day in Japan at a moment in milliseconds since the epoch. */
export const dayAt = (now: number): Day => new Date(now + jstOffset).toISOString().slice(0, 10);
