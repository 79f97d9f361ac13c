import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LoginPassword } from "../../src/login/login-password.ts";
import { passwordGrant } from "../../src/login/wire.ts";
import { issueMykeyId, proposeMykeyId, showMykeyId } from "../../src/mykey/client.ts";
import { setPassword } from "../../src/mykey/password.ts";
import { passwordHolder } from "../../src/sandbox/mykey/password-login.ts";
import { addressSubject } from "../../src/sandbox/mykey/throttle.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { makeCard, now } from "./support/cards.ts";
import { answerOf, runFortress } from "./support/fortress.ts";
import { logIn } from "./support/login.ts";
import { runSandbox, temporaryFolder } from "./support/sandbox.ts";

const password = "correct horse battery";
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

async function victim() {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const fortress = await runFortress({ database });
  const { platform, url } = fortress;
  const card = makeCard();
  const { accessToken } = await logIn(platform, card);
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const { proposalId, mykeyId } = proposal;
  await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: "issue" });
  await setPassword(platform, accessToken, { password: new LoginPassword(password), idempotencyKey: "password" });
  const guess = async (guessed = "wrong horse battery", id = mykeyId, at = url) => {
    const fields = { grant_type: passwordGrant, client_id: "mynakit", mykey_id: id, password: guessed, scope: "mykey" };
    return answerOf(await fetch(`${at}/token`, { method: "POST", body: new URLSearchParams(fields) }));
  };
  return { fortress, database, card, mykeyId, guess };
}

const events = async ({ database }: { database: string }) => {
  const { db, close } = await openStore(database, () => now.getTime());
  const lines = await db.selectFrom("audit").select("action").where("action", "=", "login.block").execute();
  const subjects = await db.selectFrom("throttle").select("subject").execute();
  await close();
  return { blocks: lines.length, subjects: subjects.map(({ subject }) => subject).sort() };
};

describe("guessing a login password", () => {
  test("64 times at once gets five guesses; the rest is told how long to wait, and the log has every one", async () => {
    const { fortress, guess } = await victim();
    const seen = fortress.entries.length;
    const answers = await Promise.all(Array.from({ length: 64 }, () => guess()));
    const count = (reason: string) => answers.filter((answer) => answer.reason === reason).length;
    expect([count("login-refused"), count("throttled")]).toEqual([5, 59]);
    for (const answer of answers.filter(({ reason }) => reason === "throttled")) {
      expect(answer).toMatchObject({ status: 429, earliest: "2026-11-22T03:00:30Z" });
    }
    const logged = () => fortress.entries.slice(seen).filter(({ kind }) => kind === "refusal");
    await expect.poll(() => logged().length).toBe(64);
    expect(JSON.stringify(logged())).not.toContain("horse");
  });

  test("doubles the wait up to an hour, shows in the account's history once, and never keeps the card out", async () => {
    const target = await victim();
    const { fortress, guess, card, mykeyId } = target;
    for (let free = 0; free < 5; free++) expect(await guess()).toMatchObject({ status: 400, reason: "login-refused" });
    const waits: number[] = [];
    for (let round = 0; round < 9; round++) {
      const { earliest } = await guess();
      const wait = Date.parse(String(earliest)) - fortress.clock().getTime();
      waits.push(wait / 1000);
      fortress.advance(wait);
      expect(await guess()).toMatchObject({ reason: "login-refused" });
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(await events(target)).toMatchObject({ blocks: 1 });
    const { accessToken } = await logIn(fortress.platform, card, fortress.clock);
    expect(await showMykeyId(fortress.platform, accessToken)).toMatchObject({ mykeyId });
  });

  test("is counted beyond a restart", async () => {
    const { fortress, database, guess, mykeyId } = await victim();
    for (let free = 0; free < 5; free++) await guess();
    await fortress.close();
    const { url } = await runSandbox({ database });
    expect(await guess(password, mykeyId, url)).toMatchObject({ status: 429, reason: "throttled" });
  });

  test("of many accounts from one address ends after thirty, and blocks no further account", async () => {
    const target = await victim();
    const { guess } = target;
    const ids = Array.from({ length: 30 }, (_, at) => `ABCDEFG${alphabet[at]}`);
    for (const id of ids) expect(await guess(undefined, id)).toMatchObject({ reason: "login-refused" });
    for (let more = 0; more < 6; more++) expect(await guess()).toMatchObject({ reason: "throttled" });
    const { subjects, blocks } = await events(target);
    expect(subjects).toEqual([...ids.map((id) => `account ${id}`), "address 127.0.0.1"].sort());
    expect(blocks).toBe(0);
  });

  test("of what can be nobody's ID takes no room, and costs the address all the same", async () => {
    const target = await victim();
    for (const id of ["a", "ABCDEFG0", "' OR 1=1 --", "x".repeat(512), "\u{1f600}".repeat(8)]) {
      expect(await target.guess(undefined, id)).toMatchObject({ status: 400, reason: "login-refused" });
    }
    expect(await events(target)).toEqual({ blocks: 0, subjects: ["address 127.0.0.1"] });
  });
});

test("an unknown ID and a wrong password cost the same hashing", async () => {
  const { database, mykeyId } = await victim();
  const { db, close } = await openStore(database, () => now.getTime());
  const parts = { db, now: () => now.getTime() };
  const cpu = async (id: string) => {
    const before = process.cpuUsage();
    await expect(passwordHolder({ mykeyId: id, password: "wrong horse", address: null }, parts)).rejects.toThrow();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await cpu("ABCDEFGH");
  const [known, unknown, impossible] = [await cpu(mykeyId), await cpu("ABCDEFGJ"), await cpu("nobody's")];
  await close();
  // One scrypt of 32 MiB takes tens of milliseconds; without it each of these would take one or two.
  for (const spent of [known, unknown, impossible]) expect(spent).toBeGreaterThan(20_000);
});

describe("the subject of an address", () => {
  test.each([
    ["192.0.2.7", "address 192.0.2.7"],
    ["::ffff:192.0.2.7", "address 192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "address 2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", "address 2001:db8:1:2::/64"],
    ["2001:db8::1", "address 2001:db8:0:0::/64"],
    ["fe80::1%eth0", "address fe80:0:0:0::/64"],
    ["::1", "address 0:0:0:0::/64"],
  ])("%s is %s", (address, subject) => {
    expect(addressSubject(address)).toBe(subject);
  });

  test("is the same for all addresses of a network, and another for another", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(":"));
    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        expect(addressSubject(`${network}:${one}`)).toBe(addressSubject(`${network}:${other}`));
        if (network !== one) expect(addressSubject(`${network}:${one}`)).not.toBe(addressSubject(`${one}:${one}`));
      }),
    );
  });
});
