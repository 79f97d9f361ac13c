import { describe, expect, test } from "vitest";
import { AccessToken } from "../../../src/login/access-token.ts";
import { approveDevice, denyDevice, lookUpDevice } from "../../../src/login/device/approval.ts";
import { deviceLogin } from "../../../src/login/device/login.ts";
import { deviceGrant, devicePaths } from "../../../src/login/device/wire.ts";
import { discoverServer } from "../../../src/login/oidc.ts";
import { newProofKey, type ProofKey } from "../../../src/login/proof-key.ts";
import type { Session } from "../../../src/login/session.ts";
import { endSessions, listSessions, logout, whoami } from "../../../src/portal/client.ts";
import type { SandboxOptions } from "../../../src/sandbox/server.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { assertionOf, makeCard, now, random, signerOf, type TestCard } from "../../sandbox/support/cards.ts";
import { logIn } from "../../sandbox/support/login.ts";
import { askNonce, exchange, type RunningSandbox, runSandbox } from "../../sandbox/support/sandbox.ts";

const refused = (reason: string) => ({ code: "ERR_PLATFORM_REFUSED", details: { reason } });
const scope = "openid portal";

/** A device that has asked, as an engineer without our client would: step by step. */
async function waitingDevice({ platform, clock }: RunningSandbox, key: ProofKey = newProofKey({ clock, random })) {
  const server = await discoverServer(platform, key);
  const asked = await server.askForDevice(scope, "kiosk");
  return { ...asked, key, ask: () => server.exchangeDeviceCode(asked.deviceCode) };
}

const approving = ({ platform, clock }: RunningSandbox, card: TestCard) => ({
  platform,
  clock,
  random,
  sign: signerOf(card),
});

async function approve(sandbox: RunningSandbox, userCode: string, card = makeCard()): Promise<void> {
  await approveDevice(approving(sandbox, card), await lookUpDevice(sandbox.platform, userCode));
}

/** How the platform answers somebody with this token. */
async function statusWith({ url }: RunningSandbox, key: ProofKey, accessToken: string): Promise<number> {
  const me = `${url}/portal/v1/me`;
  const dpop = key.proof({ method: "GET", url: me, accessToken });
  return (await fetch(me, { headers: { authorization: `DPoP ${accessToken}`, dpop } })).status;
}

const post = async (sandbox: RunningSandbox, path: string, body: object) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${sandbox.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as { reason?: string; nonce?: string };
};

