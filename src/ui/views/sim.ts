import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";

type Card = DataOf<"sim create">;

const created = (time: string | null, { words }: Messages): string => (time ? shownTime(time) : words.notCreated);

function simCard(card: Card, messages: Messages): Block[] {
  const { words } = messages;
  return [
    {
      kind: "fields",
      fields: [
        [words.name, { text: card.name, style: "strong" }],
        ["--reader", card.uri],
        [words.profile, card.profile],
        [words.createdAt, created(card.createdAt, messages)],
      ],
    },
    ...(card.pins.length === 0 ? [] : [pinValues(card.pins, messages)]),
  ];
}

function pinValues(pins: Card["pins"], { words }: Messages): Block {
  return {
    kind: "table",
    head: ["ID", words.pinValues, words.tries, words.state],
    rows: pins.map(({ id, value, remaining, max, lastTryBurnt }) => [
      id,
      value,
      words.triesOf(remaining, max),
      lastTryBurnt ? { text: words.burnt, style: "bad" } : remaining === 0 ? words.pinStates.locked : "",
    ]),
  };
}

export const simList: View<"sim list"> = ({ cards }, messages) => [
  {
    kind: "table",
    head: [messages.words.name, messages.words.profile, "--reader", messages.words.createdAt],
    rows: cards.map(({ name, profile, uri, createdAt }) => [name, profile, uri, created(createdAt, messages)]),
  },
];

export const simCreate: View<"sim create"> = simCard;
export const simShow: View<"sim show"> = simCard;
export const simReset: View<"sim reset"> = simCard;

export const simDelete: View<"sim delete"> = ({ name }, { words }) => [
  { kind: "lines", lines: [{ text: words.deleted(name) }] },
];

export const simProfiles: View<"sim profiles"> = ({ profiles }, { words }) => [
  {
    kind: "table",
    head: [words.profile, "PIN", words.about],
    rows: profiles.map(({ name, description, pins }) => [
      name,
      pins.map(({ id, value }) => `${id}=${value}`).join(" ") || "-",
      description,
    ]),
  },
];
