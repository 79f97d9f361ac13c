import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

function mykeyFields(data: DataOf<"mykey show">, messages: Messages): Block {
  const { words } = messages;
  const { reservation } = data;
  return {
    kind: "fields",
    fields: [
      [words.mykeyId, { text: data.mykeyId, style: "strong" }],
      [words.furigana, data.furigana],
      [words.state, words.mykeyStates[data.state]],
      [words.issuedAt, shownTime(data.issuedAt)],
      [
        words.reservation,
        `${words.reservationStates[reservation.state]}${reservation.at ? `  ${shownTime(reservation.at)}` : ""}`,
      ],
      platformField(data.platform, messages),
    ],
  };
}

export const mykeyIssue: View<"mykey issue"> = (data, messages) => [
  { kind: "lines", lines: [{ text: data.created ? messages.words.created : messages.words.existing, style: "good" }] },
  mykeyFields(data, messages),
];

export const mykeyShow: View<"mykey show"> = (data, messages) => [mykeyFields(data, messages)];
