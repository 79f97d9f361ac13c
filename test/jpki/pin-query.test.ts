import { describe, expect, test } from "vitest";
import { pinReferences } from "../../src/jpki/applications.ts";
import { withCard } from "../../src/jpki/card.ts";
import { querySelected, readCounter, readCounters } from "../../src/jpki/pin/query.ts";
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

test("and for one of them: with nothing selected, another PIN would answer", async () => {
  const reader = simulatedReader({ profile: "android-token" });
  const counter = await withCard(reader, { connect }, (card) => readCounter(card, pinReference("text")));
  expect(counter.state).toBe("absent");
  expect(reader.log).toHaveLength(1);
});

test("a PIN whose file cannot be selected is unknown: the counter that answers would be another one's", async () => {
  const reader = scriptedReader({
    answer(command) {
      if (command.startsWith("00A402")) return "6982";
      return command.startsWith("0020") ? "63C3" : "9000";
    },
  });
  const { counter, p2 } = await withCard(reader, { connect }, (card) => querySelected(card, auth));
  expect({ state: counter.state, p2 }).toEqual({ state: "unknown", p2: null });
  expect(reader.log).toHaveLength(1);
});

test("a selected file that holds no PIN after all is absent", async () => {
  const reader = scriptedReader({ answer: (command) => (command.startsWith("0020") ? "6A82" : "9000") });
  expect((await withCard(reader, { connect }, (card) => querySelected(card, auth))).counter.state).toBe("absent");
});

test("two tries are few, unless there never are more", async () => {
  const reader = scriptedReader({ answer: (command) => (command.startsWith("0020") ? "63C2" : "9000") });
  const stateOf = (max: number) =>
    withCard(reader, { connect }, async (card) => (await readCounter(card, { ...auth, max })).state);
  expect([await stateOf(3), await stateOf(2)]).toEqual(["low", "ok"]);
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
