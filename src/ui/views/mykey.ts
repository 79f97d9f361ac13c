import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

type Shown = DataOf<"mykey show"> | DataOf<"mykey issue">;

export function mykeyFields(data: Shown, messages: Messages): Block {
  const { words } = messages;
  const { reservation } = data;
  return {
    kind: "fields",
    fields: [
      [words.mykeyId, { text: data.mykeyId, style: "strong" }],
      [words.furigana, data.furigana],
      [words.state, words.mykeyStates[data.state]],
      ...(data.issuedAt === null ? [] : [[words.issuedAt, shownTime(data.issuedAt)] satisfies [string, string]]),
      [
        words.reservation,
        `${words.reservationStates[reservation.state]}${reservation.at ? `  ${shownTime(reservation.at)}` : ""}`,
      ],
      platformField(data.platform, messages),
    ],
  };
}

export const mykeyIssue: View<"mykey issue"> = (data, messages) => [
  { kind: "lines", lines: [issueOutcome(data, messages)] },
  mykeyFields(data, messages),
];

function issueOutcome({ created, state }: DataOf<"mykey issue">, { words }: Messages): Cell {
  if (state === "proposed") return { text: words.notIssued, style: "caution" };
  return { text: created ? words.created : words.existing, style: "good" };
}

export const mykeyShow: View<"mykey show"> = (data, messages) => [mykeyFields(data, messages)];
