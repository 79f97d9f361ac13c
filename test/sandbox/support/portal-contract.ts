import { describe, expect, onTestFinished, test } from "vitest";
import type { Session } from "../../../src/sandbox/http/session.ts";
import { exchangesOfPerson } from "../../../src/sandbox/portal/exchanges.ts";
import { askFor, requestsOf } from "../../../src/sandbox/portal/information.ts";
import { changeLink } from "../../../src/sandbox/portal/links.ts";
import { noticesOf, readNotice } from "../../../src/sandbox/portal/notices.ts";
import { demandsOfPerson, pay } from "../../../src/sandbox/portal/payments.ts";
import { register } from "../../../src/sandbox/portal/user.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { now } from "./cards.ts";

const minute = 60_000;
const question = { topic: "tax", from: null, until: null } as const;

/**
 * What the services of Mynaportal must keep to, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function portalContract(freshDatabase: () => Promise<string>): void {
  async function open() {
    let time = now.getTime();
    const store = await openStore(await freshDatabase(), () => time);
    onTestFinished(() => store.close());
    const { db } = store;
    const parts = { db, now: () => time };
    const person = "0123456789abcdef";
    await db.insertInto("person").values({ id: person, linkage: person, created_at: time }).execute();
    const session = { person, epoch: 0 } as Session;
    let keys = 0;
    const idempotencyKey = () => {
      keys += 1;
      return `${keys}`;
    };
    await register(session, { entry: { nickname: "a" }, idempotencyKey: idempotencyKey() }, parts);
    const advance = (milliseconds: number) => {
      time += milliseconds;
    };
    return { db, parts, person, session, idempotencyKey, advance, time: () => time };
  }

  describe("information", () => {
    test("is asked for once however many ask at once, answered when its time has come, and told of", async () => {
      const { db, parts, person, session, idempotencyKey, advance, time } = await open();
      const ask = () => askFor(session, { ...question, idempotencyKey: idempotencyKey() }, parts);
      const answers = await Promise.all(Array.from({ length: 8 }, ask));
      expect(new Set(answers.map(({ request, records }) => JSON.stringify([request, records]))).size).toBe(1);
      expect(answers[0]).toMatchObject({ request: { number: 1, state: "requested" }, records: null });
      const exchanges = await exchangesOfPerson(db, person, time());
      advance(5 * minute);
      expect(await ask()).toMatchObject({ synthetic: true, request: { number: 1, state: "answered" } });
      const { notices } = await noticesOf(db, person, time());
      expect(notices.at(-1)).toMatchObject({ kind: "information-answered", about: "tax" });
      const grown = await exchangesOfPerson(db, person, time());
      expect(grown.exchanges.slice(1)).toEqual(exchanges.exchanges);
      expect(grown.exchanges[0]).toMatchObject({ requester: "person", provider: "municipality", topic: "tax" });
      advance(25 * 60 * minute);
      await ask();
      expect((await requestsOf(db, person, time())).requests.map(({ number }) => number)).toEqual([2, 1]);
      expect((await verifyAudit(db)).problem).toBeNull();
    });
  });

  describe("a notice", () => {
    test("is read once, and none of a time to come can be", async () => {
      const { db, parts, person, session, idempotencyKey, advance, time } = await open();
      const { notices } = await noticesOf(db, person, time());
      const number = notices.at(-1)?.number ?? 0;
      const read = () => readNotice(session, { number, idempotencyKey: idempotencyKey() }, parts);
      const first = await read();
      advance(minute);
      expect(await read()).toEqual(first);
      const shown = new Set(notices.map((notice) => notice.number));
      const hidden = Math.max(...shown) + 12;
      const early = readNotice(session, { number: hidden, idempotencyKey: idempotencyKey() }, parts);
      await expect(early).rejects.toMatchObject({ body: { reason: "notice-unknown" } });
    });
  });

  describe("a link", () => {
    test("is made once and taken away once, under the same identifier each time", async () => {
      const { parts, session, idempotencyKey } = await open();
      const change = (action: "connect" | "remove") =>
        changeLink(session, { service: "e-tax", action, idempotencyKey: idempotencyKey() }, parts);
      const [first] = (await change("connect")).links;
      expect(first).toMatchObject({ service: "e-tax", identifier: expect.stringMatching(/^[0-9a-f]{32}$/) });
      await expect(change("connect")).rejects.toMatchObject({ body: { reason: "already-linked" } });
      expect((await change("remove")).links[0]).toMatchObject({ identifier: null, linkedAt: null });
      await expect(change("remove")).rejects.toMatchObject({ body: { reason: "not-linked" } });
      expect((await change("connect")).links[0]?.identifier).toBe(first?.identifier);
    });
  });

  describe("a demand", () => {
    test("is paid once however many pay it at once", async () => {
      const { db, parts, person, session, idempotencyKey, time } = await open();
      const { demands } = await demandsOfPerson(db, person, time());
      const { id: demand = "" } = demands[0] ?? {};
      const payment = () => pay(session, { demand, means: "card", idempotencyKey: idempotencyKey() }, parts);
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, payment));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      await expect(payment()).rejects.toMatchObject({ body: { reason: "already-paid" } });
      const left = (await demandsOfPerson(db, person, time())).demands.filter(({ paid }) => paid === null);
      expect(left).toHaveLength(demands.length - 1);
    });
  });
}
