import { hintFromAtr } from "../../apdu/atr-hints.ts";
import { toHex } from "../../apdu/hex.ts";
import type { ReaderBackend, ReaderState } from "../../apdu/reader.ts";
import { isError, MynakitError } from "../../errors.ts";
import { withCard } from "../../jpki/card.ts";
import { cardNames } from "../../jpki/card-kinds.ts";
import { identifyCard } from "../../jpki/identify.ts";
import { errorText } from "../../ui/envelope.ts";
import { holdOptions } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { unreadableCard } from "../sim/card.ts";

type Listed = DataOf<"reader list">["readers"][number];

/**
 * Lists PC/SC readers and simulated cards. Where PC/SC is not there, a warning says why, unless a simulated card was
 * asked for: the list is still an answer.
 */
export const run: Run<DataOf<"reader list">> = async (context) => {
  const readers: Listed[] = [];
  try {
    readers.push(...(await listed(context, await context.parts.pcscBackend())));
  } catch (error) {
    if (!(error instanceof MynakitError) || !error.code.startsWith("ERR_PCSC_")) throw error;
    const { message: reason } = errorText(context.messages, error);
    if (!context.options.reader?.startsWith("sim:")) {
      context.warn({ code: "WARN_PCSC_UNAVAILABLE", details: { code: error.code, reason } });
    }
  }
  readers.push(...(await listed(context, await context.parts.simBackend())));
  return { data: { readers } };
};

async function listed(context: Context, backend: ReaderBackend): Promise<Listed[]> {
  const readers: Listed[] = [];
  for (const state of await backend.list()) {
    const { name, uri, backend: kind, problem } = state;
    if (problem) context.warn(unreadableCard(context.messages, uri, problem));
    readers.push({ name, uri, backend: kind, card: await describe(context, backend, state) });
  }
  return readers;
}

/** SELECT decides what a card is; where another program holds it, its ATR is a hint. */
async function describe(context: Context, backend: ReaderBackend, state: ReaderState): Promise<Listed["card"]> {
  if (!state.card) return null;
  const { atr } = state.card;
  if (!atr) return { atr: null, kind: "mute", name: context.messages.words.muteCard };
  const language = context.messages.language;
  const hint = hintFromAtr(atr);
  try {
    const reader = await backend.open(state.name, context.connect);
    const connect = { ...context.connect, waitForHolder: 0 };
    const identity = await withCard(reader, { ...holdOptions(context), connect }, identifyCard);
    return { atr: toHex(atr), kind: identity.kind, name: identity.name[language] };
  } catch (error) {
    if (!(error instanceof MynakitError) || isError(error, "ERR_CANCELLED")) throw error;
    const name = hint?.name ?? cardNames.unknown;
    return { atr: toHex(atr), kind: hint?.kind ?? "unknown", name: name[language] };
  }
}
