import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { mykeyFields } from "./mykey.ts";
import { platformField } from "./platform.ts";

export const mykeyChange: View<"mykey change"> = (data, messages) => [
  { kind: "lines", lines: [{ text: messages.words.mykeyChanged(data.previous), style: "good" }] },
  mykeyFields(data, messages),
];

export const mykeyRevoke: View<"mykey revoke"> = ({ mykeyId, revokedAt, platform }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.mykeyRevoked(mykeyId), style: "caution" }] },
  { kind: "fields", fields: [[messages.words.revokedAt, shownTime(revokedAt)], platformField(platform, messages)] },
];

export const mykeyReportLeak: View<"mykey report-leak"> = ({ mykeyId, suspendedAt, platform }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.mykeySuspended(mykeyId), style: "caution" }] },
  { kind: "fields", fields: [[messages.words.since, shownTime(suspendedAt)], platformField(platform, messages)] },
];

export const mykeyStatus: View<"mykey status"> = (data, messages) => {
  const { words } = messages;
  const { reservation, certificate } = data;
  const { state, usableFrom } = certificate;
  return [
    {
      kind: "fields",
      fields: [
        [words.account, words.accountStates[data.account]],
        [words.mykeyId, { text: data.mykeyId ?? words.absent, style: "strong" }],
        [words.reservation, words.reservationStates[reservation.state]],
        [words.certificate, words.linkStates[state]],
        ...(state === "waiting" ? [[words.usableFrom, shownTime(usableFrom)] satisfies [string, string]] : []),
        [words.loginPassword, data.passwordSet ? words.present : words.absent],
        platformField(data.platform, messages),
      ],
    },
  ];
};

/** The history of an account, for its holder and for the operator. */
export function historyBlocks(
  { ids, certificates, events }: Pick<DataOf<"mykey history">, "ids" | "certificates" | "events">,
  { words }: Messages,
): Block[] {
  const until = (time: string | null) => (time === null ? "" : shownTime(time));
  return [
    {
      kind: "table",
      head: [words.mykeyId, words.state, words.issuedAt, words.endedAt],
      rows: ids.map(({ mykeyId, state, issuedAt, endedAt }) => [
        mykeyId,
        words.mykeyStates[state],
        shownTime(issuedAt),
        until(endedAt),
      ]),
    },
    {
      kind: "table",
      head: [words.certificate, words.linkedAt, words.endedAt],
      rows: certificates.map(({ serialNumber, linkedAt, unlinkedAt }) => [
        serialNumber,
        until(linkedAt),
        until(unlinkedAt),
      ]),
    },
    {
      kind: "table",
      head: [words.time, words.actor, words.event],
      rows: events.map(({ at, actor, action }) => [shownTime(at), words.actors(actor), words.actions(action)]),
    },
  ];
}

export const mykeyHistory: View<"mykey history"> = (data, messages) => [
  ...historyBlocks(data, messages),
  { kind: "fields", fields: [platformField(data.platform, messages)] },
];

function settings(
  { email, notify, pointsMunicipality, platform }: DataOf<"mykey profile">,
  messages: Messages,
): Block[] {
  const { words } = messages;
  return [
    {
      kind: "fields",
      fields: [
        [words.email, email ?? words.absent],
        [words.notice, notify ? words.on : words.off],
        [words.pointsMunicipality, pointsMunicipality ?? words.absent],
        platformField(platform, messages),
      ],
    },
  ];
}

export const mykeyProfile: View<"mykey profile"> = settings;
export const mykeyNotify: View<"mykey notify"> = settings;
export const mykeyPointsAccount: View<"mykey points-account"> = settings;

export const mykeyPassword: View<"mykey password"> = ({ platform }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.passwordChanged, style: "good" }] },
  { kind: "fields", fields: [platformField(platform, messages)] },
];

export const mykeyPage: View<"mykey page"> = ({ url, expiresAt, platform }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.openInBrowser }, { text: url, style: "strong" }] },
  { kind: "fields", fields: [[messages.words.expiresAt, shownTime(expiresAt)], platformField(platform, messages)] },
];
