import type { Reader } from "../apdu/reader.ts";
import { type CardOptions, withCard } from "../jpki/card.ts";
import type { Card } from "../jpki/hold.ts";
import type { Context } from "./context.ts";

export interface HoldOptions extends CardOptions {
  /** What `--min-tries` asks for. */
  readonly minTries: number;
}

/** What every hold of the card is opened with. */
export const holdOptions = ({ connect, trace, options }: Context): HoldOptions => ({
  connect,
  minTries: options.minTries,
  ...(trace ? { trace } : {}),
});

/** Opens the chosen reader for `work`, which may hold the card more than once; tells when the card may be removed. */
export async function useReader<T>(
  context: Context,
  work: (reader: Reader, options: HoldOptions) => Promise<T>,
): Promise<{ reader: string; simulated: boolean; result: T }> {
  const reader = await context.reader();
  context.progress({ step: "reading-card" });
  const result = await work(reader, holdOptions(context));
  context.progress({ step: "card-done" });
  return { reader: reader.uri, simulated: reader.simulated, result };
}

/** Holds the card of the chosen reader once, while `work` runs; tells when it may be removed. */
export async function useCard<T>(
  context: Context,
  work: (card: Card, reader: Pick<Reader, "uri" | "simulated">) => Promise<T>,
): Promise<T> {
  const { result } = await useReader(context, (reader, options) =>
    withCard(reader, options, (card) => work(card, reader)),
  );
  return result;
}
