import type { MynakitError } from "../../errors.ts";
import type { SimCard } from "../../simulator/descriptions.ts";
import { errorText } from "../../ui/envelope.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import type { Input, Warning } from "../command.ts";
import type { DataOf } from "../results.ts";

/** The name argument that every command on one simulated card takes. */
export const nameOf = (input: Input): string => String(input.arguments.name);

/** A simulated card as results show it: its PINs are test values, and meant to be read. */
export const shownCard = (card: SimCard): DataOf<"sim show"> => ({
  name: card.name,
  uri: card.uri,
  profile: card.profile,
  createdAt: card.createdAt,
  atr: card.atr,
  pins: card.pins.map(({ id, value, remaining, max, verifies, lastTryBurnt }) => ({
    id,
    value,
    remaining,
    max,
    verifies,
    lastTryBurnt,
  })),
  settings: [...card.settings],
  facts: Object.fromEntries(card.facts),
  peculiarities: Object.fromEntries(card.peculiarities),
  violations: card.violations.map(({ pin, verify }) => ({ pin, verify })),
});

/** Said of a simulated card in a list, whose file cannot be read. */
export function unreadableCard(messages: Messages, uri: string, problem: MynakitError): Warning {
  const { message: reason } = errorText(messages, problem);
  return { code: "WARN_SIM_UNREADABLE", details: { reader: uri, code: problem.code, reason } };
}
