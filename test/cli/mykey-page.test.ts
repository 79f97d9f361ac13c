import { existsSync } from "node:fs";
import { describe, expect } from "vitest";
import { cardFile } from "./support/cards.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const withCard = "--pin-stdin -r sim:standard";
const input = "1234\n";

describe("mykey page", () => {
  test("shows an address that opens my page once, on a sandbox with the data of the embedded one", async ({
    mynakit,
    start,
  }) => {
    const issued = success("mykey issue", await mynakit(`mykey issue --yes --json ${withCard}`, { input }));
    const url = await start("sandbox start --port 0").line();
    const outcome = await mynakit(`mykey page --json --platform ${url} ${withCard}`, { input });
    const { data } = success("mykey page", outcome);
    expect(data).toMatchObject({ pinSent: true, platform: { url, sandbox: true } });
    expect(data.url).toMatch(new RegExp(`^${url}/mypage/card\\?ticket=[\\w-]{43}$`));
    const arrival = await fetch(data.url);
    const page = await arrival.text();
    const [, token = ""] = /name="token" value="([^"]+)"/.exec(page) ?? [];
    const cookie = arrival.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const ticket = new URL(data.url).searchParams.get("ticket") ?? "";
    const open = () =>
      fetch(`${url}/mypage/card`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ token, ticket }),
        headers: { cookie, origin: url },
      });
    const opened = await open();
    expect([opened.status, opened.headers.get("location")]).toEqual([303, "/mypage/account"]);
    const session = opened.headers.getSetCookie().at(-1)?.split(";")[0];
    const account = await fetch(`${url}/mypage/account`, { headers: { cookie: `${cookie}; ${session}` } });
    expect(await account.text()).toContain(issued.data.mykeyId);
    expect((await open()).status).toBe(410);
  });

  test("says in both languages what to do with the address, which stands on a line of its own", async ({
    mynakit,
    start,
  }) => {
    const url = await start("sandbox start --port 0").line();
    for (const [lang, words] of [
      ["ja", "1分以内に"],
      ["en", "in your browser now"],
    ]) {
      const { stdout } = await mynakit(`mykey page --lang ${lang} --platform ${url} ${withCard}`, { input });
      expect(stdout).toContain(words);
      expect(stdout.split("\n").some((line) => /^http\S+ticket=[\w-]{43}$/.test(line))).toBe(true);
    }
  });

  test("is refused for the embedded platform before anything else is asked for", async ({ mynakit, home }) => {
    const outcome = await mynakit(`mykey page --json ${withCard}`, { input });
    expect(failed(outcome, "ERR_USAGE_PLATFORM_EMBEDDED").pinSent).toBe(false);
    const told = await mynakit(`mykey page --lang ja ${withCard}`, { input });
    expect(failedInWords(told, "ERR_USAGE_PLATFORM_EMBEDDED")).toContain("mynakit sandbox start");
    expect(existsSync(cardFile(home, "standard"))).toBe(false);
  });
});
