import type { DataOf } from "../../commands/results.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

type Found = DataOf<"portal procedures search">;
type Shown = DataOf<"portal procedures show">;
type Channelled = Pick<Shown, "channel" | "open">;

const mebibyte = 1024 * 1024;

export const portalProceduresSearch: View<"portal procedures search"> = (data, messages) => [
  ...(data.municipalities.length > 1 ? namesakes(data, messages) : found(data, messages)),
  { kind: "fields", fields: [[messages.procedures.asOf, data.asOf], platformField(data.platform, messages)] },
];

const namesakes = ({ municipalities }: Found, { procedures: words }: Messages): Block[] => [
  { kind: "lines", lines: [{ text: words.ambiguous, style: "caution" }] },
  {
    kind: "table",
    head: [words.code, words.municipality],
    rows: municipalities.map(({ code, name, prefecture }) => [code, `${prefecture}${name}`]),
  },
];

function found({ municipalities, procedures }: Found, messages: Messages): Block[] {
  const { language, procedures: words } = messages;
  const title = municipalities.map(({ code, name, prefecture }) => `${prefecture}${name} (${code})`).join();
  if (procedures.length === 0) return [{ kind: "lines", lines: [{ text: title }, { text: words.none }] }];
  return [
    {
      kind: "table",
      title,
      head: [words.id, words.title, words.lifeEvent, words.channel],
      rows: procedures.map((each) => [
        each.id,
        each.title[language],
        messages.words.list(each.lifeEvents.map((event) => words.lifeEvents[event])),
        channelCell(each, messages),
      ]),
    },
  ];
}

const channelCell = ({ channel, open }: Channelled, { procedures: words }: Messages) =>
  open
    ? { text: words.channels[channel], ...(channel === "online" && { style: "good" as const }) }
    : { text: words.closed, style: "muted" as const };

export const portalProceduresShow: View<"portal procedures show"> = (data, messages) => {
  const { language, procedures: words } = messages;
  const { code, name, prefecture } = data.municipality;
  const required = (is: boolean): string => (is ? words.yes : words.no);
  const period = data.from === null && data.until === null ? words.always : words.until(data.from, data.until);
  return [
    {
      kind: "fields",
      title: data.title[language],
      fields: [
        [words.id, data.id],
        [words.municipality, `${prefecture}${name} (${code})`],
        [words.lifeEvent, messages.words.list(data.lifeEvents.map((event) => words.lifeEvents[event]))],
        [words.channel, channelCell(data, messages)],
        [words.period, period],
        [words.fromCard, messages.words.list(data.fromCard.map((each) => words.card[each]))],
      ],
    },
    { kind: "lines", lines: [{ text: data.summary[language] }] },
    ...(data.fields.length === 0 ? [] : [fieldTable(data, messages, required)]),
    ...(data.attachments.length === 0 ? [] : [attachmentTable(data, messages, required)]),
    {
      kind: "fields",
      fields: [
        ...(data.template === null ? [] : [[words.template, data.template] as const]),
        platformField(data.platform, messages),
      ],
    },
  ];
};

type Required = (is: boolean) => string;

const fieldTable = (
  { fields }: Shown,
  { language, procedures: words, words: { list } }: Messages,
  required: Required,
): Block => ({
  kind: "table",
  head: [words.name, words.field, words.form, words.required],
  rows: fields.map(({ name, label, type, choices, required: is, length }) => [
    name,
    label[language],
    type === "choice"
      ? list(
          choices.map(({ value, label: text }) => (text[language] === value ? value : `${value} (${text[language]})`)),
        )
      : type === "digits"
        ? `${words.types[type]} ×${length}`
        : words.types[type],
    required(is),
  ]),
});

const attachmentTable = (
  { attachments }: Shown,
  { language, procedures: words }: Messages,
  required: Required,
): Block => ({
  kind: "table",
  head: [words.name, words.attachment, words.form, words.required],
  rows: attachments.map(({ name, label, mediaTypes, maxBytes, required: is, requiredWhere }) => [
    name,
    label[language],
    words.mostOf(mediaTypes.join(", "), `${maxBytes / mebibyte} MiB`),
    requiredWhere ? words.requiredWhere(requiredWhere) : required(is),
  ]),
});
