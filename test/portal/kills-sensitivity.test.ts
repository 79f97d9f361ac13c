import { rmSync, truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { success } from "../cli/support/documents.ts";
import { worsePlatform } from "../sandbox/support/crash/platform-process.ts";
import { temporaryFolder } from "../sandbox/support/sandbox.ts";
import { outboxOf } from "./support/kills/judge.ts";
import type { Moment } from "./support/kills/stage.ts";
import { setStage } from "./support/kills-contract.ts";

const database = () => path.join(temporaryFolder(), "sandbox.db");
const phone = "0300000001";
const submission = "/portal/v1/applications";

/** Somebody who has logged in. */
async function loggedIn(...how: Parameters<typeof setStage>) {
  const actors = await setStage(...how);
  success("portal login", await actors.person.login().ended);
  return actors;
}

/** Applies, and the platform is killed at the submission. */
async function applyWithBlow({ stage, person }: Awaited<ReturnType<typeof loggedIn>>, moment: Moment): Promise<void> {
  stage.ready({ at: 1, moment, counts: ({ path: at }) => at === submission, kill: () => stage.killPlatform() });
  person.interruptedApplication(phone, await person.apply(phone).ended);
  stage.calm();
  await stage.up();
}

describe("the judge of kills finds", () => {
  test("a client that forgets what it has sent, and signs another application", async () => {
    const actors = await loggedIn(database());
    await applyWithBlow(actors, "after");
    for (const file of outboxOf(actors.stage.home("person"))) rmSync(file);
    await actors.person.finishApplication(phone);
    await expect(actors.person.judge()).rejects.toThrow(/^doubled: /);
  });

  test("a client that does not write its files at once", async () => {
    const { stage, person } = await loggedIn(database());
    await person.judge();
    truncateSync(path.join(stage.home("person"), "sessions.json"), 20);
    await expect(person.judge()).rejects.toThrow(/^half a file: /);
  });

  test("a platform that acknowledges before it commits", async () => {
    const actors = await loggedIn(database(), worsePlatform("acknowledges before it commits", {}));
    await applyWithBlow(actors, "answered");
    await expect(actors.person.judge()).rejects.toThrow(/^lost: /);
  });

  test("a platform that begins a session without its token, or keeps an application without its state", async () => {
    const { stage, person } = await loggedIn(database());
    await person.finishApplication(phone);
    await person.judge();
    await stage.withStore(({ db }) => db.deleteFrom("procedure_event").execute());
    await expect(person.judge()).rejects.toThrow(/^half an application: /);
    await stage.withStore(({ db }) => db.deleteFrom("oidc_payload").where("model", "=", "AccessToken").execute());
    await expect(person.judge()).rejects.toThrow(/^half a login: /);
  });
});
