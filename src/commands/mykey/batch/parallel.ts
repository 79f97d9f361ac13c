export interface ParallelOptions {
  /** How many are worked on at once. */
  readonly limit: number;
  /** Aborted, it lets no further item be taken. */
  readonly signal: AbortSignal;
}

/**
 * Works on each item as it comes, so many at once; what was begun is awaited in any case.
 * @throws the first that `work` or the source throws, after which nothing is taken any more
 */
export async function inParallel<T>(
  items: AsyncGenerator<T>,
  { limit, signal }: ParallelOptions,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let stopped = false;
  const worker = async (): Promise<void> => {
    try {
      while (!stopped && !signal.aborted) {
        const next = await items.next();
        if (next.done) return;
        await work(next.value);
      }
    } catch (error) {
      stopped = true;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, worker));
  await items.return(undefined);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
