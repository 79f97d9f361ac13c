import { describe, expect, test } from "vitest";
import {
  accountHistory,
  accountStatus,
  changeMykeyId,
  changeProfile,
  fetchProfile,
  issueMykeyId,
  proposeChange,
  proposeMykeyId,
  reportLeak,
  revokeMykeyId,
  showMykeyId,
} from "../../../src/mykey/client.ts";
import { setSuspended } from "../../../src/sandbox/mykey/suspension.ts";
import type { SandboxOptions } from "../../../src/sandbox/server.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { hoursBefore, makeCard, now, type TestCard } from "../../sandbox/support/cards.ts";
import { logIn } from "../../sandbox/support/login.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/support/sandbox.ts";

const hour = 60 * 60 * 1000;
const refused = (reason: string) => ({ code: "ERR_PLATFORM_REFUSED", details: { reason } });

async function holder(sandbox: RunningSandbox, card: TestCard = makeCard()) {
  const { platform } = sandbox;
  const { accessToken } = await logIn(platform, card, sandbox.clock);
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) return { platform, accessToken, card, mykeyId: proposal.existing.mykeyId };
  const order = { proposalId: proposal.proposalId, idempotencyKey: proposal.proposalId };
  const { mykeyId } = await issueMykeyId(platform, accessToken, order);
  return { platform, accessToken, card, mykeyId };
}

