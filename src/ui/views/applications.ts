import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { Style } from "../style.ts";
import { personFields } from "./card-data.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

type Followed = DataOf<"portal applications">["applications"][number];

const stateStyles: Readonly<Record<Followed["state"], Style>> = {
  received: "good",
  "under-review": "good",
  accepted: "good",
  done: "good",
  returned: "caution",
  corrected: "muted",
  withdrawn: "muted",
};

export const portalProceduresApply: View<"portal procedures apply"> = (data, messages) => {
  const { procedures: words, language } = messages;
  const { applicant, face, application, receipt, dryRun, resent } = data;
  const outcome: Cell = dryRun
    ? { text: words.dryRun, style: "caution" }
    : { text: resent ? words.appliedBefore : words.applied, style: "good" };
  return [
    { kind: "lines", lines: [outcome] },
    {
      kind: "fields",
      fields: [
        [words.title, `${data.title[language]} (${data.procedure})`],
        [words.applicant, messages.words.list([applicant.name, applicant.address])],
        ...personFields(face, messages),
        ...data.answers.map(({ label, answer }) => [label[language], answer[language]] as const),
        ...data.attachments.map(({ label, sha256 }) => [label[language], `SHA-256 ${sha256}`] as const),
        ...(application
          ? ([
              [words.application, { text: application.id, style: "strong" }],
              [words.state, words.states[application.state]],
              [words.at, shownTime(application.receivedAt)],
            ] as const)
          : []),
        ...(receipt === null ? [] : [[words.receipt, receipt] as const]),
        platformField(data.platform, messages),
      ],
    },
  ];
};

const followedBlocks = (
  { id, procedure, title, state, corrects, events }: Followed,
  { procedures: words, language }: Messages,
): Block[] => [
  {
    kind: "fields",
    title: id,
    fields: [
      [words.title, title ? `${title[language]} (${procedure})` : procedure],
      [words.state, { text: words.states[state], style: stateStyles[state] }],
      ...(corrects === null ? [] : [[words.corrects, corrects] as const]),
    ],
  },
  {
    kind: "table",
    head: [words.at, words.state, words.reason],
    rows: events.map((event) => [shownTime(event.at), words.states[event.state], event.reason ?? ""]),
  },
];

export const portalApplications: View<"portal applications"> = ({ applications, platform }, messages) => [
  ...(applications.length === 0
    ? [{ kind: "lines", lines: [{ text: messages.procedures.noApplications }] } as const]
    : applications.flatMap((each) => followedBlocks(each, messages))),
  { kind: "fields", fields: [platformField(platform, messages)] },
];

export const portalWithdraw: View<"portal withdraw"> = (data, messages) => [
  ...followedBlocks(data, messages),
  { kind: "fields", fields: [platformField(data.platform, messages)] },
];

export const sandboxApplication: View<"sandbox application advance" | "sandbox application return"> = (
  data,
  messages,
) => [...followedBlocks(data, messages), { kind: "fields", fields: [[messages.words.database, data.database]] }];

const resultStyles = { ok: "good", failed: "bad", "not-checked": "muted" } as const;

export const verifyReceipt: View<"verify receipt"> = ({ valid, id, receivedAt, platform, checks }, messages) => {
  const { procedures: words } = messages;
  const verdict: Cell = valid
    ? { text: words.receiptValid, style: "good" }
    : { text: words.receiptInvalid, style: "bad" };
  return [
    { kind: "lines", lines: [verdict] },
    {
      kind: "fields",
      fields: [
        ...(id === null ? [] : [[words.application, id] as const]),
        ...(receivedAt === null ? [] : [[words.at, shownTime(receivedAt)] as const]),
        ...checks.map(({ name, subject, result }) => {
          const label = subject === null ? words.checks[name] : `${words.checks[name]} ${subject}`;
          return [label, { text: words.results[result], style: resultStyles[result] }] as const;
        }),
        ...(platform ? [platformField(platform, messages)] : []),
      ],
    },
  ];
};
