import { shownTime } from "../dates.ts";
import type { Cell } from "../layout.ts";
import type { View } from "./index.ts";
import { pinTable } from "./pin.ts";

export const cardStatus: View<"card status"> = (data, messages) => {
  const { words } = messages;
  const certificate = ({ state, notAfter }: (typeof data.certificates)["auth"]): Cell => ({
    text: `${words.certificateStates[state]}${notAfter ? `  ${words.validUntil}: ${shownTime(notAfter)}` : ""}`,
    style: state === "valid" ? "good" : state === "unreadable" ? "muted" : "bad",
  });
  const use = ({ ok, reason }: (typeof data.usableFor)["login"]): Cell => ({
    text: [ok ? words.usable : words.unusable, ...(reason ? [words.reasons(reason)] : [])].join(": "),
    style: ok ? "good" : "bad",
  });
  const head = [
    [words.reader, data.reader],
    [words.card, { text: data.name, style: "strong" }],
    ["ATR", data.atr],
    ...(data.token ? ([[words.token, data.token]] as const) : []),
  ] as const;
  if (data.applications.length === 0) return [{ kind: "fields", fields: head }];
  return [
    { kind: "fields", fields: head },
    {
      kind: "table",
      head: [words.application, "AID", words.state],
      rows: data.applications.map(({ name, aid, present }) => [
        words.applications[name] ?? name,
        aid,
        { text: present ? words.present : words.absent, style: present ? "good" : "muted" },
      ]),
    },
    {
      kind: "fields",
      title: words.certificate,
      fields: [
        [`  ${words.certificates.auth}`, certificate(data.certificates.auth)],
        [`  ${words.certificates.sign}`, certificate(data.certificates.sign)],
      ],
    },
    pinTable(data.pins, messages),
    {
      kind: "fields",
      title: words.usableFor,
      fields: [
        [`  ${words.uses.login}`, use(data.usableFor.login)],
        [`  ${words.uses.sign}`, use(data.usableFor.sign)],
        [`  ${words.uses.reservation}`, use(data.usableFor.reservation)],
      ],
    },
  ];
};
