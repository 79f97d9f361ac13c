import type { DataOf } from "../../commands/results.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { Style } from "../style.ts";
import type { View } from "./index.ts";

type Pins = DataOf<"pin tries">["pins"];

const styles: Readonly<Record<Pins[number]["state"], Style>> = {
  ok: "good",
  low: "caution",
  "last-try": "bad",
  locked: "bad",
  verified: "good",
  unknown: "caution",
  absent: "muted",
};

export function pinTable(pins: Pins, { words }: Messages): Block {
  return {
    kind: "table",
    head: [words.pin, "ID", words.tries, words.state],
    rows: pins.map(({ id, name, remaining, max, state }) => [
      name,
      id,
      state === "absent" ? "-" : words.triesOf(remaining, max),
      { text: words.pinStates[state], style: styles[state] },
    ]),
  };
}

export const pinTries: View<"pin tries"> = ({ reader, pins }, messages) => [
  { kind: "fields", fields: [[messages.words.reader, reader]] },
  pinTable(pins, messages),
];

export const pinCheck: View<"pin check"> = ({ name, triesAfter }, { words }) => [
  done(words.pinRight(name)),
  { kind: "fields", fields: [[words.tries, words.triesOf(triesAfter, null)]] },
];

export const pinChange: View<"pin change"> = ({ name }, { words }) => [done(words.pinChanged(name))];

const done = (text: string): Block => ({ kind: "lines", lines: [{ text, style: "good" }] });
