import type { Exchange } from "../../../portal/wire/exchanges.ts";
import { range } from "./days.ts";
import { drawFrom } from "./draw.ts";

/** For how many years back exchanges are told. */
const years = 3;
const hour = 60 * 60 * 1000;

/** What offices ask each other for each year, and when: in the months in which the law has them decide. */
const yearly: readonly (Pick<Exchange, "requester" | "provider" | "topic"> & { month: number })[] = [
  { month: 2, requester: "tax-office", provider: "municipality", topic: "household" },
  { month: 5, requester: "municipality", provider: "pension-service", topic: "pension" },
  { month: 6, requester: "pension-service", provider: "municipality", topic: "tax" },
  { month: 9, requester: "health-insurer", provider: "municipality", topic: "tax" },
];

/** One in so many is refused. */
const refusals = 9;

/** A synthetic person's exchanges between offices until a moment, in milliseconds since the epoch. */
export function exchangesOf(seed: string, now: number): (Omit<Exchange, "at"> & { readonly at: number })[] {
  const draw = drawFrom(seed);
  const thisYear = new Date(now).getUTCFullYear();
  return range(thisYear - years, thisYear + 1)
    .flatMap((year) =>
      yearly.map(({ month, ...parties }) => {
        const name = `exchange ${year} ${month}`;
        const refused = draw(`${name} refused`, refusals) === 0;
        return {
          ...parties,
          at: Date.UTC(year, month - 1, 1 + draw(`${name} day`, 28)) + draw(`${name} hour`, 8) * hour,
          service: null,
          ground: "number-act-19-8" as const,
          outcome: refused ? ("refused" as const) : ("provided" as const),
        };
      }),
    )
    .filter(({ at }) => at <= now);
}
