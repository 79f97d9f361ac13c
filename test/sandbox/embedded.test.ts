import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { fetchRules, issueMykeyId, proposeMykeyId, showMykeyId } from "../../src/mykey/client.ts";
import { logout, whoami } from "../../src/portal/client.ts";
import { embeddedPlatform } from "../../src/sandbox/embedded.ts";
import { makeCard, now, random } from "./support/cards.ts";
import { checkedFetch, expectNone } from "./support/checked-fetch.ts";
import { logIn } from "./support/login.ts";
import { temporaryFolder } from "./support/sandbox.ts";

const run = promisify(execFile);

async function open(home: string) {
  const platform = await embeddedPlatform({ home, clock: () => now, random });
  onTestFinished(() => platform.close());
  const problems: string[] = [];
  expectNone(problems);
  return { ...platform, fetch: checkedFetch(platform.fetch, () => true, problems) };
}

test("the whole job works without a port", async () => {
  const platform = await open(temporaryFolder());
  expect(platform).toMatchObject({ url: "http://embedded.mynakit.invalid", sandbox: true });
  const { accessToken } = await logIn(platform, makeCard());
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const order = { proposalId: proposal.proposalId, idempotencyKey: "one" };
  expect(await issueMykeyId(platform, accessToken, order)).toMatchObject({ mykeyId: proposal.mykeyId, created: true });
  await logout(platform, accessToken);
  await expect(whoami(platform, accessToken)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
});

test("sessions and IDs are there for the next process", async () => {
  const home = temporaryFolder();
  const first = await open(home);
  const { accessToken, subject } = await logIn(first, makeCard());
  await first.close();
  const second = await open(home);
  expect(await whoami(second, accessToken)).toMatchObject({ subject });
});

test("several processes can use it at once, from the first start on", async () => {
  const home = temporaryFolder();
  const script = path.join(import.meta.dirname, "support", "embedded-login.ts");
  const logIns = Array.from({ length: 3 }, () => run(process.execPath, ["--import", "tsx", script, home]));
  const subjects = (await Promise.all(logIns)).map(({ stdout }) => stdout);
  expect(subjects[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(subjects).size).toBe(1);
});

test("many requests at once get their own answers", async () => {
  const platform = await open(temporaryFolder());
  const nonces = await Promise.all(
    Array.from({ length: 30 }, async () =>
      (await platform.fetch(`${platform.url}/card/challenge`, { method: "POST" })).json(),
    ),
  );
  expect(new Set(nonces.map((answer) => (answer as { nonce: string }).nonce)).size).toBe(30);
});

test("a request that is given up ends", async () => {
  const platform = await open(temporaryFolder());
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(platform.fetch(`${platform.url}/platform`, { signal })).rejects.toThrow("enough");
});

test("a garbage database is named before anything is asked", async () => {
  const home = temporaryFolder();
  const database = path.join(home, "platform", "sandbox.db");
  await mkdir(path.dirname(database));
  await writeFile(database, "garbage".repeat(1000));
  await expect(open(home)).rejects.toMatchObject({ code: "ERR_IO_DATABASE", details: { database } });
});

test("a database that breaks later is named, not hidden behind a server error", async () => {
  const home = temporaryFolder();
  const platform = await open(home);
  const other = new DatabaseSync(path.join(home, "platform", "sandbox.db"));
  other.exec("drop table reservation; drop table mykey");
  other.close();
  const { accessToken } = await logIn(platform, makeCard());
  await expect(showMykeyId(platform, accessToken)).rejects.toMatchObject({ code: "ERR_IO_DATABASE" });
  await expect(fetchRules(platform)).resolves.toMatchObject({ waitingTimeSeconds: 86_400 });
});
