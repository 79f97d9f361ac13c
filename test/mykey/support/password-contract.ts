import { expect, test } from "vitest";
import { LoginPassword } from "../../../src/login/login-password.ts";
import { passwordLogin } from "../../../src/login/password-login.ts";
import { issueMykeyId, proposeMykeyId, reportLeak, revokeMykeyId, showMykeyId } from "../../../src/mykey/client.ts";
import { setPassword } from "../../../src/mykey/password.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { makeCard, now, random } from "../../sandbox/support/cards.ts";
import { logIn } from "../../sandbox/support/login.ts";
import { runSandbox } from "../../sandbox/support/sandbox.ts";

const right = new LoginPassword("correct horse battery");
const wrong = new LoginPassword("wrong horse battery");
const refused = (reason: string) => ({ code: "ERR_PLATFORM_REFUSED", details: { reason } });

/**
 * What passwords of accounts must keep to, whatever database they are in.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function passwordContract(freshDatabase: () => Promise<string>): void {
  async function holderWithPassword() {
    const database = await freshDatabase();
    const sandbox = await runSandbox({ database });
    const { platform, clock } = sandbox;
    const card = makeCard();
    const { accessToken } = await logIn(platform, card);
    const proposal = await proposeMykeyId(platform, accessToken);
    if ("existing" in proposal) throw new Error("nothing has been issued yet");
    const { proposalId, mykeyId } = proposal;
    await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: "issue" });
    await setPassword(platform, accessToken, { password: right, idempotencyKey: "password" });
    const enter = (password = right, id = mykeyId) => passwordLogin({ platform, mykeyId: id, password, clock, random });
    return { sandbox, platform, card, mykeyId, accessToken, enter, database };
  }

  test("a password opens the MyKey account at once, ends the sessions before it, and lies nowhere in the store [rows 47, 53]", async () => {
    const { platform, mykeyId, accessToken, enter, database } = await holderWithPassword();
    await expect(showMykeyId(platform, accessToken)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
    const session = await enter();
    expect(await showMykeyId(platform, session.accessToken)).toMatchObject({ mykeyId });
    const { db, close } = await openStore(database, () => now.getTime());
    const stored = JSON.stringify([
      await db.selectFrom("password").selectAll().execute(),
      await db.selectFrom("remembered_answer").selectAll().execute(),
      await db.selectFrom("audit").selectAll().execute(),
    ]);
    await close();
    expect(stored).toContain("scrypt$32768$8$1$");
    expect(stored).not.toContain(right.reveal());
  });

  test("a password is changed with the card alone, and the one before it opens nothing then", async () => {
    const { platform, card, enter } = await holderWithPassword();
    const { accessToken } = await enter();
    const order = { password: wrong, idempotencyKey: "second" };
    await expect(setPassword(platform, accessToken, order)).rejects.toMatchObject(refused("card-required"));
    const byCard = await logIn(platform, card);
    const set = await setPassword(platform, byCard.accessToken, order);
    const again = await logIn(platform, card);
    expect(await setPassword(platform, again.accessToken, order)).toEqual(set);
    await expect(
      setPassword(platform, again.accessToken, { password: right, idempotencyKey: "second" }),
    ).rejects.toMatchObject(refused("idempotency-key-reused"));
    await expect(enter(right)).rejects.toMatchObject(refused("login-refused"));
    await expect(enter(wrong)).resolves.toHaveProperty("accessToken");
  });

  test.each(["short", "x".repeat(129), "with\u0007control"])("%j cannot be a password", async (text) => {
    const { platform, card } = await holderWithPassword();
    const { accessToken } = await logIn(platform, card);
    const order = { password: new LoginPassword(text), idempotencyKey: "k" };
    await expect(setPassword(platform, accessToken, order)).rejects.toMatchObject(refused("password-malformed"));
  });

  test("guessing is throttled, an answer says until when, a right password has to wait too, and the card does not", async () => {
    const { sandbox, platform, card, mykeyId, enter } = await holderWithPassword();
    for (let guess = 1; guess <= 5; guess++) await expect(enter(wrong)).rejects.toMatchObject(refused("login-refused"));
    const throttled = { details: { reason: "throttled", earliest: "2026-11-22T03:00:30Z" } };
    await expect(enter(wrong)).rejects.toMatchObject(throttled);
    await expect(enter(right)).rejects.toMatchObject(throttled);
    const byCard = await logIn(platform, card);
    expect(await showMykeyId(platform, byCard.accessToken)).toMatchObject({ mykeyId });
    sandbox.advance(30_000);
    await expect(enter(wrong)).rejects.toMatchObject(refused("login-refused"));
    await expect(enter(right)).rejects.toMatchObject({ details: { earliest: "2026-11-22T03:01:30Z" } });
    sandbox.advance(60_000);
    await expect(enter(right)).resolves.toHaveProperty("accessToken");
    await expect(enter(wrong)).rejects.toMatchObject(refused("login-refused"));
  });

  test("one address that tries many accounts is throttled; nobody is told which accounts there are", async () => {
    const { enter } = await holderWithPassword();
    const reasons: string[] = [];
    for (let guess = 0; guess < 31; guess++) {
      const id = `ABCDEFG${"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[guess] ?? "A"}`;
      reasons.push(await enter(wrong, id).then(String, (error) => error.details.reason));
    }
    expect(reasons).toEqual([...Array(30).fill("login-refused"), "throttled"]);
    await expect(enter(right)).rejects.toMatchObject({ details: { reason: "throttled" } });
  });

  test("a suspended account and a revoked ID are not opened by their password", async () => {
    const suspended = await holderWithPassword();
    const { accessToken } = await suspended.enter();
    await reportLeak(suspended.platform, accessToken, { idempotencyKey: "leak" });
    await expect(suspended.enter()).rejects.toMatchObject(refused("account-suspended"));
    const revoked = await holderWithPassword();
    const session = await revoked.enter();
    const { mykeyId } = revoked;
    await revokeMykeyId(revoked.platform, session.accessToken, { mykeyId, idempotencyKey: "revoke" });
    await expect(revoked.enter()).rejects.toMatchObject(refused("login-refused"));
  });

  test("a password opens nothing of Mynaportal", async () => {
    const { platform, mykeyId } = await holderWithPassword();
    const body = new URLSearchParams({
      grant_type: "urn:mynakit:params:oauth:grant-type:mykey-password",
      client_id: "mynakit",
      mykey_id: mykeyId,
      password: right.reveal(),
      scope: "openid portal",
    });
    const response = await fetch(`${platform.url}/token`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ reason: "scope-unknown", sandbox: true });
  });
}
