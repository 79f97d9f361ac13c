import type { DataOf } from "../../commands/results.ts";
import { neverEnds } from "../../mykey/points/programmes.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { amount } from "./amount.ts";
import { shownValue } from "./points.ts";

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
      ...(data.from === null ? [] : [[operator.closesAt, shownTime(data.from)] satisfies [string, string]]),
      ...(data.until === null ? [] : [[operator.until, shownTime(data.until)] satisfies [string, string]]),
      [words.database, data.database],
    ],
  },
];

export const sandboxMoved = (data: DataOf<"sandbox export">, { operator, words }: Messages): Block[] => [
  {
    kind: "fields",
    fields: [
      [operator.accounts, amount(data.accounts)],
      [operator.auditLines, amount(data.auditLines)],
      [operator.digest, data.sha256],
      [words.file, data.file],
      [words.database, data.database],
    ],
  },
];

export const sandboxProgrammes = (data: DataOf<"sandbox programme list">, messages: Messages): Block[] => [
  { kind: "fields", fields: [[messages.operator.today, data.today]] },
  ...data.programmes.flatMap((programme) => programmeBlocks(programme, messages)),
  { kind: "fields", fields: [[messages.words.database, data.database]] },
];

function programmeBlocks(
  { programme, state, from, until, setByOperator }: DataOf<"sandbox programme list">["programmes"][number],
  messages: Messages,
): Block[] {
  const { operator, points, words } = messages;
  const end = until === neverEnds ? operator.untilClosed : (until ?? points.unknownThen);
  const period = `${from ?? points.unknownThen} – ${end}`;
  const running = state === "running";
  const title = points.programme(programme);
  const stateCell = { text: points.states[state], style: running ? ("good" as const) : ("muted" as const) };
  return [
    {
      kind: "fields",
      title,
      fields: [
        [words.state, stateCell],
        [points.period, period],
      ],
    },
    ...(setByOperator.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            head: [operator.setByOperator, words.detail, points.source],
            rows: setByOperator.map(({ term, value, known }) => [
              points.terms[term],
              value === neverEnds ? operator.untilClosed : shownValue(term, value, messages),
              operator.since(known),
            ]),
          },
        ]),
  ];
}
