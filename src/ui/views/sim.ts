import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";

type Card = DataOf<"sim create">;

const created = (time: string | null, { words }: Messages): string => (time ? shownTime(time) : words.notCreated);

function simCard(card: Card, messages: Messages): Block[] {
  const { words } = messages;
  const { facts } = card;
  const { "person.name": name, "person.birth": birth, "person.sex": sex = "", "person.address": address } = facts;
  const person = [name, birth, words.simSexes[sex], address].filter((each) => each);
  const fields: [string, string][] = [
    ["--reader", card.uri],
    [words.profile, card.profile],
    ...(person.length > 0 ? [[words.person, person.join(", ")] satisfies [string, string]] : []),
    [words.createdAt, created(card.createdAt, messages)],
    ["ATR", card.atr ?? words.muteCard],
    ...named(facts, ["seed", "link", "strict", "verified"]).map(([key, value]): [string, string] => [
      `${words.simFacts[key] ?? key} (${key})`,
      value,
    ]),
    ...named(card.peculiarities),
  ];
  return [
    { kind: "fields", fields: [[words.name, { text: card.name, style: "strong" }], ...fields] },
    ...(card.pins.length === 0 ? [] : [pinValues(card.pins, messages)]),
    ...violations(card, messages),
  ];
}

/** Those facts, or all, that say anything. */
const named = (facts: Card["facts"], keys = Object.keys(facts)): [string, string][] =>
  keys.flatMap((key): [string, string][] => {
    const value = facts[key];
    return value === undefined || value === "none" ? [] : [[key, value]];
  });

const violations = (card: Card, { words }: Messages): Block[] =>
  card.violations.length === 0
    ? []
    : [
        {
          kind: "lines",
          lines: card.violations.map(({ pin, verify }) => ({ text: words.violation(pin, verify), style: "bad" })),
        },
      ];

function pinValues(pins: Card["pins"], { words }: Messages): Block {
  return {
    kind: "table",
    head: ["ID", words.pinValues, words.tries, "VERIFY", words.state],
    rows: pins.map(({ id, value, remaining, max, verifies, lastTryBurnt }) => [
      id,
      value,
      words.triesOf(remaining, max),
      String(verifies),
      lastTryBurnt ? { text: words.burnt, style: "bad" } : remaining === 0 ? words.pinStates.locked : "",
    ]),
  };
}

export const simList: View<"sim list"> = ({ cards }, messages) => [
  {
    kind: "table",
    head: [messages.words.name, messages.words.profile, "--reader", messages.words.createdAt],
    rows: cards.map(({ name, profile, uri, createdAt }) => [
      name,
      profile ?? messages.words.unknown,
      uri,
      profile ? created(createdAt, messages) : messages.words.unknown,
    ]),
  },
];

export const simCreate: View<"sim create"> = simCard;
export const simShow: View<"sim show"> = simCard;
export const simReset: View<"sim reset"> = simCard;
export const simRenew: View<"sim renew"> = simCard;
export const simReissue: View<"sim reissue"> = simCard;
export const simMove: View<"sim move"> = simCard;

export const simDelete: View<"sim delete"> = ({ name }, { words }) => [
  { kind: "lines", lines: [{ text: words.deleted(name) }] },
];

export const simExpect: View<"sim expect"> = ({ name, met, findings }, { words }) => [
  {
    kind: "lines",
    lines: [{ text: met ? words.asExpected(name) : words.notAsExpected(name), style: met ? "good" : "bad" }],
  },
  ...(met
    ? []
    : [
        {
          kind: "table" as const,
          head: ["", words.expected, words.actual],
          rows: findings.filter((each) => !each.met).map(({ key, expected, actual }) => [key, expected, actual]),
        },
      ]),
];

/** As it is, so that it can be written to a file and replayed. */
export const simLog: View<"sim log"> = ({ lines }) => [
  { kind: "raw", content: lines.map((line) => `${line}\n`).join("") },
];

type Profiles = DataOf<"sim profiles">["profiles"];

/** PINs that differ from card to card have columns; the others, the same on every card, stand above. */
export const simProfiles: View<"sim profiles"> = ({ profiles }, { words }) => {
  const groups = [...new Set(profiles.map(({ group }) => group))];
  const shared = sharedPins(profiles);
  return [
    { kind: "fields", title: words.sharedPins, fields: [...shared] },
    { kind: "lines", lines: [{ text: words.ownPins }] },
    ...groups.map((group): Block => {
      const rows = profiles.filter((profile) => profile.group === group);
      const numbers = rows.some(({ pins }) => pins.length > 0) ? ["text-a", "text-b"] : [];
      return {
        kind: "table",
        title: words.profileGroups[group],
        head: [words.profile, ...numbers, words.about],
        rows: rows.map(({ name, description, pins }) => [
          name,
          ...numbers.map((number) => pins.find(({ id }) => id === number)?.value ?? "-"),
          description,
        ]),
      };
    }),
  ];
};

/** Those that have the same value on every card that has them. */
function sharedPins(profiles: Profiles): ReadonlyMap<string, string> {
  const pins = profiles.flatMap((profile) => profile.pins);
  const isShared = ({ id, value }: (typeof pins)[number]) =>
    pins.every((other) => other.id !== id || other.value === value);
  return new Map(pins.filter(isShared).map(({ id, value }) => [id, value]));
}
