import { MynakitError } from "../../errors.ts";
import type { Host } from "../../host.ts";

export type Sleep = Host["sleep"];

/** The error of a wait that a signal ended; the signal's reason is the name of what stopped us. */
export function cancelled(signal: AbortSignal): MynakitError {
  return new MynakitError("ERR_CANCELLED", { signal: String(signal.reason) });
}

/**
 * What comes first: the outcome of `work`, the end of `ms` milliseconds (then `late` gives the outcome: a value, or it
 * throws), or the signal (ERR_CANCELLED). Infinity has no end. The timer is cleared in every case; `work` itself goes on.
 */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  options: { readonly sleep: Sleep; readonly late: () => T; readonly signal?: AbortSignal },
): Promise<T> {
  const { sleep, late, signal } = options;
  const over = new AbortController();
  const ends: Promise<T>[] = [work];
  if (ms !== Number.POSITIVE_INFINITY) ends.push(sleep(ms, over.signal).then(late, never<T>));
  if (signal) ends.push(aborted(signal, over.signal));
  try {
    return await Promise.race(ends);
  } finally {
    over.abort();
  }
}

/** @throws {MynakitError} ERR_CANCELLED */
export function pause(ms: number, sleep: Sleep, signal: AbortSignal): Promise<void> {
  return within(ms, never<void>(), { sleep, late: () => {}, signal });
}

/** Rejects once `signal` is aborted; stops listening once `over` is. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(cancelled(signal));
    signal.addEventListener("abort", () => reject(cancelled(signal)), { once: true, signal: over });
  });
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}
