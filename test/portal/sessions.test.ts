import { expect, test } from "vitest";
import { endSessions, listSessions, logout, whoami } from "../../src/portal/client.ts";
import { verifyAudit } from "../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { makeCard } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { runSandbox, temporaryFolder } from "../sandbox/support/sandbox.ts";

const over = { code: "ERR_PLATFORM_SESSION" };

test("a person sees their own sessions, the newest first, and which one asks", async () => {
  const { platform, advance } = await runSandbox();
  const card = makeCard();
  const first = await logIn(platform, card);
  await logIn(platform, makeCard());
  advance(60_000);
  const second = await logIn(platform, card);
  const shared = { way: "card", client: "mynakit", service: null, device: null, address: "127.0.0.1" };
  expect(await listSessions(platform, first.accessToken)).toEqual([
    {
      ...shared,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      current: false,
      startedAt: "2026-11-22T03:01:00Z",
      expiresAt: "2026-11-22T03:16:00Z",
    },
    {
      ...shared,
      id: expect.any(String),
      current: true,
      startedAt: "2026-11-22T03:00:00Z",
      expiresAt: "2026-11-22T03:15:00Z",
    },
  ]);
  await logout(platform, first.accessToken);
  expect(await listSessions(platform, second.accessToken)).toHaveLength(1);
  advance(14 * 60_000 + 59_000);
  expect(await listSessions(platform, second.accessToken)).toHaveLength(1);
});

test("one session is ended by its identifier, all of them at once, and nobody else's", async () => {
  const database = `${temporaryFolder()}/sandbox.db`;
  const { platform } = await runSandbox({ database });
  const card = makeCard();
  const [mine, lost] = [await logIn(platform, card), await logIn(platform, card)];
  const stranger = await logIn(platform, makeCard());
  const [theirs] = await listSessions(platform, stranger.accessToken);
  const sessions = await listSessions(platform, mine.accessToken);
  const { id = "" } = sessions.find(({ current }) => !current) ?? {};
  const order = { session: id, idempotencyKey: "one" };
  expect(await endSessions(platform, mine.accessToken, order)).toEqual([id]);
  expect(await endSessions(platform, mine.accessToken, order)).toEqual([id]);
  await expect(whoami(platform, lost.accessToken)).rejects.toMatchObject(over);
  for (const unknown of [id, theirs?.id ?? "", "' or 1=1 --"]) {
    const foreign = endSessions(platform, mine.accessToken, { session: unknown, idempotencyKey: `two ${unknown}` });
    await expect(foreign).rejects.toMatchObject({ details: { reason: "session-unknown" } });
  }
  const all = { session: "all", idempotencyKey: "three" };
  expect(await endSessions(platform, mine.accessToken, all)).toHaveLength(1);
  await expect(whoami(platform, mine.accessToken)).rejects.toMatchObject(over);
  await expect(whoami(platform, stranger.accessToken)).resolves.toMatchObject({ subject: stranger.subject });
  const { db, close } = await openStore(database, Date.now);
  const ends = await db.selectFrom("audit").select("details").where("action", "=", "session.end").execute();
  expect(ends).toHaveLength(2);
  await verifyAudit(db);
  await close();
});
