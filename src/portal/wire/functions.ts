import type { InformationItem } from "./information.ts";

/**
 * Functions that were added to the portal, each from its day on: what was published, which nothing changes any more.
 * Days are those of Japan.
 */
export const portalFunctions = [
  { name: "medicines", since: "2021-10-21", items: ["medicine"] },
  {
    name: "checkups",
    since: "2021-10-21",
    items: ["checkup-weight", "checkup-blood-pressure", "checkup-blood-glucose"],
  },
  { name: "application-input", since: "2021-10-29", items: [] },
  { name: "application-status", since: "2021-10-29", items: [] },
  { name: "medical-costs", since: "2021-11-19", items: ["medical-cost", "medical-cost-paid"] },
  { name: "donations", since: "2022-02-01", items: ["donation-certificate"] },
  { name: "earthquake-insurance", since: "2022-02-01", items: ["earthquake-insurance-certificate"] },
] as const satisfies readonly { name: string; since: string; items: readonly InformationItem[] }[];

export const functionNames = portalFunctions.map(({ name }) => name);

/** Where all of it was told. */
export const functionsSource = "trinitas.jp/column/2344 (2022)";

/** From which day on an item is told at all; null: from the beginning. */
export const itemSince = (item: InformationItem): string | null =>
  portalFunctions.find(({ items }) => items.some((one) => one === item))?.since ?? null;
