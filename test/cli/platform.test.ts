import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { freePort } from "./support/ports.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const issue = "mykey issue --yes --pin-stdin -r sim:standard --json";
const login = "portal login --pin-stdin -r sim:standard --json";
const urlPattern = /^http:\/\/127\.0\.0\.1:\d+$/;

describe("sandbox start", () => {
  test("prints its URL when it accepts requests, serves the main job, and stops cleanly [row 1]", async ({
    mynakit,
    start,
  }) => {
    const sandbox = start("sandbox start --port 0");
    const url = await sandbox.line();
    expect(url).toMatch(urlPattern);
    const there = `--platform ${url}`;
    const platform = { url, sandbox: true };
    expect(success("mykey issue", await mynakit(`${issue} ${there}`, pin)).data).toMatchObject({
      created: true,
      platform,
    });
    expect(success("mykey issue", await mynakit(`${issue} ${there}`, pin)).data).toMatchObject({ created: false });
    expect(success("portal login", await mynakit(`${login} ${there}`, pin)).data).toMatchObject({ platform });
    const env = { MYNAKIT_PLATFORM: url };
    expect(success("portal whoami", await mynakit("portal whoami --json", { env })).data).toMatchObject({ platform });
    failed(await mynakit("portal whoami --json"), "ERR_PLATFORM_SESSION");
    expect(success("portal logout", await mynakit("portal logout --json", { env })).data.loggedOut).toBe(true);
    expect(await sandbox.stop("SIGTERM")).toMatchObject({ code: 0, signal: null, stdout: `${url}\n` });
  });

  test.for(["SIGTERM", "SIGINT"] as const)(
    "as JSON is one document, and %s ends it with 0",
    async (signal, { start }) => {
      const sandbox = start("sandbox start --port 0 --json");
      await sandbox.line();
      const { data } = success("sandbox start", await sandbox.stop(signal));
      expect(data.url).toMatch(urlPattern);
      expect(data.database).toContain("sandbox.db");
    },
  );

  test("tells a person in words that it is no real service", async ({ start }) => {
    const sandbox = start("sandbox start --port 0 --lang ja");
    await sandbox.line();
    await sandbox.tells(/本物のサービスではありません/);
    await sandbox.stop("SIGINT");
  });

  test("keeps what it has acknowledged when it is killed", async ({ home, mynakit, start }) => {
    const database = path.join(home, "mine.db");
    const first = start(["sandbox", "start", "--port", "0", "--database", database]);
    const { data } = success("mykey issue", await mynakit(`${issue} --platform ${await first.line()}`, pin));
    expect((await first.stop("SIGKILL")).signal).toBe("SIGKILL");
    const second = start(["sandbox", "start", "--port", "0", "--database", database]);
    const again = success("mykey issue", await mynakit(`${issue} --platform ${await second.line()}`, pin));
    expect(again.data).toMatchObject({ mykeyId: data.mykeyId, created: false });
  });

  test("has the store of the embedded platform unless told otherwise", async ({ mynakit, start }) => {
    const embedded = success("mykey issue", await mynakit(issue, pin)).data;
    const sandbox = start("sandbox start --port 0");
    const shown = success("mykey issue", await mynakit(`${issue} --platform ${await sandbox.line()}`, pin)).data;
    expect({ ...shown, platform: embedded.platform }).toEqual({
      ...embedded,
      created: false,
      steps: shown.steps,
    });
  });

  test("says that its port is taken", async ({ mynakit, start }) => {
    const port = new URL(await start("sandbox start --port 0").line()).port;
    expect(failed(await mynakit(`sandbox start --port ${port} --json`), "ERR_NETWORK_LISTEN").details).toMatchObject({
      address: expect.stringContaining(port),
    });
  });

  test.for(["/proc/nothing/here.db", "postgres://127.0.0.1:1/none"])(
    "says that its database %s cannot be used",
    async (database, { mynakit }) => {
      const { code, stdout } = await mynakit(`sandbox start --port 0 --json --database ${database}`);
      expect(code).toBe(11);
      expect(stdout).toMatch(/ERR_IO_/);
    },
  );
});

