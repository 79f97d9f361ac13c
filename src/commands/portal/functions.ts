import { functionsSource, portalFunctions } from "../../portal/wire/functions.ts";
import type { Run } from "../command.ts";
import { dayAsked } from "../points/day.ts";
import type { DataOf } from "../results.ts";

/** Shows what was added to the portal and when, and what of it was there on a day. Needs no card and no platform. */
export const run: Run<DataOf<"portal functions">> = async (context, { options }) => {
  const asOf = dayAsked(context, options);
  const functions = portalFunctions.map(({ name, since }) => ({
    name,
    since,
    available: since <= asOf,
    source: functionsSource,
  }));
  return { data: { asOf, functions } };
};
