import type { DataOf } from "../../commands/results.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { Style } from "../style.ts";
import { amount } from "./amount.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

type Programme = DataOf<"points programmes">["programmes"][number];
type Term = Programme["terms"][number];
type Statement = Term["statements"][number];

const stateStyles: Readonly<Record<Programme["state"], Style>> = {
  unknown: "muted",
  announced: "caution",
  running: "good",
  ended: "muted",
};

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
  // No publication has this name.
  if (source === "operator") return messages.operator.source;
  if (!otherwise) return source;
  const other = messages.points.otherwise(shownValue(name, otherwise.value, messages), otherwise.source);
  return `${source} (${other})`;
}

/** What a term says, with its unit. */
export function shownValue(name: Term["name"], value: Statement["value"], messages: Messages): string {
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

type Application = DataOf<"points status">["applications"][number];

const pointsShown = ({ points, mostPoints }: Pick<Application, "points" | "mostPoints">, words: Messages["points"]) =>
  words.pointsOf(amount(points), amount(mostPoints));

function applicationBlock(application: Application, { points }: Messages): Block {
  return {
    kind: "fields",
    title: points.programme(application.programme),
    fields: [
      [points.service, application.service],
      [points.serviceId, application.serviceId],
      [points.appliedAt, shownTime(application.appliedAt)],
      [points.counted, points.yen(amount(application.countedYen))],
      [
        points.granted,
        application.void
          ? { text: points.void, style: "bad" }
          : { text: pointsShown(application, points), style: "strong" },
      ],
    ],
  };
}

export const pointsStatus: View<"points status"> = (data, messages) => {
  const { points, words } = messages;
  const { mykeyId, reservation, programme, next, applications, platform } = data;
  const since = reservation.at ? `  ${shownTime(reservation.at)}` : "";
  return [
    {
      kind: "fields",
      fields: [
        [words.mykeyId, mykeyId ?? points.noMykeyId],
        [words.reservation, `${words.reservationStates[reservation.state]}${since}`],
        [points.openProgramme, programme === null ? points.noProgramme : points.programme(programme)],
        [points.next, { text: points.nextSteps[next], style: "strong" }],
        platformField(platform, messages),
      ],
    },
    ...applications.map((application) => applicationBlock(application, messages)),
  ];
};

export const pointsApply: View<"points apply"> = (data, messages) => [
  {
    kind: "lines",
    lines: [{ text: data.created ? messages.points.applied : messages.points.appliedBefore, style: "good" }],
  },
  applicationBlock(data, messages),
  { kind: "fields", fields: [platformField(data.platform, messages)] },
];

type Event = DataOf<"points history">["events"][number];

/** Of an application there is something to say only where its points are lost. */
function grantedCell(event: Event, points: Messages["points"]): Cell | string {
  const granted = event.kind === "application" ? "" : points.points(amount(event.points));
  return event.void ? { text: granted === "" ? points.void : `${granted} (${points.void})`, style: "bad" } : granted;
}

export const pointsHistory: View<"points history"> = ({ events, platform }, messages) => {
  const { points } = messages;
  return [
    events.length === 0
      ? { kind: "lines", lines: [{ text: points.noEvents }] }
      : {
          kind: "table",
          head: [points.at, points.event, points.service, points.amount, points.granted],
          rows: events.map((event) => [
            japanTime(event.at),
            `${points.events[event.kind]} (${points.programme(event.programme)})`,
            event.service,
            event.kind === "application" ? "" : points.yen(amount(event.yen)),
            grantedCell(event, points),
          ]),
        },
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};

export const sandboxServiceAdd: View<"sandbox service add"> = ({ service, token }, { points }) => [
  {
    kind: "fields",
    fields: [
      [points.service, service],
      [points.token, { text: token, style: "strong" }],
    ],
  },
  { kind: "lines", lines: [{ text: points.tokenOnce, style: "caution" }] },
];

export const sandboxServiceAccount: View<"sandbox service account"> = (
  { service, serviceId, securityCode },
  { points },
) => [
  {
    kind: "fields",
    fields: [
      [points.service, service],
      [points.serviceId, serviceId],
      [points.securityCode, { text: securityCode, style: "strong" }],
    ],
  },
  { kind: "lines", lines: [{ text: points.securityCodeOnce, style: "caution" }] },
];

export const sandboxCharge: View<"sandbox charge"> = (data, { points }) => [
  {
    kind: "fields",
    title: points.programme(data.programme),
    fields: [
      [points.events[data.kind], points.yen(amount(data.yen))],
      [points.report, data.reportId],
      [points.granted, { text: points.points(amount(data.points)), style: "strong" }],
      [points.total, points.pointsOf(amount(data.totalPoints), amount(data.mostPoints))],
    ],
  },
];
