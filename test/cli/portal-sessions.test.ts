import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const login = "portal login --pin-stdin -r sim:standard --json";
const pin = { input: "1234\n" };

test("portal sessions lists each login, and ends one of them or all", async ({ mynakit, home }) => {
  const otherHome = { env: { MYNAKIT_HOME: path.join(home, "other") } };
  success("portal login", await mynakit(login, pin));
  const file = path.join(home, "sessions.json");
  const first = readFileSync(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  success("portal login", await mynakit(login, pin));
  const { sessions } = success("portal sessions", await mynakit("portal sessions --json")).data;
  expect(sessions).toHaveLength(2);
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  expect(sessions[0]).toMatchObject({ way: "card", client: "mynakit", device: hostname(), address: null });
  const other = sessions.find(({ current }) => !current)?.id ?? "";
  const ended = success("portal sessions", await mynakit(`portal sessions --end ${other.toUpperCase()} --json`)).data;
  expect([ended.ended, ended.sessions.map(({ current }) => current)]).toEqual([[other], [true]]);
  const again = failed(await mynakit(`portal sessions --end ${other} --json`), "ERR_PLATFORM_REFUSED");
  expect(again.details).toMatchObject({ reason: "session-unknown" });
  success("portal login", await mynakit(login, pin));
  expect(success("portal logout", await mynakit("portal logout --all --json")).data).toMatchObject({
    loggedOut: true,
    ended: 2,
  });
  failed(await mynakit("portal sessions --json"), "ERR_PLATFORM_SESSION");
  failed(await mynakit("portal logout --all --json"), "ERR_PLATFORM_SESSION");
  failed(await mynakit("portal sessions --json", otherHome), "ERR_PLATFORM_SESSION");
  expect(first.toString()).toContain('"d":');
});

test("portal sessions says in both languages which device it is, and that nobody checked its name", async ({
  mynakit,
}) => {
  success("portal login", await mynakit(login, pin));
  const english = await mynakit("portal sessions");
  expect(english.stdout).toContain("this one");
  expect(english.stdout).toContain("Device (not verified)");
  const japanese = await mynakit("portal sessions --lang ja");
  expect(japanese.stdout).toContain("端末（自己申告）");
});

test("ending the session that asks logs out here, too", async ({ mynakit }) => {
  success("portal login", await mynakit(login, pin));
  const { sessions } = success("portal sessions", await mynakit("portal sessions --json")).data;
  success("portal sessions", await mynakit(`portal sessions --end ${sessions[0]?.id} --json`));
  failed(await mynakit("portal whoami --json"), "ERR_PLATFORM_SESSION");
});
