import { describe, expect, onTestFinished, test } from "vitest";
import { issueMykeyId, proposeMykeyId, showMykeyId } from "../../../src/mykey/client.ts";
import { whoami } from "../../../src/portal/client.ts";
import { openStore, type Store } from "../../../src/sandbox/store/store.ts";
import { assertionOf, makeCard, now } from "./cards.ts";
import { logIn } from "./login.ts";
import { askNonce, exchange, runSandbox } from "./sandbox.ts";

const minutes = 60 * 1000;

/**
 * What a platform's store must do, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function storeContract(freshDatabase: () => Promise<string>): void {
  async function open(database: string, time = now.getTime()): Promise<Store> {
    const store = await openStore(database, () => time);
    onTestFinished(() => store.close());
    return store;
  }

  describe("its schema", () => {
    test("is made once, and the same for whoever comes later", async () => {
      const database = await freshDatabase();
      await open(database);
      const { db } = await open(database);
      const history = await db.selectFrom("schema_migration").selectAll().execute();
      expect(history[0]).toEqual({ id: 1, name: "first schema", applied_at: now.getTime() });
      const again = history.map(({ name }, index) => ({ id: index + 1, name, applied_at: now.getTime() }));
      expect(history).toEqual(again);
      expect(new Set(history.map(({ name }) => name)).size).toBe(history.length);
    });

    test("of a newer version is not touched", async () => {
      const database = await freshDatabase();
      const { db } = await open(database);
      await db.insertInto("schema_migration").values({ id: 99, name: "later", applied_at: 0 }).execute();
      await expect(openStore(database, Date.now)).rejects.toMatchObject({
        code: "ERR_IO_DATABASE",
        details: { reason: expect.stringContaining("newer") },
      });
    });
  });

  test("keeps times, Japanese text and large numbers as they are", async () => {
    const { db } = await open(await freshDatabase());
    const row = { id: "p", linkage: "見本　太郎 𠮷 葛󠄀", created_at: Number.MAX_SAFE_INTEGER, session_epoch: 0 };
    await db.insertInto("person").values(row).execute();
    expect(await db.selectFrom("person").selectAll().execute()).toEqual([row]);
  });

  test("takes back a transaction that fails", async () => {
    const { db } = await open(await freshDatabase());
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto("meta").values({ name: "half", value: "" }).execute();
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await db.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  test("sweeps what has run out and nothing else", async () => {
    const { db, sweep } = await open(await freshDatabase());
    const expiring = [now.getTime() - 1, now.getTime() + 1].map((expires_at, at) => ({
      nonce: `${at}`,
      used: 0,
      expires_at,
    }));
    await db.insertInto("challenge").values(expiring).execute();
    await sweep();
    expect(await db.selectFrom("challenge").select("nonce").execute()).toEqual([{ nonce: "1" }]);
  });

  describe("a platform on it", () => {
    test("issues one MyKey ID to a person who asks twenty times at once, each time from another login", async () => {
      const { platform } = await runSandbox({ database: await freshDatabase() });
      const card = makeCard();
      const orders = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const { accessToken } = await logIn(platform, card);
          const proposal = await proposeMykeyId(platform, accessToken);
          if ("existing" in proposal) throw new Error("nothing has been issued yet");
          return { accessToken, order: { proposalId: proposal.proposalId, idempotencyKey: `${at}` } };
        }),
      );
      const issued = await Promise.all(
        orders.map(({ accessToken, order }) => issueMykeyId(platform, accessToken, order)),
      );
      expect(new Set(issued.map(({ mykeyId }) => mykeyId)).size).toBe(1);
      expect(issued.filter(({ created }) => created)).toHaveLength(1);
    });

    test("gives twenty persons at once twenty different IDs", async () => {
      const { platform } = await runSandbox({ database: await freshDatabase() });
      const ids = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const { accessToken } = await logIn(platform, makeCard());
          const proposal = await proposeMykeyId(platform, accessToken);
          if ("existing" in proposal) throw new Error("nothing has been issued yet");
          const order = { proposalId: proposal.proposalId, idempotencyKey: "one" };
          const { mykeyId } = await issueMykeyId(platform, accessToken, order);
          expect(mykeyId).toBe(proposal.mykeyId);
          return mykeyId;
        }),
      );
      expect(new Set(ids).size).toBe(20);
    });

    test("knows a person by any number of first logins at once as one", async () => {
      const { platform } = await runSandbox({ database: await freshDatabase() });
      const card = makeCard();
      const sessions = await Promise.all(Array.from({ length: 10 }, () => logIn(platform, card)));
      expect(new Set(sessions.map(({ subject }) => subject)).size).toBe(1);
    });

    test("lets one of 64 uses of a nonce through", async () => {
      const { url } = await runSandbox({ database: await freshDatabase() });
      const nonce = await askNonce(url);
      const uses = Array.from({ length: 64 }, () => exchange(url, assertionOf(makeCard(), url, nonce)));
      expect((await Promise.all(uses)).filter(({ status }) => status === 200)).toHaveLength(1);
    });

    test("knows IDs and persons again after a restart, and revoked certificates no more", async () => {
      const database = await freshDatabase();
      const first = await runSandbox({ database });
      const card = makeCard({ holder: "holder", serialNumber: 4711 });
      const { accessToken, subject } = await logIn(first.platform, card);
      const proposal = await proposeMykeyId(first.platform, accessToken);
      if ("existing" in proposal) throw new Error("nothing has been issued yet");
      await issueMykeyId(first.platform, accessToken, { proposalId: proposal.proposalId, idempotencyKey: "one" });
      await first.close();

      const { db } = await open(database);
      const second = await runSandbox({ database });
      const again = await logIn(second.platform, card);
      expect(again.subject).toBe(subject);
      expect(await showMykeyId(second.platform, again.accessToken)).toMatchObject({ mykeyId: proposal.mykeyId });

      const { issuer } = await db.selectFrom("certificate").select("issuer").executeTakeFirstOrThrow();
      const revocation = { issuer, serial_number: "1267", revoked_at: now.getTime(), reason: "affiliation_changed" };
      await db.insertInto("revoked_certificate").values(revocation).execute();
      await expect(logIn(second.platform, card)).rejects.toMatchObject({ code: "ERR_CERT_REVOKED" });
    });

    test("ends a session when its time is over", async () => {
      const { platform, advance } = await runSandbox({ database: await freshDatabase() });
      const { accessToken } = await logIn(platform, makeCard());
      advance(14 * minutes);
      await expect(whoami(platform, accessToken)).resolves.toMatchObject({ sandbox: true });
      advance(2 * minutes);
      await expect(whoami(platform, accessToken)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
    });
  });
}
