import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CommandApdu } from "../../src/apdu/command.ts";
import type { CardConnection, Reader } from "../../src/apdu/reader.ts";
import { triesFromStatus } from "../../src/apdu/status.ts";
import { MynakitError, noPinTouched, type PinReport } from "../../src/errors.ts";
import { applications, type PinReference } from "../../src/jpki/applications.ts";
import { withCard } from "../../src/jpki/card.ts";
import { changePin, verifyPin } from "../../src/jpki/pin/guard.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { live } from "./support/live.ts";
import { type Attempt, operations, type PinOperation } from "./support/operations.ts";
import { worlds } from "./support/world.ts";

type Run = PinOperation["run"];

/** A client without our guard: straight to the reader, as no code of ours can. */
const unguarded =
  (work: (send: (command: CommandApdu) => Promise<number>, attempt: Attempt) => Promise<PinReport>): Run =>
  async (reader, attempt) => {
    const connection = await reader.connect(attempt.options.connect);
    try {
      return await work(async (command) => (await connection.transmit(command)).sw, attempt);
    } finally {
      await connection.disconnect("unpower");
    }
  };

const aidOf = ({ application }: PinReference) => applications[application].aid;
const select = (p1: number, data: Uint8Array) => ({ cla: 0x00, ins: 0xa4, p1, p2: 0x0c, data });
const verify = (data?: Uint8Array) => ({ cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, ...(data && { data }) });

const remainingOf = (status: number): number | null => {
  const answer = triesFromStatus(status);
  return answer.kind === "remaining" ? answer.tries : null;
};

interface Habits {
  readonly times?: number;
  /** How far its report is off. */
  readonly shift?: number;
  readonly anyForm?: true;
}

const withFloor = (floor: number, { times = 1, shift = 0, anyForm }: Habits = {}): Run =>
  unguarded(async (send, { id, typed }) => {
    const reference = pinReference(id);
    const bytes = typed().bytes();
    const wellFormed = reference.form.pattern.test(Buffer.from(bytes).toString("latin1"));
    if (!wellFormed && !anyForm) return noPinTouched;
    await send(select(0x04, aidOf(reference)));
    await send(select(0x02, Uint8Array.of(0x00, reference.file)));
    const tries = remainingOf(await send(verify()));
    if (tries === null || tries < floor) return { pinSent: false, triesBefore: tries, triesAfter: tries };
    let after: number | null = tries;
    for (let time = 0; time < times; time++) {
      const status = await send(verify(bytes));
      // A success fills the counter.
      after = remainingOf(status === 0x9000 ? await send(verify()) : status);
    }
    return { pinSent: true, triesBefore: tries + shift, triesAfter: after };
  });

/** Never says that a PIN was sent where an error came back. */
const silent: Run = async (reader, attempt) => {
  try {
    return await ours(reader, attempt);
  } catch {
    return { pinSent: false, triesBefore: null, triesAfter: null };
  }
};

const ours: Run = (reader, { id, options, typed }) =>
  withCard(reader, options, (card) => verifyPin(card, pinReference(id), typed(), options));

const stubborn: Run = (reader, attempt) => ours(reader, { ...attempt, options: { ...attempt.options, minTries: 2 } });

/** Knows less than it was told. */
const vague: Run = async (reader, attempt) => ({ ...(await ours(reader, attempt)), triesAfter: null });

/** Forgets what was presented, and leaves the card as it is. */
const forgetful: Run = (reader, attempt) => ours({ ...reader, connect: staying(reader) }, attempt);

const staying =
  (reader: Reader): Reader["connect"] =>
  async (options): Promise<CardConnection> => {
    const connection = await reader.connect(options);
    return { ...connection, transmit: remaining(connection), disconnect: () => connection.disconnect("leave") };
  };

/** Swallows the SELECT that ends a verified state. */
const remaining =
  (connection: CardConnection): CardConnection["transmit"] =>
  async (command) =>
    Buffer.from(command.data ?? []).equals(applications.isd.aid)
      ? { data: new Uint8Array(), sw: 0x9000 }
      : connection.transmit(command);

const changing =
  (report: (work: Promise<PinReport>) => Promise<PinReport>): Run =>
  (reader, { id, options, typed, replacement }) =>
    withCard(reader, options, (card) =>
      report(changePin(card, pinReference(id), { old: typed(), new: replacement() }, options)),
    );

/** Takes a failure for proof that nothing was changed. */
const sure = changing((work) =>
  work.catch((error: unknown) => {
    if (!(error instanceof MynakitError)) throw error;
    return { ...error.pin, changed: false };
  }),
);

const optimist: Run = async (reader, attempt) => ({ ...(await ours(reader, attempt)), changed: true });

const check = (run: Run) => {
  const worse = { ids: operations.verifyPin?.ids ?? [], run };
  const property = fc.asyncProperty(worlds(["worse"]), (world) => live(world, { worse }));
  return fc.check(property, { seed: 20261122, numRuns: 300, endOnFailure: true });
};

describe("the property finds a guard that", () => {
  test.each<[string, Run, RegExp]>([
    ["has no floor", withFloor(1), /with [01] tries left|the last try is gone/],
    ["has a floor of its own, whatever the person says", stubborn, /with 2 tries left/],
    ["sends again", withFloor(4, { times: 2 }), /sent twice/],
    ["tells a counter that it did not read", withFloor(4, { shift: 1 }), /tries before, but/],
    ["does not tell the counter after a success", vague, /tries after, but/],
    ["denies that it sent", silent, /the report denies it/],
    ["leaves a verified card behind", forgetful, /left a verified card behind/],
    ["sends what is malformed", withFloor(4, { anyForm: true }), /malformed/],
    ["is sure that a failed change changed nothing", sure, /changed: false/],
    ["claims a change that it did not make", optimist, /changed: true/],
  ])("%s", async (_, run, reason) => {
    const { failed, errorInstance } = await check(run);
    expect({ failed, reason: String(errorInstance) }).toEqual({ failed: true, reason: expect.stringMatching(reason) });
  });

  test("does its work: our own is not found wanting", async () => {
    expect(await check(ours)).toMatchObject({ failed: false });
  });
});
