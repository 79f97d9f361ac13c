import type { Limits } from "./limits.ts";

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Counts requests by address in token buckets, in the memory of this process alone. The address that was silent for
 * longest is forgotten first, and starts with a full bucket again.
 * @returns takes a token of an address; 0, or the whole seconds until there is one
 */
export function rateLimit(
  { requestsPerSecond, burst, addresses }: Pick<Limits, "requestsPerSecond" | "burst" | "addresses">,
  now: () => number,
): (address: string) => number {
  if (requestsPerSecond === Number.POSITIVE_INFINITY) return () => 0;
  const buckets = new Map<string, Bucket>();
  return (address) => {
    const at = now();
    const last = buckets.get(address) ?? { tokens: burst, at };
    const refilled = Math.min(burst, last.tokens + (Math.max(0, at - last.at) / 1000) * requestsPerSecond);
    const tokens = refilled < 1 ? refilled : refilled - 1;
    // Set anew, it is the last in the order of the map.
    buckets.delete(address);
    buckets.set(address, { tokens, at });
    for (const [oldest] of buckets) {
      if (buckets.size <= addresses) break;
      buckets.delete(oldest);
    }
    return refilled < 1 ? Math.ceil((1 - refilled) / requestsPerSecond) : 0;
  };
}
