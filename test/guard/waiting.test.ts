/** Nobody is waited for while the card is held: the person and the network come before the card. */
import path from "node:path";
import { expect } from "vitest";
import { deviceNameParameter } from "../../src/login/wire.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { test } from "../cli/support/test.ts";
import { random } from "../sandbox/support/cards.ts";
import { type CommandLine, commandLines, secrets } from "./support/command-lines.ts";
import { runWithCard } from "./support/with-card.ts";

/** Runs a command against a platform elsewhere. @returns what it waited for, and how often it held the card */
async function waitsOf(home: string, url: string, line: CommandLine) {
  const waits: { held: boolean; what: string }[] = [];
  const { outcome, process } = await runWithCard(
    home,
    { ...line, words: `${line.words} --platform ${url}` },
    { waited: (held, what) => waits.push({ held, what }) },
  );
  expect(outcome.code, outcome.stdout).toBe(0);
  expect(waits.filter(({ held }) => held)).toEqual([]);
  return { waits: waits.map(({ what }) => what), holds: process.sightings.length };
}

test("a login, an approval and an application wait for nobody while they hold the card", async ({
  home,
  onTestFinished,
}) => {
  const sandbox = await startSandbox({
    database: path.join(home, "sandbox.db"),
    port: 0,
    clock: () => new Date(),
    random,
  });
  onTestFinished(() => sandbox.close());
  const { url } = sandbox;
  const line = (words: string): CommandLine => ({ words, pins: [secrets.auth] });

  const login = await waitsOf(home, url, line("portal login"));
  expect(login).toEqual({
    waits: ["/platform", "/.well-known/openid-configuration", "person", "/card/challenge", "/token"],
    holds: 2,
  });

  const body = new URLSearchParams({ client_id: "mynakit", scope: "openid portal", [deviceNameParameter]: "kiosk" });
  const asked = await fetch(`${url}/device-logins`, { method: "POST", body });
  const { user_code: userCode } = (await asked.json()) as { user_code: string };
  const approval = await waitsOf(home, url, line(`portal approve ${userCode} --yes`));
  expect(approval.waits.slice(-3)).toEqual(["person", "/device-logins/challenges", "/device-logins/approvals"]);
  expect(approval.holds).toBe(2);

  const [applying] = commandLines["portal procedures apply"];
  const application = await waitsOf(home, url, applying ?? expect.unreachable());
  expect(application.waits.slice(-4)).toEqual([
    "/portal/v1/me",
    "person",
    "/card/challenge",
    "/portal/v1/applications",
  ]);
  expect(application.holds).toBe(3);
});
