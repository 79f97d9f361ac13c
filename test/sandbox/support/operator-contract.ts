import { describe, expect, onTestFinished, test } from "vitest";
import { setCapacity } from "../../../src/sandbox/operator/capacity.ts";
import { clockOf, moveClock } from "../../../src/sandbox/operator/clock.ts";
import { setClosed } from "../../../src/sandbox/operator/closing.ts";
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