/**
 * What accounts must keep to, whatever database they are in.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function accountContract(freshDatabase: () => Promise<string>): void {
  const run = async (options: Partial<SandboxOptions> = {}) =>
    runSandbox({ ...options, database: options.database ?? (await freshDatabase()) });

  describe("another ID", () => {
    test("of one's own choice takes effect at once, and the one before it is nobody's for ever [rows 51, 53]", async () => {
      const sandbox = await run();
      const { platform, accessToken, mykeyId } = await holder(sandbox);
      const proposal = await proposeChange(platform, accessToken, "SAKURA22");
      expect(proposal).toMatchObject({ mykeyId: "SAKURA22", generated: false, generatedLeft: 3 });
      const order = { proposalId: proposal.proposalId, idempotencyKey: "change" };
      const changed = await changeMykeyId(platform, accessToken, order);
      expect(await showMykeyId(platform, accessToken)).toMatchObject({ mykeyId: "SAKURA22" });
      expect(await changeMykeyId(platform, accessToken, order)).toEqual(changed);
      const other = await holder(sandbox);
      await expect(proposeChange(platform, other.accessToken, mykeyId)).rejects.toMatchObject(
        refused("mykey-id-taken"),
      );
      const { ids } = await accountHistory(platform, accessToken);
      expect(ids.map((id) => [id.mykeyId, id.state])).toEqual([
        [mykeyId, "changed"],
        ["SAKURA22", "active"],
      ]);
    });

    test("is generated after three choices that were somebody's, three times at most, and anew the day after", async () => {
      const sandbox = await run();
      const { mykeyId: taken } = await holder(sandbox);
      const { platform, accessToken, card } = await holder(sandbox);
      for (const left of [2, 1]) {
        await expect(proposeChange(platform, accessToken, taken)).rejects.toMatchObject({
          details: { reason: "mykey-id-taken", description: expect.stringContaining(`${left}`) },
        });
      }
      const third = await proposeChange(platform, accessToken, taken);
      expect(third).toMatchObject({ generated: true, generatedLeft: 2 });
      expect(await proposeChange(platform, accessToken, "SAKURA22")).toMatchObject({ generated: true });
      expect(await proposeChange(platform, accessToken, null)).toMatchObject({ generated: true, generatedLeft: 0 });
      await expect(proposeChange(platform, accessToken, null)).rejects.toMatchObject({
        details: { reason: "proposals-exhausted", earliest: "2026-11-23T03:00:00Z" },
      });
      sandbox.advance(24 * hour);
      const later = await logIn(platform, card, sandbox.clock);
      await expect(proposeChange(platform, later.accessToken, "SAKURA22")).resolves.toMatchObject({ generated: false });
    });

    test.each(["SHORT", "TOOLONGID", "abcdefgh", "ABCDEFG0", "あいうえおかきく", "ABCD EFG", "'; drop "])(
      "cannot be %j",
      async (wanted) => {
        const { platform, accessToken } = await holder(await run());
        await expect(proposeChange(platform, accessToken, wanted)).rejects.toMatchObject(refused("mykey-id-malformed"));
      },
    );

    test("that many want at once goes to one of them", async () => {
      const sandbox = await run();
      const holders = await Promise.all(Array.from({ length: 16 }, () => holder(sandbox)));
      const proposals = await Promise.all(
        holders.map(({ platform, accessToken }) =>
          proposeChange(platform, accessToken, "SAKURA22").catch(() => undefined),
        ),
      );
      expect(proposals.filter((proposal) => proposal?.mykeyId === "SAKURA22")).toHaveLength(1);
    });
  });

  describe("a revoked ID", () => {
    test("is revoked only under its own name, for good: its sessions end, and a new issue gives another one", async () => {
      const sandbox = await run({ reservationCap: 1 });
      const { platform, accessToken, card, mykeyId } = await holder(sandbox);
      const wrong = { mykeyId: "ABCDEFGH", idempotencyKey: "a" };
      await expect(revokeMykeyId(platform, accessToken, wrong)).rejects.toMatchObject(refused("confirmation-mismatch"));
      const order = { mykeyId, idempotencyKey: "b" };
      const revoked = await revokeMykeyId(platform, accessToken, order);
      expect(revoked).toMatchObject({ mykeyId, state: "revoked" });
      const over = { code: "ERR_PLATFORM_SESSION" };
      await expect(proposeMykeyId(platform, accessToken)).rejects.toMatchObject(over);
      await expect(accountHistory(platform, accessToken)).rejects.toMatchObject(over);
      const { accessToken: fresh } = await logIn(platform, card);
      expect(await accountStatus(platform, fresh)).toMatchObject({
        account: "revoked",
        mykeyId: null,
        reservation: { state: "none", at: null },
      });
      await expect(showMykeyId(platform, fresh)).rejects.toMatchObject(refused("no-mykey-id"));
      expect(await revokeMykeyId(platform, fresh, order)).toEqual(revoked);
      const again = await holder(sandbox, card);
      expect(again.mykeyId).not.toBe(mykeyId);
      const { ids } = await accountHistory(platform, again.accessToken);
      expect(ids.map(({ state }) => state)).toEqual(["revoked", "active"]);
    });

    test("gives its reservation back: the place is somebody else's", async () => {
      const sandbox = await run({ reservationCap: 1 });
      const { platform, accessToken, mykeyId } = await holder(sandbox);
      await expect(holder(sandbox)).rejects.toMatchObject(refused("capacity-reached"));
      await revokeMykeyId(platform, accessToken, { mykeyId, idempotencyKey: "revoke" });
      await expect(holder(sandbox)).resolves.toHaveProperty("mykeyId");
    });
  });

  test("a leaked ID is suspended at once: nothing but its history and status can be seen until the operator lifts it", async () => {
    const database = await freshDatabase();
    const sandbox = await run({ database });
    const { platform, accessToken, card, mykeyId } = await holder(sandbox);
    const reported = await reportLeak(platform, accessToken, { idempotencyKey: "leak" });
    expect(reported).toMatchObject({ state: "suspended" });
    await expect(showMykeyId(platform, accessToken)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });

    const fresh = (await logIn(platform, card)).accessToken;
    const order = { mykeyId, proposalId: "x", idempotencyKey: "k" };
    for (const use of [
      () => showMykeyId(platform, fresh),
      () => proposeMykeyId(platform, fresh),
      () => issueMykeyId(platform, fresh, order),
      () => proposeChange(platform, fresh, null),
      () => changeMykeyId(platform, fresh, order),
      () => revokeMykeyId(platform, fresh, order),
      () => reportLeak(platform, fresh, order),
      () => fetchProfile(platform, fresh),
      () => changeProfile(platform, fresh, { change: { notify: false }, idempotencyKey: "k" }),
    ]) {
      await expect(use()).rejects.toMatchObject(refused("account-suspended"));
    }
    // Whoever did not hear the answer asks again.
    expect(await reportLeak(platform, fresh, { idempotencyKey: "leak" })).toEqual(reported);
    expect(await accountStatus(platform, fresh)).toMatchObject({ account: "suspended", mykeyId });
    const { events } = await accountHistory(platform, fresh);
    expect(events.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "platform certificate.see",
      "person certificate.link",
      "person mykey.issue",
      "person account.suspend",
    ]);

    const store = await openStore(database, () => now.getTime());
    const parts = { db: store.db, now: () => now.getTime() };
    expect(await setSuspended(false, { mykeyId, idempotencyKey: "lift" }, parts)).toBe(true);
    expect(await setSuspended(false, { mykeyId, idempotencyKey: "lift again" }, parts)).toBe(false);
    await expect(setSuspended(true, { mykeyId: "ABCDEFGH", idempotencyKey: "x" }, parts)).rejects.toMatchObject({
      body: { reason: "mykey-id-unknown" },
    });
    expect((await verifyAudit(store.db)).problem).toBeNull();
    await store.close();
    expect(await showMykeyId(platform, fresh)).toMatchObject({ mykeyId });
  });

  describe("a profile", () => {
    test("keeps what was not named", async () => {
      const { platform, accessToken } = await holder(await run());
      const none = { sandbox: true, email: null, notify: false, pointsMunicipality: null };
      expect(await fetchProfile(platform, accessToken)).toEqual(none);
      const change = { email: "taro@example.jp", notify: true };
      await changeProfile(platform, accessToken, { change, idempotencyKey: "a" });
      const municipality = { change: { pointsMunicipality: "130001" }, idempotencyKey: "b" };
      const changed = { ...none, ...change, pointsMunicipality: "130001" };
      expect(await changeProfile(platform, accessToken, municipality)).toEqual(changed);
      expect(await fetchProfile(platform, accessToken)).toEqual(changed);
    });

    test.each([
      { email: "no address" },
      { email: `${"a".repeat(260)}@example.jp` },
      { notify: true },
      { pointsMunicipality: "130002" },
      { pointsMunicipality: "990000" },
      { pointsMunicipality: "東京都" },
    ])("cannot hold %j", async (change) => {
      const { platform, accessToken } = await holder(await run());
      await expect(changeProfile(platform, accessToken, { change, idempotencyKey: "a" })).rejects.toMatchObject(
        refused("profile-malformed"),
      );
    });
  });

  describe("a certificate of the same person", () => {
    const first = () => makeCard({ holder: "holder", serialNumber: 1000 });

    test("on the day of the renewal is refused with the moment from which it works; then it takes the ID over [rows 22, 23, 40, 55]", async () => {
      const sandbox = await run();
      const { platform, mykeyId, accessToken: old } = await holder(sandbox, first());
      const renewed = makeCard({ holder: "holder", serialNumber: 2000, notBefore: hoursBefore(1) });
      const early = await logIn(platform, renewed);
      await expect(showMykeyId(platform, early.accessToken)).rejects.toMatchObject({
        code: "ERR_CERT_TOO_NEW",
        details: { earliest: "2026-11-23T02:00:00Z" },
      });
      expect((await accountStatus(platform, early.accessToken)).certificate).toEqual({
        serialNumber: "07D0",
        state: "waiting",
        usableFrom: "2026-11-23T02:00:00Z",
      });
      expect(await showMykeyId(platform, old)).toMatchObject({ mykeyId });

      sandbox.advance(23 * hour);
      const later = (await logIn(platform, renewed, sandbox.clock)).accessToken;
      expect((await accountStatus(platform, later)).certificate.state).toBe("not-linked");
      expect(await showMykeyId(platform, later)).toMatchObject({ mykeyId });
      expect((await accountStatus(platform, later)).certificate.state).toBe("linked");
      const before = (await logIn(platform, first(), sandbox.clock)).accessToken;
      await expect(showMykeyId(platform, before)).rejects.toMatchObject(refused("certificate-replaced"));
      expect((await accountStatus(platform, before)).certificate.state).toBe("replaced");
      const { certificates } = await accountHistory(platform, later);
      expect(certificates).toMatchObject([
        { serialNumber: "03E8", linkedAt: "2026-11-22T03:00:00Z", unlinkedAt: "2026-11-23T02:00:00Z" },
        { serialNumber: "07D0", linkedAt: "2026-11-23T02:00:00Z", unlinkedAt: null },
      ]);
    });

    test("that is older than the one in use, and was never used, does not take its place", async () => {
      const sandbox = await run();
      const { platform } = await holder(sandbox, makeCard({ holder: "holder", serialNumber: 2000 }));
      const older = await logIn(
        platform,
        makeCard({ holder: "holder", serialNumber: 900, notBefore: hoursBefore(9000) }),
      );
      await expect(showMykeyId(platform, older.accessToken)).rejects.toMatchObject(refused("certificate-replaced"));
    });

    test("that runs out during the session ends its use; the ID waits for the next one [rows 22, 57]", async () => {
      const sandbox = await run();
      const expiring = makeCard({ holder: "holder", notAfter: new Date(now.getTime() + 60_000) });
      const { platform, accessToken, mykeyId } = await holder(sandbox, expiring);
      sandbox.advance(61_000);
      await expect(showMykeyId(platform, accessToken)).rejects.toMatchObject({ code: "ERR_CERT_EXPIRED" });
      const next = await holder(sandbox, makeCard({ holder: "holder", notBefore: hoursBefore(30) }));
      expect(next.mykeyId).toBe(mykeyId);
    });
  });
}
