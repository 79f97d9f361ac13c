import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const json = "--pin-stdin -r sim:standard --json";
const password = "correct horse battery";

describe("mykey password", () => {
  test("set with the card, it opens the account without one [rows 47, 62]", async ({ mynakit }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, { input: "1234\n" })).data;
    const set = await mynakit(`mykey password ${json}`, { input: `1234\n${password}\n` });
    expect(success("mykey password", set).data.pinSent).toBe(true);
    const byPassword = `--mykey-id ${mykeyId} --pin-stdin`;
    const input = { input: `${password}\n` };
    const shown = success("mykey show", await mynakit(`mykey show ${byPassword} --json`, input)).data;
    expect(shown).toMatchObject({ mykeyId, pinSent: false });
    const told = await mynakit(`mykey history ${byPassword} --lang ja`, input);
    expect(told.stdout).toContain("ログインパスワードの設定");
    const { data } = success(
      "mykey notify",
      await mynakit(`mykey notify on --email a@example.jp ${byPassword} --json`, input),
    );
    expect(data.notify).toBe(true);
  });

  test("wrong is refused in words, six times over throttled with a time; none of it is shown", async ({ mynakit }) => {
    const env = { MYNAKIT_NOW: "2026-11-22T03:00:00Z" };
    const { data } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, { input: "1234\n", env }));
    const show = `mykey show --mykey-id ${data.mykeyId} --pin-stdin`;
    const wrong = { input: "wrong horse battery\n", env };
    for (let guess = 1; guess <= 5; guess++) {
      const outcome = await mynakit(`${show} --json`, wrong);
      expect(failed(outcome, "ERR_PLATFORM_REFUSED").details).toMatchObject({ reason: "login-refused" });
      expect(outcome.stdout + outcome.stderr).not.toContain("wrong horse");
    }
    const throttled = failed(await mynakit(`${show} --json`, wrong), "ERR_PLATFORM_REFUSED");
    expect(throttled.details).toMatchObject({ reason: "throttled", earliest: "2026-11-22T03:00:30Z" });
    expect(failedInWords(await mynakit(`${show} --lang ja`, wrong), "ERR_PLATFORM_REFUSED")).toContain(
      "しばらく受け付けられません",
    );
    failed(await mynakit(`mykey show --mykey-id ${data.mykeyId} --no-input --json`), "ERR_USAGE_INPUT_NEEDED");
  });
});
