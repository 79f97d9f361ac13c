const rfc3339 = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A time as RFC 3339 writes it; null for anything else. */
export function parseTime(text: string): Date | null {
  const [, date = ""] = rfc3339.exec(text) ?? [];
  const time = new Date(isDay(date) ? text : Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** A day as `2027-04-01`. False for 30 February, which `Date` takes for a day in March. */
export function isDay(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false;
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

/**
 * The latest that a platform's clock can be set to, in milliseconds since the epoch: RFC 3339 writes years of four digits,
 * and from this one on there is a century to wait, and for what is valid for years.
 */
export const latestTime = Date.UTC(9899, 11, 31, 23, 59, 59);

/** An example for who wrote it otherwise. */
export const exampleTime = "2027-04-01T09:00:00+09:00";
