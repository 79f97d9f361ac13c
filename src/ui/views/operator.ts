import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { amount } from "./amount.ts";

export const sandboxClock = (data: DataOf<"sandbox clock show">, { operator, words }: Messages): Block[] => [
  {
    kind: "fields",
    fields: [
      [operator.time, `${shownTime(data.time)} (${operator.ahead(data.aheadSeconds)})`],
      ...(data.movedAt === null ? [] : [[operator.movedAt, shownTime(data.movedAt)] satisfies [string, string]]),
      [words.database, data.database],
    ],
  },
];

export const sandboxCapacity = (data: DataOf<"sandbox capacity">, { operator, words }: Messages): Block[] => [
  {
    kind: "fields",
    fields: [
      [operator.limit, `${amount(data.limit)}${data.setByOperator ? "" : ` (${operator.published})`}`],
      [operator.taken, amount(data.taken)],
      [operator.left, { text: amount(data.left), style: data.left === 0 ? "caution" : "good" }],
      [words.database, data.database],
    ],
  },
];

export const sandboxClosing = (data: DataOf<"sandbox close">, { operator, words }: Messages): Block[] => [
  {
    kind: "lines",
    lines: [data.open ? { text: operator.open, style: "good" } : { text: operator.closed, style: "caution" }],
  },
  {
    kind: "fields",
    fields: [
      ...(data.until === null ? [] : [[operator.until, shownTime(data.until)] satisfies [string, string]]),
      [words.database, data.database],
    ],
  },
];
