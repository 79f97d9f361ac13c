import { describe, expect, onTestFinished, test } from "vitest";
import type { Session } from "../../../src/sandbox/http/session.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import {
  beginSession,
  continueSession,
  endSession,
  issueTicket,
  useTicket,
} from "../../../src/sandbox/web/sessions.ts";
import { random, now as start } from "./cards.ts";

const minute = 60 * 1000;

/**
 * What the logins of browsers must keep to, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function pagesContract(freshDatabase: () => Promise<string>): void {
  async function open() {
    let time = start.getTime();
    const now = () => time;
    const store = await openStore(await freshDatabase(), now);
    onTestFinished(() => store.close());
    const { db } = store;
    await db.insertInto("person").values({ id: "taro", linkage: "taro", created_at: time }).execute();
    const session = {
      person: "taro",
      method: "card",
      epoch: 0,
      issuer: "CN=test",
      serialNumber: "01",
      notBefore: 0,
      notAfter: time,
      expiresAt: time,
      revocation: "not-checked",
    } satisfies Session;
    const advance = (milliseconds: number) => {
      time += milliseconds;
    };
    return { store, parts: { db, now, random }, session, advance };
  }

  describe("a browser's login", () => {
    test("is what it began as, under its own secret alone, until it is ended", async () => {
      const { parts, session } = await open();
      const [secret, other] = [await beginSession(session, parts), await beginSession(session, parts)];
      expect(await continueSession(secret, parts)).toEqual(session);
      expect(await continueSession(`${secret}x`, parts)).toBeUndefined();
      await endSession(secret, parts.db);
      expect(await continueSession(secret, parts)).toBeUndefined();
      expect(await continueSession(other, parts)).toEqual(session);
    });

    test("ends ten minutes after its last use, and an hour after its beginning in any case", async () => {
      const { parts, session, advance } = await open();
      const [used, unused] = [await beginSession(session, parts), await beginSession(session, parts)];
      for (let time = 0; time < 11; time++) {
        advance(5 * minute);
        expect(await continueSession(used, parts), `${time}`).toEqual(session);
      }
      expect(await continueSession(unused, parts)).toBeUndefined();
      advance(5 * minute - 1);
      expect(await continueSession(used, parts)).toEqual(session);
      advance(1);
      expect(await continueSession(used, parts)).toBeUndefined();
    });

    test("and a one-time address leave nothing in the store once they have run out", async () => {
      const { store, parts, session, advance } = await open();
      await beginSession(session, parts);
      await issueTicket(session, parts);
      advance(10 * minute);
      await store.sweep();
      for (const table of ["page_session", "page_ticket"] as const) {
        expect(await parts.db.selectFrom(table).selectAll().execute()).toEqual([]);
      }
    });
  });

  test("of many browsers that open a one-time address at once, one gets in", async () => {
    const { parts, session } = await open();
    const { ticket } = await issueTicket(session, parts);
    const entered = await Promise.all(Array.from({ length: 20 }, () => useTicket(ticket, parts)));
    expect(entered.filter((each) => each !== undefined)).toEqual([session]);
  });

  test("a one-time address opens nothing after a minute", async () => {
    const { parts, session, advance } = await open();
    const { ticket, expiresAt } = await issueTicket(session, parts);
    expect(Date.parse(expiresAt)).toBe(parts.now() + minute);
    advance(minute);
    expect(await useTicket(ticket, parts)).toBeUndefined();
  });
}
