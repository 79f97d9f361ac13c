import type { Store } from "../../sandbox/store/store.ts";
import type { Context } from "../context.ts";

/** What the platform's rules need, for a command of the operator. */
export const operatorParts = ({ host }: Context, { db, now }: Store) => ({ db, now, random: host.random });
