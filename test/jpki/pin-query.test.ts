import { describe, expect, test } from "vitest";
import { pinReferences } from "../../src/jpki/applications.ts";
import { withCard } from "../../src/jpki/card.ts";
import { readCounter, readCounters } from "../../src/jpki/pin/query.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { connect, scriptedReader, simulatedReader } from "./support/readers.ts";

const auth = pinReference("auth");
const all = pinReferences.map(({ id }) => id);

describe("what the answer to the empty VERIFY says", () => {
  test.each([
    ["63C3", { remaining: 3, max: 3, state: "ok" }],
    ["63C2", { remaining: 2, max: 3, state: "low" }],
    ["63C1", { remaining: 1, max: 3, state: "last-try" }],
    ["63C0", { remaining: 0, max: 3, state: "locked" }],
    ["6983", { remaining: 0, max: 3, state: "locked" }],
    ["6984", { remaining: 0, max: 3, state: "locked" }],
    ["9000", { remaining: null, max: 3, state: "verified" }],
    ["63C9", { remaining: 9, max: null, state: "ok" }],
    ["6300", { remaining: null, max: 3, state: "unknown" }],
    ["6700", { remaining: null, max: 3, state: "unknown" }],
    ["6F00", { remaining: null, max: 3, state: "unknown" }],
    ["6A88", { remaining: null, max: 3, state: "absent" }],
  ])("%s", async (sw, counter) => {
    const reader = scriptedReader({ answer: (command) => (command.startsWith("0020") ? sw : "9000") });
    const read = await withCard(reader, { connect }, (card) => readCounter(card, auth));
    expect(read).toEqual({ id: "auth", ...counter });
  });
});

test("ten counters take one SELECT for each application and one query each", async () => {
  const reader = simulatedReader();
  const counters = await withCard(reader, { connect }, (card) => readCounters(card, all));
  expect(counters.map(({ id }) => id)).toEqual(all);
  expect(counters.map(({ remaining }) => remaining)).toEqual([3, 5, 3, 10, 10, 10, 10, 10, 3, 3]);
  expect(reader.log).toHaveLength(5 + 10);
  expect(reader.log.filter((command) => command.startsWith("0020")).every((command) => command.length === 8)).toBe(
    true,
  );
});

test("the order is that of the question, the grouping our own", async () => {
  const reader = simulatedReader();
  const counters = await withCard(reader, { connect }, (card) =>
    readCounters(card, ["text", "auth", "text-b", "sign"]),
  );
  expect(counters.map(({ id }) => id)).toEqual(["text", "auth", "text-b", "sign"]);
  expect(reader.log.filter((command) => command.startsWith("00A4"))).toHaveLength(2);
});

test.each(["6A82", "6A86", "6D00"])("a card that answers short file ids with %s is asked by SELECT", async (sw) => {
  const reader = simulatedReader({ change: (image) => Object.assign(image.switches.shortFileId, { verify: sw }) });
  const counters = await withCard(reader, { connect }, (card) => readCounters(card, ["auth", "sign"]));
  expect(counters.map(({ remaining }) => remaining)).toEqual([3, 5]);
  expect(reader.log.slice(1)).toEqual(["00200098", "00A4020C020018", "00200080", "00A4020C02001B", "00200080"]);
});

test("a PIN that the card does not have is absent, and short file ids are still tried for the next", async () => {
  const reader = simulatedReader({ profile: "under-15" });
  const counters = await withCard(reader, { connect }, (card) => readCounters(card, ["sign", "text"]));
  expect(counters).toMatchObject([{ state: "absent" }, { state: "ok" }]);
  expect(reader.log.at(-1)).toBe("00200091");
});

test("an application that the card does not have costs one command for all its PINs", async () => {
  const reader = simulatedReader({ profile: "android-token" });
  const counters = await withCard(reader, { connect }, (card) => readCounters(card, ["text", "text-a", "text-b"]));
  expect(counters.map(({ state }) => state)).toEqual(["absent", "absent", "absent"]);
  expect(reader.log).toHaveLength(1);
});

test.each([
  ["auth-last-try", "last-try"],
  ["auth-locked", "locked"],
  ["auth-two-tries", "low"],
  ["counter-unreadable", "unknown"],
] as const)("%s", async (profile, state) => {
  const counter = await withCard(simulatedReader({ profile }), { connect }, (card) => readCounter(card, auth));
  expect(counter.state).toBe(state);
});

test("asking spends nothing, however often", async () => {
  const reader = simulatedReader({ profile: "auth-last-try" });
  for (let times = 0; times < 20; times++) await withCard(reader, { connect }, (card) => readCounters(card, all));
  expect(reader.image.pins.find(({ id }) => id === "auth")?.remaining).toBe(1);
  expect(reader.events).toEqual([]);
});
