import { describe, expect, onTestFinished, test } from "vitest";
import { programmes } from "../../../src/mykey/points/programmes.ts";
import { setCapacity } from "../../../src/sandbox/operator/capacity.ts";
import { clockOf, moveClock } from "../../../src/sandbox/operator/clock.ts";
import { setClosed } from "../../../src/sandbox/operator/closing.ts";
import {
  closedTerms,
  openTerms,
  operatorStatements,
  programmesOf,
  setTerms,
} from "../../../src/sandbox/operator/programmes.ts";
import { programmeAt } from "../../../src/sandbox/points/rule.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { inTransaction } from "../../../src/sandbox/store/change.ts";
import { quotaOf, returnToQuota, takeFromQuota } from "../../../src/sandbox/store/quota.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { now, random } from "./cards.ts";

const reservation = "reservation";
const hour = 60 * 60 * 1000;
const refused = (reason: string) => ({ body: { reason } });

/**
 * What the operator sets must hold for everybody at once, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function operatorContract(freshDatabase: () => Promise<string>): void {
  async function open(database: string) {
    const store = await openStore(database, () => now.getTime());
    onTestFinished(() => store.close());
    const parts = { db: store.db, now: store.now, random, processNow: () => now.getTime() };
    const actions = async () => {
      const lines = await store.db.selectFrom("audit").select(["action", "details"]).orderBy("sequence").execute();
      return lines.map(({ action, details }) => [action, JSON.parse(details)]);
    };
    return { store, parts, actions };
  }

  describe("the limit of reservations", () => {
    const take = async (db: Parameters<typeof takeFromQuota>[0]) =>
      inTransaction(db, (transaction) => takeFromQuota(transaction, reservation, 1, 1000));

    test("set below what is taken lets nobody in; raised, exactly as many as there are places", async () => {
      const { store, parts, actions } = await open(await freshDatabase());
      await setCapacity(2, parts);
      expect([await take(store.db), await take(store.db), await take(store.db)]).toEqual([true, true, false]);
      await setCapacity(1, parts);
      await returnToQuota(store.db, reservation, 1);
      expect(await take(store.db)).toBe(false);
      await setCapacity(3, parts);
      await setCapacity(3, parts);
      expect([await take(store.db), await take(store.db), await take(store.db)]).toEqual([true, true, false]);
      await setCapacity(null, parts);
      expect(await quotaOf(store.db, reservation, 1000)).toEqual({ taken: 3, limit: 1000, set: false });
      const capacities = (await actions()).map(([, { most }]) => most);
      expect(capacities).toEqual([2, 1, 3, null]);
    });

    test("lowered while many take is exceeded by nobody who takes after it", async () => {
      const { store, parts } = await open(await freshDatabase());
      await setCapacity(100, parts);
      const taking = Array.from({ length: 40 }, () => take(store.db));
      const lowered = setCapacity(10, parts).then(async () => (await quotaOf(store.db, reservation, 0)).taken);
      const later = lowered.then(() => Promise.all(Array.from({ length: 20 }, () => take(store.db))));
      const before = await lowered;
      const given = [...(await Promise.all(taking)), ...(await later)].filter(Boolean).length;
      expect(given).toBe(Math.max(before, 10));
      expect((await quotaOf(store.db, reservation, 0)).taken).toBe(given);
    });
  });

  describe("the clock", () => {
    test("moved many times at once has moved by the sum", async () => {
      const { parts, actions } = await open(await freshDatabase());
      const forward = () => moveClock((time) => time + hour, { backwards: false }, parts);
      await Promise.all(Array.from({ length: 8 }, forward));
      expect(await clockOf(parts)).toMatchObject({ now: now.getTime() + 8 * hour, ahead: 8 * hour });
      expect((await actions()).map(([action]) => action)).toEqual(Array(8).fill("clock.move"));
      expect((await verifyAudit(parts.db)).problem).toBeNull();
    });

    test("does not go behind what is recorded unless the operator insists; up to it, it does", async () => {
      const database = await freshDatabase();
      // As the operator's commands do, each in a process of its own.
      const set = async (time: number, backwards = false) =>
        moveClock(() => time, { backwards }, (await open(database)).parts);
      await set(now.getTime() - hour);
      await set(now.getTime() + hour);
      await set(now.getTime() + 3 * hour);
      await set(now.getTime() + 2 * hour);
      await expect(set(now.getTime())).rejects.toMatchObject(refused("clock-backwards"));
      await set(now.getTime(), true);
      expect((await clockOf((await open(database)).parts)).ahead).toBe(0);
    });

    test("is the time of every process on the database: of one that opens it, and of one that has", async () => {
      const database = await freshDatabase();
      const running = await open(database);
      const { parts } = await open(database);
      await moveClock((time) => time + hour, { backwards: false }, parts);
      expect((await open(database)).store.now()).toBe(now.getTime() + hour);
      await expect
        .poll(async () => {
          await running.store.standing.lookAgain();
          return running.store.now();
        })
        .toBe(now.getTime() + hour);
    });
  });

  describe("a programme", () => {
    test("keeps every one of several changes at once, and is what was published after a reset", async () => {
      const { store, parts } = await open(await freshDatabase());
      const terms = [{ "premium-percent": 50 }, { "premium-points": 9 }, { "guardian-for-minor": false }];
      await Promise.all(terms.map((change) => setTerms(1, change, parts)));
      const set = async () => (await operatorStatements(store.db)).map(({ term, value }) => [term, value]);
      expect(new Map((await set()) as [string, unknown][])).toEqual(
        new Map(terms.flatMap((change) => Object.entries(change))),
      );
      expect((await programmesOf(store.db))[2]).toEqual(programmes[2]);
      await setTerms(1, null, parts);
      expect((await programmesOf(store.db))[1]).toEqual(programmes[1]);
    });

    test("is applied to by as many as the operator says, whatever was published", async () => {
      const { store, parts } = await open(await freshDatabase());
      const take = () => takeFromQuota(store.db, "application-1", 1, 1000);
      await setTerms(1, { "budget-people": 1 }, parts);
      expect([await take(), await take()]).toEqual([true, false]);
      await setTerms(1, { "premium-percent": 50 }, parts);
      expect(await take()).toBe(false);
      await setTerms(1, null, parts);
      expect(await take()).toBe(true);
    });

    test("is open from its first day to its last in Japan, and closed at once", async () => {
      const { store, parts } = await open(await freshDatabase());
      const openAt = async (time: string) =>
        programmeAt(await programmesOf(store.db), Date.parse(time), "applications")?.number;
      await setTerms(2, openTerms("2027-04-01", "2027-04-02"), parts);
      const times = ["2027-03-31T23:59:59+09:00", "2027-04-01T00:00:00+09:00", "2027-04-02T23:59:59+09:00"];
      expect(await Promise.all(times.map(openAt))).toEqual([undefined, 2, 2]);
      expect(await openAt("2027-04-03T00:00:00+09:00")).toBeUndefined();
      await setTerms(2, closedTerms(Date.parse("2027-04-01T12:00:00+09:00"), true), parts);
      expect(await openAt("2027-04-01T12:00:01+09:00")).toBeUndefined();
    });
  });

  test("a platform is closed and opened again, each recorded once", async () => {
    const { store, parts, actions } = await open(await freshDatabase());
    const until = now.getTime() + hour;
    for (const closed of [{ until }, { until }, null, null]) await setClosed(closed, parts);
    expect(await actions()).toEqual([
      ["platform.close", { until }],
      ["platform.open", {}],
    ]);
    expect(store.standing.current().closed).toBeNull();
  });
}
