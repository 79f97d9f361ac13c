import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Platform } from "../../../src/login/platform.ts";
import { issueMykeyId, proposeMykeyId } from "../../../src/mykey/client.ts";
import { keepFor, takeProposed } from "../../../src/sandbox/mykey/proposals.ts";
import { countAttempt } from "../../../src/sandbox/mykey/throttle.ts";
import { appendAudit } from "../../../src/sandbox/store/audit.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { type ChangeOrder, changeOnce, inTransaction } from "../../../src/sandbox/store/change.ts";
import { migrate } from "../../../src/sandbox/store/migrations.ts";
import { openPostgres } from "../../../src/sandbox/store/postgres.ts";
import { returnToQuota, takeFromQuota, takenFromQuota } from "../../../src/sandbox/store/quota.ts";
import { openSqlite } from "../../../src/sandbox/store/sqlite.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { makeCard, now, random } from "./cards.ts";
import { logIn } from "./login.ts";
import { runSandbox } from "./sandbox.ts";

const time = () => now.getTime();
const entry = (detail: number) => ({
  actor: "operator" as const,
  action: "test.change" as const,
  subject: null,
  details: { detail },
});

/**
 * What changes of the platform's state must keep to, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 * @param platforms how many may share it in one process
 */
export function changeContract(freshDatabase: () => Promise<string>, platforms: number): void {
  async function open() {
    const store = await openStore(await freshDatabase(), time);
    onTestFinished(() => store.close());
    return store;
  }

  const order: ChangeOrder = { actor: "operator", idempotencyKey: "one", request: ["test.change", 1] };

  describe("a change", () => {
    test("happens once under its key, however often and at once it is asked for", async () => {
      const { db } = await open();
      let done = 0;
      const change = () =>
        changeOnce({ db, now: time }, order, async () => {
          done += 1;
          return { answer: { done }, audit: [entry(done)] };
        });
      const answers = await Promise.all(Array.from({ length: 20 }, change));
      answers.push(await change());
      expect(answers).toEqual(Array(21).fill({ done: 1 }));
      expect((await verifyAudit(db)).lines).toBe(1);
    });

    test("is refused under the key of another request, and is another one under another actor's", async () => {
      const { db } = await open();
      const change = (changed: Partial<ChangeOrder>) =>
        changeOnce({ db, now: time }, { ...order, ...changed }, async () => ({ answer: changed, audit: [] }));
      await change({});
      const other = { request: ["test.change", 2] };
      await expect(change(other)).rejects.toMatchObject({ body: { reason: "idempotency-key-reused" } });
      await expect(change({ ...other, actor: "service pay" })).resolves.toHaveProperty("request");
    });

    test("that fails leaves nothing: no answer, no line in the audit log", async () => {
      const { db } = await open();
      const failing = changeOnce({ db, now: time }, order, async (transaction) => {
        await transaction.insertInto("meta").values({ name: "half", value: "" }).execute();
        throw new Error("changed my mind");
      });
      await expect(failing).rejects.toThrow("changed my mind");
      expect(await db.selectFrom("meta").selectAll().execute()).toEqual([]);
      expect(await verifyAudit(db)).toEqual({ lines: 0, hash: "", problem: null });
      const again = changeOnce({ db, now: time }, order, async () => ({ answer: "done", audit: [] }));
      await expect(again).resolves.toBe("done");
    });
  });

  describe("the audit log", () => {
    async function written(lines = 5) {
      const { db } = await open();
      for (let line = 1; line <= lines; line++) await inTransaction(db, (of) => appendAudit(of, [entry(line)], time()));
      return db;
    }

    test("is whole after many writers at once", async () => {
      const { db } = await open();
      const write = (detail: number) => inTransaction(db, (of) => appendAudit(of, [entry(detail), entry(detail)], 0));
      await Promise.all(Array.from({ length: 40 }, (_, at) => write(at)));
      expect(await verifyAudit(db)).toMatchObject({ lines: 80, problem: null });
    });

    test("is whole beyond what is read at once, and while it grows", async () => {
      const { db } = await open();
      const lines = Array.from({ length: 1500 }, (_, at) => entry(at));
      await inTransaction(db, (of) => appendAudit(of, lines, time()));
      const [verdict] = await Promise.all([
        verifyAudit(db),
        inTransaction(db, (of) => appendAudit(of, lines.slice(0, 20), time())),
      ]);
      expect(verdict.problem).toBeNull();
    });

    test.each([
      ["a line is changed", 3, { kind: "line-changed", sequence: 3 }],
      ["the last line is changed", 5, { kind: "line-changed", sequence: 5 }],
    ])("shows that %s", async (_name, sequence, problem) => {
      const db = await written();
      await db.updateTable("audit").set({ actor: "service x" }).where("sequence", "=", sequence).execute();
      expect((await verifyAudit(db)).problem).toEqual(problem);
    });

    test("shows a changed line even where its hash was made to fit", async () => {
      const db = await written();
      const { lineHash } = await import("../../../src/sandbox/store/audit.ts");
      const lines = await db.selectFrom("audit").selectAll().orderBy("sequence").execute();
      const [, second, third] = lines;
      if (!second || !third) throw new Error("too few lines");
      const forged = { ...third, details: "{}" };
      const hash = lineHash(second.hash, forged);
      await db.updateTable("audit").set({ details: "{}", hash }).where("sequence", "=", 3).execute();
      expect((await verifyAudit(db)).problem).toEqual({ kind: "line-changed", sequence: 4 });
    });

    test.each([
      [1, { kind: "line-missing", sequence: 1 }],
      [3, { kind: "line-missing", sequence: 3 }],
      [5, { kind: "end-missing", sequence: 5 }],
    ])("shows that line %i of five was removed", async (sequence, problem) => {
      const db = await written();
      await db.deleteFrom("audit").where("sequence", "=", sequence).execute();
      expect((await verifyAudit(db)).problem).toEqual(problem);
    });

    test("shows a line that was slipped in at the end, an anchor that was set back, and one that is gone", async () => {
      const db = await written();
      const last = await db.selectFrom("audit").selectAll().where("sequence", "=", 5).executeTakeFirstOrThrow();
      await db
        .insertInto("audit")
        .values({ ...last, sequence: 6 })
        .execute();
      expect((await verifyAudit(db)).problem).toEqual({ kind: "line-added", sequence: 6 });
      await db.deleteFrom("audit").where("sequence", "=", 6).execute();
      await db.updateTable("audit_anchor").set({ lines: 4 }).execute();
      expect((await verifyAudit(db)).problem).toEqual({ kind: "anchor-changed", sequence: 4 });
      await db.deleteFrom("audit_anchor").execute();
      expect((await verifyAudit(db)).problem).toEqual({ kind: "anchor-changed", sequence: 0 });
    });
  });

  test("an ID that is taken while somebody else asks for it is not kept for them", async () => {
    const { db } = await open();
    const parts = { db, now: time, random, reservationCap: 1 };
    for (const id of ["first", "second"]) {
      await db.insertInto("person").values({ id, linkage: id, created_at: 0 }).execute();
    }
    const proposal = (await keepFor(db, "first", "SAKURA22", parts)) ?? expect.fail();
    let asking: ReturnType<typeof keepFor> | undefined;
    await db.transaction().execute(async (transaction) => {
      await takeProposed(transaction, "first", proposal.proposalId, time());
      asking = keepFor(db, "second", "SAKURA22", parts);
      // As long as it takes to ask, and to have to wait.
      await delay(100);
    });
    expect(await asking).toBeUndefined();
    expect(await db.selectFrom("proposal").selectAll().execute()).toEqual([]);
  });

  describe("a quota", () => {
    test("is never exceeded, never missed, and takes back what a failed change took", async () => {
      const { db } = await open();
      const take = (fails: boolean) =>
        inTransaction(db, async (of) => {
          const enough = await takeFromQuota(of, "points", 3, 31);
          if (fails) throw new Error("changed my mind");
          return enough;
        }).catch(() => undefined);
      const taken = await Promise.all(Array.from({ length: 40 }, (_, at) => take(at % 2 === 0)));
      expect(taken.filter((enough) => enough)).toHaveLength(10);
      expect(await takenFromQuota(db, "points")).toBe(30);
      expect(await takeFromQuota(db, "points", 1, 31)).toBe(true);
      expect(await takeFromQuota(db, "points", 1, 31)).toBe(false);
      await returnToQuota(db, "points", 1);
      expect(await takeFromQuota(db, "points", 1, 31)).toBe(true);
    });

    test("of reservations goes to exactly as many of 64 clients as there are places [row 18]", async () => {
      const database = await freshDatabase();
      const cap = 23;
      const running: Platform[] = [];
      while (running.length < platforms) {
        running.push((await runSandbox({ database, reservationCap: cap })).platform);
      }
      const outcomes = await Promise.all(
        Array.from({ length: 64 }, async (_, at) => {
          const platform = running[at % platforms] ?? expect.fail();
          const { accessToken } = await logIn(platform, makeCard());
          const reserve = async (): Promise<string> => {
            const proposal = await proposeMykeyId(platform, accessToken);
            if ("existing" in proposal) throw new Error("nothing has been issued yet");
            await issueMykeyId(platform, accessToken, { proposalId: proposal.proposalId, idempotencyKey: `${at}` });
            return "issued";
          };
          return reserve().catch((error) => error.details.reason);
        }),
      );
      expect(outcomes.filter((outcome) => outcome === "issued")).toHaveLength(cap);
      expect(outcomes.filter((outcome) => outcome === "capacity-reached")).toHaveLength(64 - cap);
      const { db, close } = await openStore(database, time);
      onTestFinished(close);
      expect(await takenFromQuota(db, "reservation")).toBe(cap);
      const count = (table: "mykey" | "reservation") =>
        db
          .selectFrom(table)
          .select((of) => of.fn.countAll<number>().as("rows"))
          .executeTakeFirstOrThrow();
      expect([await count("mykey"), await count("reservation")]).toEqual([{ rows: cap }, { rows: cap }]);
      expect((await verifyAudit(db)).problem).toBeNull();
    });
  });

  describe("failed logins", () => {
    test("of 64 at once no more get through than one after the other", async () => {
      const { db } = await open();
      const suspects = [{ subject: "account ABCDEFGH", free: 5 }];
      const attempts = await Promise.all(
        Array.from({ length: 64 }, () =>
          countAttempt({ db, now: time }, suspects).then(
            () => "made",
            (refusal) => refusal.body.reason,
          ),
        ),
      );
      expect(attempts.filter((attempt) => attempt === "made")).toHaveLength(5);
      expect(attempts.filter((attempt) => attempt === "throttled")).toHaveLength(59);
    });
  });

  test("a database of the first version keeps its IDs, its answers and its count of reservations", async () => {
    const database = await freshDatabase();
    const first = await (database.startsWith("postgres") ? openPostgres : openSqlite)(database, "make");
    await migrate(first.db, first.lockMigrations, time, 1);
    const at = time();
    await first.db.insertInto("person").values({ id: "p", linkage: "l", created_at: at }).execute();
    const old = first.db.withTables<{
      mykey: { id: string; furigana: string; person: string; state: string; issued_at: number };
      certificate: {
        issuer: string;
        serial_number: string;
        person: string;
        not_before: number;
        not_after: number;
        first_seen: number;
      };
      idempotency: { person: string; idempotency_key: string; request: string; response: string; created_at: number };
    }>();
    await old
      .insertInto("mykey")
      .values({ id: "ABCDEFGH", furigana: "エー", person: "p", state: "active", issued_at: at })
      .execute();
    await old.insertInto("reservation").values({ person: "p", state: "reserved", reserved_at: at }).execute();
    const certificate = { issuer: "i", person: "p", not_after: at, first_seen: at };
    await old
      .insertInto("certificate")
      .values([
        { ...certificate, serial_number: "1", not_before: 1 },
        { ...certificate, serial_number: "2", not_before: 2, first_seen: at + 5 },
      ])
      .execute();
    const answered = { person: "p", idempotency_key: "k", request: "proposal", response: '"before"', created_at: at };
    await old.insertInto("idempotency").values(answered).execute();
    await first.db.destroy();

    const { db, close } = await openStore(database, time);
    onTestFinished(close);
    expect(await takenFromQuota(db, "reservation")).toBe(1);
    expect(await db.selectFrom("mykey").select(["id", "ended_at"]).execute()).toEqual([
      { id: "ABCDEFGH", ended_at: null },
    ]);
    const repeated = { actor: "person p", idempotencyKey: "k", request: ["mykey.issue", "proposal"] } as const;
    const again = changeOnce({ db, now: time }, repeated, async () => ({ answer: "anew", audit: [] }));
    await expect(again).resolves.toBe("before");
    const links = await db
      .selectFrom("certificate")
      .select(["linked_at", "unlinked_at"])
      .orderBy("serial_number")
      .execute();
    expect(links).toEqual([
      { linked_at: at, unlinked_at: at + 5 },
      { linked_at: at + 5, unlinked_at: null },
    ]);
  });
}
