import type { Host } from "../host.ts";

const bytes = 16;

/** A new name for a request that may be repeated. */
export const newIdempotencyKey = ({ random }: Pick<Host, "random">): string =>
  Buffer.from(random(bytes)).toString("hex");
