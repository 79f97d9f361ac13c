import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { issueMykeyId, proposeMykeyId, showMykeyId } from "../../src/mykey/client.ts";
import { whoami } from "../../src/portal/client.ts";
import { makeCard } from "./support/cards.ts";
import { logIn } from "./support/login.ts";
import { temporaryFolder } from "./support/sandbox.ts";

const script = path.join(import.meta.dirname, "support", "serve.ts");

async function serve(database: string) {
  const child = spawn(process.execPath, ["--import", "tsx", script, database], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => kill(child));
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, platform: { url, sandbox: true, fetch, close: async () => {} } };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

test("what the platform confirmed is there after kill -9: ID, reservation, session, used nonce", async () => {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const card = makeCard();
  const first = await serve(database);
  const { accessToken, subject } = await logIn(first.platform, card);
  const proposal = await proposeMykeyId(first.platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const order = { proposalId: proposal.proposalId, idempotencyKey: "one" };
  const issued = await issueMykeyId(first.platform, accessToken, order);
  await kill(first.child);

  const { platform } = await serve(database);
  expect(await whoami(platform, accessToken)).toMatchObject({ subject });
  expect(await showMykeyId(platform, accessToken)).toEqual({ ...issued, created: false });
  expect(await issueMykeyId(platform, accessToken, order)).toEqual(issued);
});

test("an ID that was being issued when the platform was killed is issued once or not at all", async () => {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const first = await serve(database);
  const { accessToken } = await logIn(first.platform, makeCard());
  const proposal = await proposeMykeyId(first.platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const order = { proposalId: proposal.proposalId, idempotencyKey: "one" };
  const lost = issueMykeyId(first.platform, accessToken, order).catch((error) => error);
  await kill(first.child);
  await lost;

  const { platform } = await serve(database);
  expect(await issueMykeyId(platform, accessToken, order)).toMatchObject({ mykeyId: proposal.mykeyId, created: true });
  expect(await showMykeyId(platform, accessToken)).toMatchObject({ mykeyId: proposal.mykeyId });
});
