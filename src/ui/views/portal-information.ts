import type { DataOf } from "../../commands/results.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import { shownDay } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { amount } from "./amount.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

type Info = DataOf<"portal info">;
type Request = Info["requests"][number];

const line = (text: string, style?: Cell["style"]): Block => ({
  kind: "lines",
  lines: [style ? { text, style } : { text }],
});

export const portalInfo: View<"portal info"> = (data, messages) => {
  const { requests, records, csv, platform } = data;
  if (csv && "content" in csv) return [{ kind: "raw", content: csv.content }];
  const [only] = requests;
  const asked = records === null && requests.length === 1 && only?.state === "requested" ? only : undefined;
  return [
    ...(records === null ? requestBlocks(requests, messages) : recordBlocks(records, only, messages)),
    ...(asked ? [line(messages.portal.answerLater(japanTime(asked.answeredAt), commandFor(asked)))] : []),
    ...(csv ? [line(messages.portal.csvWritten(csv.file), "good")] : []),
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};

/** As `--period` takes it; undefined: no limits. */
const periodOf = ({ from, until }: Pick<Request, "from" | "until">): string | undefined =>
  from === null && until === null ? undefined : `${from ?? ""}..${until ?? ""}`;

function commandFor({ topic, ...asked }: Request): string {
  const period = periodOf(asked);
  return `mynakit portal info ${topic}${period === undefined ? "" : ` --period ${period}`}`;
}

function requestBlocks(requests: readonly Request[], { portal }: Messages): Block[] {
  const rows = requests.map(({ number, topic, from, until, state, requestedAt, answeredAt }): (Cell | string)[] => [
    `${number}`,
    portal.topics[topic],
    periodOf({ from, until }) ?? portal.wholePeriod,
    { text: portal.requestStates[state], style: state === "answered" ? "good" : "caution" },
    japanTime(state === "answered" ? answeredAt : requestedAt),
  ]);
  return [
    { kind: "fields", title: portal.topicsToAskFor, fields: Object.entries(portal.topics) },
    rows.length === 0 ? line(portal.noRequests) : { kind: "table", head: portal.requestHead, rows },
  ];
}

function recordBlocks(records: NonNullable<Info["records"]>, asked: Request | undefined, messages: Messages): Block[] {
  const { portal } = messages;
  const none = asked && (asked.from ?? asked.until) !== null ? portal.noRecords.ofPeriod : portal.noRecords.atAll;
  const rows = records.map(({ day, member, item, amount: value, unit, text }) => [
    shownDay(day, messages),
    portal.member(member),
    portal.items[item],
    value === null ? (text ?? "") : amount(value),
    unit === null ? "" : (portal.units[unit] ?? unit),
  ]);
  return [
    line(portal.synthetic, "caution"),
    rows.length === 0 ? line(none) : { kind: "table", head: portal.recordHead, rows },
  ];
}

export const portalExchanges: View<"portal exchanges"> = ({ exchanges, platform }, messages) => {
  const { portal } = messages;
  const topics = { ...portal.topics, ...portal.exchangeTopics };
  const rows = exchanges.map(({ at, requester, service, provider, topic, ground, outcome }): (Cell | string)[] => [
    japanTime(at),
    service === null ? portal.parties[requester] : portal.serviceCalled(service),
    portal.parties[provider],
    topics[topic],
    portal.grounds[ground],
    outcome === "provided" ? portal.outcomes[outcome] : { text: portal.outcomes[outcome], style: "caution" },
  ]);
  return [
    line(portal.syntheticExchanges, "caution"),
    rows.length === 0 ? line(portal.noExchanges) : { kind: "table", head: portal.exchangeHead, rows },
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};
