import { expect, onTestFinished, test } from "vitest";
import type { Platform } from "../../../src/login/platform.ts";
import type { Session } from "../../../src/login/session.ts";
import { changeMykeyId, issueMykeyId, proposeChange, proposeMykeyId } from "../../../src/mykey/client.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { takenFromQuota } from "../../../src/sandbox/store/quota.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { makeCard } from "./cards.ts";
import { compiledPlatform } from "./crash/platform-process.ts";
import { logIn } from "./login.ts";

const crowd = 64;
const places = 23;
const wanted = "SAKURA22";
const start = compiledPlatform({});

/**
 * What platforms, each a process of its own, must keep to when many come at once.
 * @param freshDatabase names an empty database: a path or a URL
 * @param processes how many may share it
 */
export function crowdContract(freshDatabase: () => Promise<string>, processes: number): void {
  async function startAll(database: string, capacity: number) {
    const started = Array.from({ length: processes }, () => start(database, capacity));
    const stop = async () => {
      for (const { signal } of started) signal("SIGTERM");
      return Promise.all(started.map(({ ended }) => ended));
    };
    onTestFinished(async () => void (await stop()));
    const urls = await Promise.all(started.map(({ url }) => url));
    const platforms = urls.map((url): Platform => ({ url: url ?? "", sandbox: true, fetch, close: async () => {} }));
    return { stop, of: (at: number) => platforms[at % processes] ?? expect.fail() };
  }
  type Platforms = Awaited<ReturnType<typeof startAll>>;

  const enter = (platform: Platform): Promise<Session> => {
    const day = 24 * 60 * 60 * 1000;
    const daysOn = (days: number) => new Date(Date.now() + days * day);
    return logIn(platform, makeCard({ notBefore: daysOn(-30), notAfter: daysOn(300) }), () => daysOn(0));
  };

  /** One at each platform at a time: it is not the logins that are tested. */
  async function enterAll({ of }: Platforms): Promise<Session[]> {
    const sessions: Session[] = [];
    while (sessions.length < crowd) {
      const together = Array.from({ length: processes }, (_, at) => enter(of(at)));
      sessions.push(...(await Promise.all(together)));
    }
    return sessions.slice(0, crowd);
  }

  async function obtain(platform: Platform, { accessToken }: Session, idempotencyKey: string): Promise<string> {
    const proposal = await proposeMykeyId(platform, accessToken);
    if ("existing" in proposal) return proposal.existing.mykeyId;
    return (await issueMykeyId(platform, accessToken, { proposalId: proposal.proposalId, idempotencyKey })).mykeyId;
  }

  async function choose(platform: Platform, { accessToken }: Session, idempotencyKey: string): Promise<string> {
    const { proposalId } = await proposeChange(platform, accessToken, wanted);
    return (await changeMykeyId(platform, accessToken, { proposalId, idempotencyKey })).mykeyId;
  }

  const reason = (error: { details: { reason: string } }): string => error.details.reason;
  const count = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;

  test(`of ${crowd} persons at once, as many reserve as there are places, and one gets the ID that all want`, async () => {
    const database = await freshDatabase();
    const narrow = await startAll(database, places);
    const sessions = await enterAll(narrow);
    const reserve = ({ of }: Platforms) =>
      Promise.all(sessions.map((session, at) => obtain(of(at), session, "issue").catch(reason)));
    const first = await reserve(narrow);
    expect(count(first, "capacity-reached")).toBe(crowd - places);
    expect((await narrow.stop()).map(({ code }) => code)).toEqual(Array(processes).fill(0));

    const wide = await startAll(database, crowd);
    const ids = await reserve(wide);
    expect(new Set(ids).size).toBe(crowd);
    expect(ids.filter((id, at) => id === first[at])).toHaveLength(places);
    const outcomes = await Promise.all(
      sessions.map((session, at) => choose(wide.of(at), session, "change").catch(reason)),
    );
    expect([count(outcomes, wanted), count(outcomes, "mykey-id-taken")]).toEqual([1, crowd - 1]);

    const { db, close } = await openStore(database, Date.now);
    onTestFinished(close);
    expect(await takenFromQuota(db, "reservation")).toBe(crowd);
    const current = await db.selectFrom("mykey").select("id").where("ended_at", "is", null).execute();
    expect(current).toHaveLength(crowd);
    expect(
      count(
        current.map(({ id }) => id),
        wanted,
      ),
    ).toBe(1);
    const actions = await db.selectFrom("audit").select("action").where("action", "like", "mykey.%").execute();
    expect(actions).toHaveLength(crowd + 1);
    expect((await verifyAudit(db)).problem).toBeNull();
  }, 300_000);

  test(`of ${crowd} requests of one person at once, under one key and under many, one issues an ID`, async () => {
    const database = await freshDatabase();
    const { of } = await startAll(database, crowd);
    const session = await enter(of(0));
    const keys = Array.from({ length: crowd }, (_, at) => (at % 2 === 0 ? "the same" : `${at}`));
    const proposal = await proposeMykeyId(of(0), session.accessToken);
    if ("existing" in proposal) throw new Error("nothing has been issued yet");
    const { proposalId, mykeyId } = proposal;
    const issued = await Promise.all(
      keys.map((idempotencyKey, at) => issueMykeyId(of(at), session.accessToken, { proposalId, idempotencyKey })),
    );
    expect(new Set(issued.map((answer) => answer.mykeyId))).toEqual(new Set([mykeyId]));
    const created = keys.filter((_, at) => issued[at]?.created);
    // Whichever key came first: all of its requests got the first answer.
    expect(new Set(created).size).toBe(1);
    expect(created).toHaveLength(created[0] === "the same" ? crowd / 2 : 1);
    const { db, close } = await openStore(database, Date.now);
    onTestFinished(close);
    expect(await takenFromQuota(db, "reservation")).toBe(1);
    expect(await db.selectFrom("mykey").selectAll().execute()).toHaveLength(1);
    const lines = await db.selectFrom("audit").select("action").where("action", "=", "mykey.issue").execute();
    expect(lines).toHaveLength(1);
  }, 300_000);
}
