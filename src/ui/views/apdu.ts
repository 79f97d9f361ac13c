import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";

type Sent = Parameters<View<"apdu send">>[0]["exchanges"][number];
type Decoded = Parameters<View<"apdu trace decode">>[0];
type Exchange = Decoded["sessions"][number]["exchanges"][number];

/** Bytes of an answer on one line. */
const perLine = 32;

export const apduSend: View<"apdu send"> = (data, messages) => [
  ...data.exchanges.map((exchange): Block => ({ kind: "lines", lines: sentLines(exchange, messages) })),
  ...(data.unsent > 0
    ? [{ kind: "lines" as const, lines: [{ text: messages.apdu.unsent(data.unsent), style: "caution" as const }] }]
    : []),
];

function sentLines({ command, response }: Sent, messages: Messages): Cell[] {
  const { sw, meaning, data, masked, length } = response;
  const bytes = masked ? [messages.apdu.masked(length)] : (data?.match(new RegExp(`.{1,${perLine * 2}}`, "g")) ?? []);
  return [
    { text: `> ${command.bytes}` },
    { text: `  ${[nameOf(command, messages), aboutOf(command, messages)].filter(Boolean).join(": ")}`, style: "muted" },
    ...bytes.map((text): Cell => ({ text: `< ${text}` })),
    { text: `< ${sw}  ${meaning}`, style: sw === "9000" ? "good" : "caution" },
  ];
}

export const apduTraceDecode: View<"apdu trace decode"> = ({ sessions, summary }, messages) => [
  ...sessions.flatMap(({ atr, exchanges }, index): Block[] => [
    {
      kind: "table",
      title: [messages.apdu.session(index + 1), ...(atr ? [`ATR ${atr}`] : [])].join("  "),
      head: headOf(messages),
      rows: exchanges.map((exchange) => rowOf(exchange, messages)),
    },
    ...exchanges.flatMap((exchange) => objectBlock(exchange, messages)),
  ]),
  { kind: "fields", title: messages.apdu.summary, fields: summaryFields(summary, messages) },
];

const headOf = ({ apdu }: Messages): string[] => [apdu.line, apdu.command, apdu.target, apdu.data, "SW", apdu.meaning];

function rowOf({ line, command, response }: Exchange, messages: Messages): (Cell | string)[] {
  const { apdu } = messages;
  const start = [String(line), nameOf(command, messages), aboutOf(command, messages)];
  if (!response) return [...start, "", "", { text: apdu.noAnswer, style: "bad" }];
  const time = response.milliseconds === null ? "" : `  ${apdu.milliseconds(response.milliseconds)}`;
  return [
    ...start,
    [command.dataLength ? `→${command.dataLength}` : "", response.length ? `←${response.length}` : ""].join(" ").trim(),
    { text: response.sw, style: response.sw === "9000" ? "good" : "caution" },
    `${response.meaning}${time}`,
  ];
}

const nameOf = ({ name }: Sent["command"], { apdu }: Messages): string => name ?? apdu.unknownInstruction;

/** The application or file, and where in it. */
function aboutOf(command: Sent["command"], { words, apdu }: Messages): string {
  const { application, aid, file, fileName, offset, record, object, name } = command;
  const where = application ? (words.applications[application] ?? application) : (aid ?? "");
  return [
    file === null || name === null ? where : `${fileName ?? where} ${file}`.trim(),
    ...(object === null ? [] : [apdu.object(object)]),
    ...(record === null ? [] : [apdu.record(record)]),
    ...(offset ? [apdu.offset(offset)] : []),
  ]
    .filter(Boolean)
    .join(", ");
}

function objectBlock({ line, response }: Exchange, { apdu }: Messages): Block[] {
  const objects = response?.objects ?? [];
  if (objects.length === 0) return [];
  const lines = objects.map(({ depth, tag, length, value }) => ({
    text: `${"  ".repeat(depth + 1)}${tag} ${apdu.bytes(length)}${value ? `  ${value}` : ""}`,
  }));
  return [{ kind: "lines", lines: [{ text: `${apdu.line} ${line}`, style: "label" }, ...lines] }];
}

function summaryFields(summary: Decoded["summary"], { apdu }: Messages): [string, string][] {
  const { commands, bytesSent, bytesReceived, milliseconds, concealed } = summary;
  return [
    [apdu.commands, String(commands)],
    [apdu.sent, apdu.bytes(bytesSent)],
    [apdu.received, apdu.bytes(bytesReceived)],
    ...(milliseconds === null ? [] : [[apdu.time, apdu.milliseconds(milliseconds)] as [string, string]]),
    [apdu.concealed, apdu.concealedCounts(concealed.commands, concealed.responses)],
  ];
}