describe("a platform that is not as it should be", () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const commands = [issue, login, "mykey show --pin-stdin -r sim:standard --json"];

  test("is down: nothing is sent to the card", async ({ mynakit }) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    for (const words of commands) {
      const error = failed(await mynakit(`${words} --platform ${url}`, pin), "ERR_NETWORK_UNREACHABLE");
      expect(error).toMatchObject({
        pinSent: false,
        retryable: true,
        details: { reason: expect.stringContaining("ECONNREFUSED") },
      });
    }
    failedInWords(await mynakit(`portal login -r sim:standard --lang ja --platform ${url}`), "ERR_NETWORK_UNREACHABLE");
  });

  test("has a name that nobody knows", async ({ mynakit }) => {
    const outcome = await mynakit(`${login} --platform https://nothing.invalid`, pin);
    expect(failed(outcome, "ERR_NETWORK_UNREACHABLE").pinSent).toBe(false);
  });

  test("never answers: is given up", async ({ mynakit }) => {
    const url = await serve(() => {});
    const outcomes = await Promise.all(commands.map((words) => mynakit(`${words} --platform ${url}`, pin)));
    for (const outcome of outcomes) {
      expect(failed(outcome, "ERR_NETWORK_TIMEOUT")).toMatchObject({ pinSent: false, retryable: true });
      expect(outcome.milliseconds).toBeLessThan(20_000);
    }
  });

  test("begins to answer and stops there: is given up", async ({ mynakit }) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"issuer":');
    });
    failed(await mynakit(`${login} --platform ${url}`, pin), "ERR_NETWORK_TIMEOUT");
  });

  test("never answers: Ctrl-C does not wait for it", async ({ start }) => {
    let asked: () => void = () => {};
    const request = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const url = await serve(() => asked());
    const running = start(`${login} --platform ${url}`);
    await request;
    const started = performance.now();
    expect(failed(await running.stop("SIGINT"), "ERR_CANCELLED").pinSent).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test.for([
    ["HTML", "text/html", "<!doctype html><title>ただいまメンテナンス中です</title>"],
    ["nothing", "application/json", ""],
    ["no JSON", "application/json", "{nonsense"],
    ["a list", "application/json", "[1,2,3]"],
    ["null", "application/json", "null"],
    ["other JSON", "application/json", '{"issuer":42,"token_endpoint":[]}'],
    [
      "somebody else's metadata",
      "application/json",
      '{"issuer":"https://example.com","token_endpoint":"https://example.com/token","jwks_uri":"https://example.com/jwks"}',
    ],
    ["more than anybody reads", "application/json", `"${"x".repeat(3_000_000)}"`],
  ])("answers with %s", async ([, type = "", body], { mynakit }) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": type }).end(body);
    });
    for (const words of commands) {
      expect(failed(await mynakit(`${words} --platform ${url}`, pin), "ERR_PLATFORM_ANSWER").pinSent).toBe(false);
    }
  });

  test.for([404, 429, 500, 503])("answers with the status %i", async (status, { mynakit }) => {
    const url = await serve((_request, response) => {
      response.writeHead(status, { "content-type": "text/html" }).end("<html>error</html>");
    });
    const { code } = await mynakit(`${login} --platform ${url}`, pin);
    expect(code).toBe(9);
  });

  test("sends us elsewhere: is not followed", async ({ mynakit }) => {
    let followed = false;
    const elsewhere = await serve((_request, response) => {
      followed = true;
      response.end("{}");
    });
    const url = await serve((request, response) => {
      response.writeHead(307, { location: `${elsewhere}${request.url}` }).end();
    });
    for (const words of commands) failed(await mynakit(`${words} --platform ${url}`, pin), "ERR_PLATFORM_ANSWER");
    expect(followed).toBe(false);
  });

  test("hangs up in the middle", async ({ mynakit }) => {
    const url = await serve((request) => request.socket.destroy());
    failed(await mynakit(`${login} --platform ${url}`, pin), "ERR_NETWORK_UNREACHABLE");
  });

  test("speaks no TLS, or none that can be trusted", async ({ mynakit }) => {
    const url = (await serve((_request, response) => response.end("{}"))).replace("http:", "https:");
    const { code, stdout } = await mynakit(`${login} --platform ${url}`, pin);
    expect({ code, tls: /ERR_NETWORK_(TLS|UNREACHABLE)/.test(stdout) }).toEqual({ code: 10, tls: true });
  });
});

describe("an address that is none of a platform", () => {
  test.for([
    "http://example.com",
    "http://192.0.2.1:8080",
    "http://127.0.0.1.example.com",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "nonsense",
    "Embedded",
    "https://",
    "https://user:secret@example.com",
    "https://example.com/?token=secret",
  ])("%s: is refused", async (address, { mynakit }) => {
    for (const words of [login, "portal whoami --json", "portal logout --json"]) {
      const outcome = await mynakit(`${words} --platform ${address}`, pin);
      expect(failed(outcome, "ERR_USAGE_PLATFORM").pinSent).toBe(false);
      expect(outcome.stdout).not.toContain(":secret@");
    }
  });
});
