import type { Store } from "../../sandbox/store/store.ts";
import type { Context } from "../context.ts";

/** What the rules of cashless services need, for a command of the operator. */
export function serviceParts(context: Context, { db }: Store) {
  const clock = context.clock({ embeddedPlatform: true });
  return { db, now: () => clock().getTime(), random: context.host.random };
}