/**
 * What logins that another device approves must keep to, whatever database they are in.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function deviceContract(freshDatabase: () => Promise<string>): void {
  const run = async (options: Partial<SandboxOptions> = {}) =>
    runSandbox({ ...options, database: options.database ?? (await freshDatabase()) });

  describe("a login that another device approves", () => {
    test("waits, is approved by a card, and is a session of that person on the device that asked [row 75]", async () => {
      const database = await freshDatabase();
      const sandbox = await run({ database });
      const card = makeCard();
      const inPerson = await logIn(sandbox.platform, card);
      const steps: number[] = [];
      let code = "";
      const session: Session = await deviceLogin({
        platform: sandbox.platform,
        scope: ["portal"],
        deviceName: "kiosk",
        clock: sandbox.clock,
        random,
        async sleep(milliseconds) {
          sandbox.advance(milliseconds);
          if (steps.length === 5) await approve(sandbox, code.toLowerCase().replace("-", " "), card);
        },
        show: ({ userCode, completeAddress }) => {
          code = userCode;
          expect(completeAddress).toBe(`${sandbox.url}/device?user_code=${userCode}`);
        },
        waiting: (left) => steps.push(left),
      });
      expect(steps).toEqual([600, 599, 598, 597, 596, 595]);
      expect(session.subject).toBe(inPerson.subject);
      expect(session.accessToken.key).toBeDefined();
      await expect(whoami(sandbox.platform, session.accessToken)).resolves.toMatchObject({ subject: session.subject });
      const [newest] = await listSessions(sandbox.platform, session.accessToken);
      expect(newest).toMatchObject({ current: true, way: "device", device: "kiosk", address: "127.0.0.1" });
      const { db, close } = await openStore(database, Date.now);
      const entries = await db.selectFrom("audit").select("subject").where("action", "=", "device.approve").execute();
      expect(entries).toEqual([{ subject: session.subject }]);
      await verifyAudit(db);
      await close();
    });

    test("lasts as long as any other and cannot be renewed: the next one takes a card again [row 79]", async () => {
      const sandbox = await run();
      const device = await waitingDevice(sandbox);
      await approve(sandbox, device.userCode);
      sandbox.advance(60_000);
      const { accessToken, expiresIn, extra } = await device.ask();
      expect([expiresIn, "refresh_token" in extra]).toEqual([900, false]);
      const session = new AccessToken(accessToken, device.key);
      sandbox.advance(899_000);
      await expect(whoami(sandbox.platform, session)).resolves.toMatchObject({ expiresAt: "2026-11-22T03:16:00Z" });
      sandbox.advance(1_000);
      await expect(whoami(sandbox.platform, session)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
      await expect(device.ask()).rejects.toMatchObject(refused("device-login-expired"));
      await expect(lookUpDevice(sandbox.platform, device.userCode)).rejects.toMatchObject(refused("device-login-used"));
    });

    test("shows who asks before anything is decided", async () => {
      const sandbox = await run();
      const { userCode } = await waitingDevice(sandbox);
      expect(await lookUpDevice(sandbox.platform, userCode)).toMatchObject({
        userCode,
        device: "kiosk",
        client: "mynakit",
        address: "127.0.0.1",
        scope,
        requestedAt: "2026-11-22T03:00:00Z",
        expiresAt: "2026-11-22T03:10:00Z",
      });
    });

    test("is asked for no faster than the platform says", async () => {
      const sandbox = await run();
      const device = await waitingDevice(sandbox);
      await expect(device.ask()).rejects.toMatchObject(refused("authorization-pending"));
      await expect(device.ask()).rejects.toMatchObject(refused("slow-down"));
      sandbox.advance(6_999);
      await expect(device.ask()).rejects.toMatchObject(refused("slow-down"));
      sandbox.advance(12_000);
      await expect(device.ask()).rejects.toMatchObject(refused("authorization-pending"));
    });

    test("that is denied, taken back or too old says so to both sides", async () => {
      const sandbox = await run();
      const { platform } = sandbox;
      const denied = await waitingDevice(sandbox);
      await denyDevice(platform, await lookUpDevice(platform, denied.userCode));
      await expect(denied.ask()).rejects.toMatchObject(refused("device-login-denied"));
      await expect(lookUpDevice(platform, denied.userCode)).rejects.toMatchObject(refused("device-login-denied"));
      const cancelled = await waitingDevice(sandbox);
      await post(sandbox, devicePaths.cancellations, { deviceCode: cancelled.deviceCode });
      await expect(approve(sandbox, cancelled.userCode)).rejects.toMatchObject(refused("device-login-cancelled"));
      const old = await waitingDevice(sandbox);
      const request = await lookUpDevice(platform, old.userCode);
      sandbox.advance(600_000);
      await expect(old.ask()).rejects.toMatchObject(refused("device-login-expired"));
      await expect(denyDevice(platform, request)).rejects.toMatchObject(refused("device-login-expired"));
      await expect(approveDevice(approving(sandbox, makeCard()), request)).rejects.toMatchObject(
        refused("device-login-expired"),
      );
    });

    test("is approved once; the device that lost its answer gets another, and the session before it ends", async () => {
      const sandbox = await run();
      const { platform } = sandbox;
      const device = await waitingDevice(sandbox);
      const request = await lookUpDevice(platform, device.userCode);
      await approveDevice(approving(sandbox, makeCard()), request);
      await expect(approveDevice(approving(sandbox, makeCard()), request)).rejects.toMatchObject(
        refused("device-login-used"),
      );
      await expect(denyDevice(platform, request)).rejects.toMatchObject(refused("device-login-used"));
      const first = await device.ask();
      const second = await device.ask();
      expect(second.subject).toBe(first.subject);
      const me = (accessToken: string) => statusWith(sandbox, device.key, accessToken);
      expect([await me(first.accessToken), await me(second.accessToken)]).toEqual([401, 200]);
    });

    test.each(["ended from elsewhere", "logged out"])("that was %s does not rise again", async (how) => {
      const sandbox = await run();
      const { platform } = sandbox;
      const card = makeCard();
      const owner = await logIn(platform, card);
      const device = await waitingDevice(sandbox);
      await approve(sandbox, device.userCode, card);
      const session = new AccessToken((await device.ask()).accessToken, device.key);
      if (how === "logged out") await logout(platform, session);
      else {
        const sessions = await listSessions(platform, owner.accessToken);
        const { id = "" } = sessions.find(({ way }) => way === "device") ?? {};
        await endSessions(platform, owner.accessToken, { session: id, idempotencyKey: "end" });
      }
      await expect(device.ask()).rejects.toMatchObject(refused("device-login-used"));
      await expect(whoami(platform, session)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
    });

    test("of many answers at once, one is good", async () => {
      const sandbox = await run();
      const device = await waitingDevice(sandbox);
      await approve(sandbox, device.userCode);
      const answers = await Promise.allSettled(Array.from({ length: 6 }, () => device.ask()));
      const good = answers.filter(({ status }) => status === "fulfilled");
      expect(good.length).toBeGreaterThan(0);
      const states = await Promise.all(
        answers.map((answer) =>
          answer.status === "rejected" ? 0 : statusWith(sandbox, device.key, answer.value.accessToken),
        ),
      );
      expect(states.filter((status) => status === 200)).toHaveLength(1);
    });

    test("is worth nothing to whoever stole the device's code but not its key", async () => {
      const sandbox = await run();
      const device = await waitingDevice(sandbox);
      await approve(sandbox, device.userCode);
      const thief = await discoverServer(sandbox.platform, newProofKey({ clock: sandbox.clock, random }));
      await expect(thief.exchangeDeviceCode(device.deviceCode)).rejects.toMatchObject(refused("device-login-foreign"));
      const bare = { grant_type: deviceGrant, client_id: "mynakit", device_code: device.deviceCode };
      const answer = await fetch(`${sandbox.url}/token`, { method: "POST", body: new URLSearchParams(bare) });
      expect(await answer.json()).toMatchObject({ reason: "device-login-foreign" });
      const guess = { ...bare, device_code: "A".repeat(43) };
      const guessed = await fetch(`${sandbox.url}/token`, { method: "POST", body: new URLSearchParams(guess) });
      expect(await guessed.json()).toMatchObject({ error: "invalid_grant", reason: "device-login-unknown" });
      await expect(device.ask()).resolves.toMatchObject({ accessToken: expect.any(String) });
    });

    test("takes an approval for itself alone", async () => {
      const sandbox = await run();
      const { platform, url } = sandbox;
      const [mine, other] = [await waitingDevice(sandbox), await waitingDevice(sandbox)];
      const [first, second] = [
        await lookUpDevice(platform, mine.userCode),
        await lookUpDevice(platform, other.userCode),
      ];
      const card = makeCard();
      const audience = `${url}${devicePaths.approvals}`;
      const nonceFor = async (request: string) =>
        (await post(sandbox, devicePaths.challenges, { request })).nonce ?? "";
      const say = (request: string, assertion: string) => post(sandbox, devicePaths.approvals, { request, assertion });
      const forFirst = assertionOf(card, audience, await nonceFor(first.request));
      expect(await say(second.request, forFirst)).toMatchObject({ reason: "nonce-unknown" });
      const inPerson = assertionOf(card, url, await nonceFor(first.request));
      expect(await say(first.request, inPerson)).toMatchObject({ reason: "assertion-audience" });
      const loginNonce = assertionOf(card, audience, await askNonce(url));
      expect(await say(first.request, loginNonce)).toMatchObject({ reason: "nonce-unknown" });
      const asLogin = await exchange(url, assertionOf(card, url, await nonceFor(first.request)));
      expect(asLogin.answer).toMatchObject({ reason: "nonce-unknown" });
      expect(await say(first.request, forFirst)).toEqual({ sandbox: true, state: "approved", registered: false });
      expect(await say(first.request, forFirst)).toMatchObject({ reason: "device-login-used" });
      expect(await say(second.request, forFirst)).toMatchObject({ reason: "nonce-unknown" });
      await expect(other.ask()).rejects.toMatchObject(refused("authorization-pending"));
    });

    test("refuses a certificate that may not log in", async () => {
      const sandbox = await run();
      const device = await waitingDevice(sandbox);
      const hour = 60 * 60 * 1000;
      const expired = makeCard({ notAfter: new Date(now.getTime() - hour) });
      await expect(approve(sandbox, device.userCode, expired)).rejects.toMatchObject({ code: "ERR_CERT_EXPIRED" });
      const early = makeCard({ notBefore: new Date(now.getTime() + hour) });
      await expect(approve(sandbox, device.userCode, early)).rejects.toMatchObject({ code: "ERR_CERT_NOT_YET_VALID" });
      const forSigning = makeCard({ usage: [0, 1] });
      await expect(approve(sandbox, device.userCode, forSigning)).rejects.toMatchObject(
        refused("certificate-wrong-profile"),
      );
      await expect(device.ask()).rejects.toMatchObject(refused("authorization-pending"));
    });

    test("lets nobody try out codes: wrong ones make an address wait, right ones do not", async () => {
      const sandbox = await run();
      const { platform } = sandbox;
      const { userCode } = await waitingDevice(sandbox);
      const wrong = "BBBB-BBBB";
      for (let round = 0; round < 12; round++) await lookUpDevice(platform, userCode);
      for (let round = 0; round < 10; round++) {
        await expect(lookUpDevice(platform, round % 2 === 0 ? wrong : "no code")).rejects.toMatchObject(
          refused("user-code-unknown"),
        );
      }
      await expect(lookUpDevice(platform, wrong)).rejects.toMatchObject(refused("throttled"));
      await expect(lookUpDevice(platform, userCode)).rejects.toMatchObject(refused("throttled"));
      sandbox.advance(31_000);
      await expect(lookUpDevice(platform, userCode)).resolves.toMatchObject({ userCode });
    });
  });
}
