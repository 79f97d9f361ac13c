import type { DataOf } from "../../commands/results.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { Style } from "../style.ts";
import type { View } from "./index.ts";

type Programme = DataOf<"points programmes">["programmes"][number];
type Term = Programme["terms"][number];
type Statement = Term["statements"][number];

const stateStyles: Readonly<Record<Programme["state"], Style>> = {
  unknown: "muted",
  announced: "caution",
  running: "good",
  ended: "muted",
};

/** `20,000`, in every language alike. */
const amount = (value: number): string => value.toLocaleString("en-US");

export const pointsProgrammes: View<"points programmes"> = ({ asOf, programmes }, messages) => [
  { kind: "fields", fields: [[messages.points.asOf, asOf]] },
  ...programmes.flatMap((programme) => programmeBlocks(programme, messages)),
];

function programmeBlocks({ programme, state, from, until, terms }: Programme, messages: Messages): Block[] {
  const { points, words } = messages;
  const title = points.programme(programme);
  const stateField = [words.state, { text: points.states[state], style: stateStyles[state] }] as const;
  if (state === "unknown") return [{ kind: "fields", title, fields: [stateField] }];
  const day = (value: string | null): string => (value === null ? points.unknownThen : shownDay(value, messages));
  return [
    { kind: "fields", title, fields: [stateField, [points.period, `${day(from)} – ${day(until)}`]] },
    {
      kind: "table",
      head: [points.term, words.detail, points.known, points.source],
      rows: terms.flatMap((term) => termRows(term, messages)),
    },
  ];
}

/** What was said last stands first; what it replaced follows. */
function termRows({ name, statements }: Term, messages: Messages): (Cell | string)[][] {
  const { points } = messages;
  if (statements.length === 0) return [[points.terms[name], { text: points.unknownThen, style: "muted" }, "", ""]];
  return statements.toReversed().map((statement, index) => {
    const value = shownValue(name, statement.value, messages);
    const cells = [value, shownKnown(statement, messages), shownSource(name, statement, messages)];
    if (index === 0) return [points.terms[name], ...cells];
    return [`  ${points.replaced}`, ...cells].map((text): Cell => ({ text, style: "muted" }));
  });
}

const shownKnown = ({ known, dating }: Statement, { points }: Messages): string =>
  dating === "on" ? known : points.knownBy(known);

function shownSource(name: Term["name"], { source, otherwise }: Statement, messages: Messages): string {
  if (!otherwise) return source;
  const other = messages.points.otherwise(shownValue(name, otherwise.value, messages), otherwise.source);
  return `${source} (${other})`;
}

function shownValue(name: Term["name"], value: Statement["value"], messages: Messages): string {
  const { points } = messages;
  if (value === null) return points.open;
  if (typeof value === "string") return shownDay(value, messages);
  if (typeof value === "boolean") return points.holds;
  if (name.endsWith("-percent")) return points.percent(value);
  if (name.endsWith("-yen")) return points.yen(amount(value));
  return name.endsWith("-people") ? points.people(amount(value)) : points.points(amount(value));
}

const shownDay = (day: string, { points }: Messages): string => (day.length === 7 ? points.month(day) : day);

export const pointsCalc: View<"points calc"> = ({ programme, asOf, premium, lumpSums, points: total }, { points }) => [
  {
    kind: "fields",
    title: points.programme(programme),
    fields: [
      [points.asOf, asOf],
      [points.charged, points.yen(amount(premium.chargedYen))],
      [points.counted, points.yen(amount(premium.countedYen))],
      [points.premium, points.points(amount(premium.points))],
      ...lumpSums.map((sum) => [points.lumpSums[sum.name], points.points(amount(sum.points))] as const),
      [points.total, { text: points.points(amount(total)), style: "strong" }],
      [
        points.remaining,
        points.remainingOf(points.yen(amount(premium.remainingYen)), points.points(amount(premium.remainingPoints))),
      ],
    ],
  },
];
