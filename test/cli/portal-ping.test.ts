import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { freePort } from "./support/ports.ts";
import { serve } from "./support/responder.ts";
import { test } from "./support/test.ts";

const ping = "portal ping --json";

describe("portal ping", () => {
  test("says without card or login that the platform answers, how fast, and how its clock goes [row 89]", async ({
    mynakit,
    start,
  }) => {
    const embedded = success("portal ping", await mynakit(ping)).data;
    expect(embedded).toMatchObject({ platform: { sandbox: true }, attempts: 1, closing: null });
    expect(embedded.aheadSeconds).toBe(0);
    const url = await start("sandbox start --port 0").line();
    const { data } = success("portal ping", await mynakit(`${ping} --platform ${url}`));
    expect(data).toMatchObject({ platform: { url, sandbox: true }, attempts: 1 });
    expect(data.milliseconds).toBeLessThan(10_000);
    const words = `portal ping --platform ${url} --lang`;
    expect((await mynakit(`${words} ja`)).stdout).toMatch(/接続先は応答しています。[\s\S]*応答時間 +\d+ ms/);
    expect((await mynakit(`${words} en`)).stdout).toMatch(/The platform answers\.[\s\S]*Time to answer +\d+ ms/);
  });

  test("names the step that fails, with the exit code that other commands have for it", async ({ mynakit, start }) => {
    using page = await serve(({ response }) => void response.setHeader("content-type", "text/html").end("<p>hello"));
    const plain = page.url.replace("http:", "https:").replace(/\/$/, "");
    for (const [url, code, step] of [
      ["https://platform.mynakit.invalid", "ERR_NETWORK_UNREACHABLE", "resolve"],
      [`http://127.0.0.1:${await freePort()}`, "ERR_NETWORK_UNREACHABLE", "connect"],
      [plain, "ERR_NETWORK_TLS", "tls"],
      [page.url, "ERR_PLATFORM_ANSWER", "answer"],
    ] as const) {
      const error = failed(await mynakit(`${ping} --platform ${url}`), code);
      expect(error.details, url).toMatchObject({ step });
    }
    const japanese = await mynakit(`portal ping --lang ja --platform ${plain}`);
    expect(failedInWords(japanese, "ERR_NETWORK_TLS")).toMatch(
      /（TLS）で止まりました[\s\S]*http:\/\/ で始まるアドレス/,
    );
    failed(await mynakit(`${ping} --platform http://example.jp`), "ERR_USAGE_PLATFORM");
    const url = await start("sandbox start --port 0").line();
    const elsewhere = failed(await mynakit(`${ping} --platform ${url}/elsewhere`), "ERR_PLATFORM_REFUSED");
    expect(elsewhere.details).toMatchObject({ reason: "not-found", step: "answer" });
  });

  test("says until when a closed platform is closed, and with --wait goes on as soon as it opens [row 89]", async ({
    mynakit,
    start,
    home,
  }) => {
    const database = path.join(home, "sandbox.db");
    const store = ["--database", database, "--json"];
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const sandbox = start(["sandbox", "start", "--port", "0", "--database", database]);
    const there = ["--platform", await sandbox.line()];
    success("sandbox close", await mynakit(["sandbox", "close", "--until", until, ...store]));
    await expect.poll(async () => (await mynakit([...ping.split(" "), ...there])).code).toBe(9);
    const closed = failed(await mynakit([...ping.split(" "), ...there]), "ERR_PLATFORM_REFUSED");
    expect(closed).toMatchObject({ retryable: true, details: { reason: "platform-closed", step: "open" } });
    expect(closed.details.earliest).toMatch(/^20/);

    const waiting = start(["portal", "ping", "--wait", "--lang", "ja", ...there]);
    await waiting.tells(/2 秒後にもう一度試します/);
    success("sandbox open", await mynakit(["sandbox", "open", ...store]));
    const outcome = await waiting.ended;
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/試した回数 +\d/);
  }, 30_000);

  test("tells early that the platform is going to close, which then happens by itself [row 89]", async ({
    mynakit,
  }) => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const [from, until] = [at(60), at(120)];
    const planned = await mynakit(`sandbox close --from ${from} --until ${until} --json`);
    expect(success("sandbox close", planned).data).toMatchObject({ open: true });
    const { closing } = success("portal ping", await mynakit(ping)).data;
    const seconds = (time: string | null | undefined) => Math.floor(Date.parse(time ?? "") / 1000);
    expect([seconds(closing?.from), seconds(closing?.until)]).toEqual([seconds(from), seconds(until)]);
    expect((await mynakit("portal ping --lang ja")).stdout).toMatch(/メンテナンスの予定 +\d.* から \d.* まで/);
    expect((await mynakit("portal ping --lang en")).stdout).toMatch(/It will close +\d.* until \d/);
    await mynakit("sandbox clock advance 61m --json");
    const closed = failed(await mynakit(ping), "ERR_PLATFORM_REFUSED");
    expect(closed.details).toMatchObject({ reason: "platform-closed" });
    await mynakit("sandbox open --json");
    expect(success("portal ping", await mynakit(ping)).data.closing).toBeNull();
    failed(await mynakit(`sandbox close --from ${at(300)} --until ${at(200)} --json`), "ERR_USAGE_OPTION");
    failed(await mynakit(`sandbox close --from ${at(-300)} --json`), "ERR_USAGE_OPTION");
  });

  test("gives up when its time is over, and at Ctrl-C", async ({ mynakit, start }) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const failure = failed(await mynakit(`${ping} --wait=1 --platform ${url}`), "ERR_NETWORK_UNREACHABLE");
    expect(failure.details).toMatchObject({ step: "connect" });
    const waiting = start(`portal ping --wait --platform ${url}`);
    await waiting.tells(/Asking again in 1 second/);
    expect((await waiting.stop("SIGINT")).code).toBe(130);
  });

  test("warns of a clock with which a real card's login would be refused", async ({ mynakit }) => {
    const now = () => new Date(Date.now() - 95_000).toISOString();
    using behind = await serve(({ response }) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify({ sandbox: true, now: now() }));
    });
    const outcome = await mynakit(`${ping} --platform ${behind.url}`);
    const { data, warnings } = success("portal ping", outcome);
    expect(data.aheadSeconds).toBeLessThan(-90);
    expect(warnings).toMatchObject([{ code: "WARN_CLOCK_DIFFERS" }]);
    const japanese = await mynakit(`portal ping --lang ja --platform ${behind.url}`);
    expect(japanese.stderr).toMatch(/9\d 秒遅れています/);
  });
});

describe("without login and without card", () => {
  test("one can look, search and ask what is wrong, but not see what is one's own [row 90]", async ({
    mynakit,
    home,
  }) => {
    writeFileSync(path.join(home, "sessions.json"), "{}", { mode: 0o600 });
    for (const words of [
      "portal ping",
      "portal procedures search --city 目黒区",
      "portal procedures show 131105-moving-out",
      "explain portal-login",
      "points programmes",
    ]) {
      expect(await mynakit(`${words} --json`), words).toMatchObject({ code: 0 });
    }
    for (const words of ["portal notices", "portal info tax", "portal applications", "portal profile"]) {
      failed(await mynakit(`${words} --json`), "ERR_PLATFORM_SESSION");
    }
  });
});
