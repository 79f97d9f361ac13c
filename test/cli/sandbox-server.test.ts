import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished } from "vitest";
import { extensions, Workshop } from "../jpki/support/openssl.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { freePort } from "./support/ports.ts";
import type { Running } from "./support/program.ts";
import { test } from "./support/test.ts";

const pki = new Workshop();
afterAll(() => pki.close());

beforeAll(() => {
  pki.key("ca", "server");
  pki.certificate("ca", { subject: "/CN=Throw-away", key: "ca", extensions: extensions.authority });
  const names = ["subjectAltName=IP:127.0.0.1"];
  pki.certificate("server", { subject: "/CN=sandbox", key: "server", issuer: "ca", extensions: names });
  chmodSync(pki.file("server.key"), 0o600);
});

const tls = () => `--tls-cert ${pki.file("server.pem")} --tls-key ${pki.file("server.key")}`;
const pin = { input: "1234\n" };
const card = "--pin-stdin -r sim:standard --json";
const login = `portal login ${card}`;

describe("a sandbox with TLS", () => {
  test("serves those who trust its authority by NODE_EXTRA_CA_CERTS; for others the PIN stays unsent", async ({
    mynakit,
    start,
  }) => {
    const url = await start(`sandbox start --port 0 ${tls()}`).line();
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const env = { NODE_EXTRA_CA_CERTS: pki.file("ca.pem") };
    const { data } = success("portal login", await mynakit(`${login} --platform ${url}`, { ...pin, env }));
    expect(data.platform).toEqual({ url, sandbox: true });
    expect(failed(await mynakit(`${login} --platform ${url}`, pin), "ERR_NETWORK_TLS").pinSent).toBe(false);
  });

  test("does not use a key that others can read, nor one that is not the certificate's", async ({ home, mynakit }) => {
    const exposed = path.join(home, "exposed.key");
    writeFileSync(exposed, readFileSync(pki.file("server.key")), { mode: 0o644 });
    const words = `sandbox start --port 0 --tls-cert ${pki.file("server.pem")} --tls-key`;
    const error = failed(await mynakit(`${words} ${exposed} --json`), "ERR_IO_KEY_FILE_MODE");
    expect(error.details).toEqual({ path: exposed, mode: "644" });
    failedInWords(await mynakit(`${words} ${exposed} --lang ja`), "ERR_IO_KEY_FILE_MODE");
    const other = path.join(home, "other.key");
    writeFileSync(other, readFileSync(pki.file("ca.key")), { mode: 0o600 });
    const mismatch = failed(await mynakit(`${words} ${other} --json`), "ERR_IO_TLS");
    expect(mismatch.details).toEqual({ path: other, problem: "other-key" });
    failedInWords(await mynakit(`${words} ${other} --lang ja`), "ERR_IO_TLS");
    failed(await mynakit(`${words} ${path.join(home, "none")} --json`), "ERR_IO_READ");
    failed(await mynakit(`${words} ${home} --json`), "ERR_IO_READ");
  });
});

describe("sandbox start", () => {
  test.for([
    ["--host 192.0.2.1", "ERR_USAGE_PLAIN_HTTP"],
    ["--host 0.0.0.0 --public-url https://sandbox.example", "ERR_USAGE_PLAIN_HTTP"],
    [":: --host 2001:db8::1", "ERR_USAGE_PLAIN_HTTP"],
  ] as const)("%s without TLS is refused", async ([words, code], { mynakit }) => {
    const start = `sandbox start --port 0 ${words.replace(":: ", "")}`;
    failed(await mynakit(`${start} --json`), code);
    failedInWords(await mynakit(`${start} --lang ja`), code);
  });

  test.for([
    ["--host", "localhost", "malformed"],
    ["--host", "999.0.0.1", "malformed"],
    ["--proxy", "example.com", "malformed"],
    ["--public-url", "http://sandbox.example", "malformed"],
    ["--public-url", "https://sandbox.example/below", "malformed"],
    ["--public-url", "https://user:geheim@sandbox.example", "malformed"],
    ["--rate", "0", "not-allowed"],
    ["--metrics-port", "65536", "not-allowed"],
    ["--log", "loud", "not-allowed"],
  ])("%s %s is refused", async ([option, value, problem], { mynakit }) => {
    const outcome = await mynakit(`sandbox start --port 0 ${option} ${value} --json`);
    expect(failed(outcome, "ERR_USAGE_OPTION").details).toMatchObject({ option, problem });
    expect(outcome.stdout).not.toContain("geheim");
  });

  test("asks for what goes with an option", async ({ mynakit }) => {
    const missing = async (words: string) =>
      failed(await mynakit(`sandbox start --port 0 ${words} --json`), "ERR_USAGE_OPTION").details;
    expect(await missing("--tls-cert x")).toEqual({ option: "--tls-key", problem: "missing" });
    expect(await missing("--tls-key x")).toEqual({ option: "--tls-cert", problem: "missing" });
    expect(await missing("--host 0.0.0.0")).toEqual({ option: "--public-url", problem: "missing" });
  });

  test("behind a proxy is known by its public address, says where it listens, and counts clients by --proxy", async ({
    start,
  }) => {
    const port = await freePort();
    const words = `sandbox start --port ${port} --public-url https://sandbox.example --proxy 127.0.0.1 --rate 1 --json`;
    const sandbox = start(words);
    const { data } = JSON.parse(await sandbox.line());
    const listening = `http://127.0.0.1:${port}`;
    expect(data).toMatchObject({ url: "https://sandbox.example", listening, metrics: null });
    const from = async (address: string) =>
      (await fetch(`${listening}/platform`, { headers: { "x-forwarded-for": address } })).status;
    const statuses = await Promise.all(Array.from({ length: 40 }, () => from("192.0.2.1")));
    expect(statuses).toContain(429);
    expect(await from("192.0.2.2")).toBe(200);
  });

  test("--metrics-port serves metrics, there alone", async ({ start }) => {
    const sandbox = start("sandbox start --port 0 --metrics-port 0 --json");
    const { data } = JSON.parse(await sandbox.line());
    await fetch(`${data.url}/platform`);
    const page = async () => (await fetch(data.metrics)).text();
    await expect.poll(page).toContain('mynakit_http_requests_total{method="GET",route="/platform",status="200"} 1');
    expect((await fetch(`${data.url}/metrics`)).status).toBe(404);
  });
});

describe("on SIGTERM", () => {
  const body = "grant_type=nothing&client_id=mynakit";
  const head = `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`;

  /** A sandbox that waits for the rest of a request. */
  async function midway(sandbox: Running) {
    const url = await sandbox.line();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    onTestFinished(() => {
      socket.destroy();
    });
    socket.setEncoding("utf8").on("error", () => {});
    await once(socket, "connect");
    socket.write(head + body.slice(0, 10));
    await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
    return { url, socket };
  }

  async function textOf(socket: Socket): Promise<string> {
    let text = "";
    for await (const part of socket) text += part;
    return text;
  }

  const reachable = (url: string) =>
    fetch(`${url}/health`).then(
      () => true,
      () => false,
    );

  test("a request in flight gets its answer, a new one none, and the program ends with 0", async ({ start }) => {
    const sandbox = start("sandbox start --port 0");
    const { url, socket } = await midway(sandbox);
    sandbox.child.kill("SIGTERM");
    await expect.poll(() => reachable(url)).toBe(false);
    socket.write(body.slice(10));
    expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 400 .*unsupported_grant_type/s);
    expect(await sandbox.ended).toMatchObject({ code: 0, signal: null });
  });

  test("a second one ends it at once", async ({ start }) => {
    const sandbox = start("sandbox start --port 0");
    const { url } = await midway(sandbox);
    sandbox.child.kill("SIGTERM");
    await expect.poll(() => reachable(url)).toBe(false);
    const asked = performance.now();
    expect((await sandbox.stop("SIGTERM")).code).toBe(130);
    expect(performance.now() - asked).toBeLessThan(5000);
  });
});

describe("the log", () => {
  const members = ["time", "level", "event", "request", "method", "route", "status", "address"];
  const parsed = (stderr: string) =>
    stderr
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("is one JSON object a line, with the name that stands in the answer", async ({ start }) => {
    const sandbox = start("sandbox start --port 0 --log info");
    const url = await sandbox.line();
    const response = await fetch(`${url}/mykey/v1/ids/mine?q=geheim`, { headers: { cookie: "c=geheim" } });
    const request = response.headers.get("x-request-id");
    await sandbox.tells(/"refusal"/);
    const lines = parsed((await sandbox.stop("SIGTERM")).stderr);
    const common = { request, method: "GET", route: "/mykey/v1/ids/mine", status: 401, address: "127.0.0.1" };
    expect(lines).toMatchObject([
      { level: "info", event: "access", ...common, milliseconds: expect.any(Number) },
      { level: "warn", event: "refusal", ...common, reason: "session-missing" },
    ]);
    for (const line of lines) {
      expect(Object.keys(line).filter((name) => !members.includes(name))).toHaveLength(1);
      expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(JSON.stringify(lines)).not.toContain("geheim");
  });

  test.for([
    ["off", []],
    ["error", []],
    ["warn", ["refusal"]],
  ] as const)("%s leaves out what is below it", async ([level, events], { start }) => {
    const sandbox = start(`sandbox start --port 0 --log ${level}`);
    const url = await sandbox.line();
    await fetch(`${url}/mykey/v1/ids/mine`);
    await fetch(`${url}/platform`);
    const { stderr } = await sandbox.stop("SIGTERM");
    expect(parsed(stderr).map(({ event }) => event)).toEqual(events);
  });

  test("holds nothing secret or personal after every kind of login and change", async ({ home, mynakit, start }) => {
    const env = { MYNAKIT_NOW: "2022-03-01T12:00:00+09:00" };
    await mynakit("sandbox clock set 2022-03-01T12:00:00+09:00 --backwards");
    const sandbox = start("sandbox start --port 0 --log info --json");
    const { data } = JSON.parse(await sandbox.line());
    const secrets = ["1234", "correct horse battery", "wrong horse battery", "taro@example.jp", "123456789012"];
    const run = async (words: string, input = "1234\n") => {
      const outcome = await mynakit(`${words} --json --platform ${data.url}`, { input, env });
      expect(outcome.code, outcome.stdout).toBeLessThan(70);
      return JSON.parse(outcome.stdout).data ?? {};
    };
    const here = "--pin-stdin -r sim:standard";
    await run(`portal login ${here}`);
    const session = readdirSync(home).filter((name) => name.includes("session"));
    expect(session).not.toEqual([]);
    secrets.push(...session.flatMap((name) => sessionSecrets(path.join(home, name))));
    await run("portal whoami");
    const { mykeyId } = await run(`mykey issue --yes ${here}`);
    await run(`mykey password ${here}`, "1234\ncorrect horse battery\n");
    const byPassword = `--mykey-id ${mykeyId} --pin-stdin`;
    await run(`mykey show ${byPassword}`, "correct horse battery\n");
    await run(`mykey show ${byPassword}`, "wrong horse battery\n");
    await run(`mykey notify on --email taro@example.jp ${here}`);
    await mynakit("sandbox service add mynapay");
    const changed = await run(`mykey change SAKURA22 --yes ${here}`);
    const account = JSON.parse(
      (await mynakit(`sandbox service account mynapay taro01 --holder ${changed.mykeyId} --json`)).stdout,
    ).data;
    const code = path.join(home, "code");
    writeFileSync(code, `${account.securityCode}\n`, { mode: 0o600 });
    const applied = `points apply --service mynapay --service-id taro01 --code-file ${code} --yes ${here}`;
    expect((await run(applied)).created).toBe(true);
    await run(`mykey revoke --confirm ${changed.mykeyId} ${here}`);
    await run(`mykey report-leak --yes ${here}`);
    await run("portal logout");
    secrets.push(mykeyId, changed.mykeyId, account.securityCode);
    const { stdout, stderr } = await sandbox.stop("SIGTERM");
    const routes = parsed(stderr).map(({ route }) => route);
    for (const route of ["/token", "/mykey/v1/ids", "/mykey/v1/ids/mine/changes", "/mykey/v1/points/applications"])
      expect(routes).toContain(route);
    const told = stdout + stderr;
    // Names of requests and ports are digits by chance, among which a PIN of four may stand.
    const chosen = told.replace(/"request":"[0-9a-f]+"|127\.0\.0\.1:\d+/g, "");
    expect(secrets.filter((secret) => chosen.includes(secret))).toEqual([]);
    // A JWS, a nonce or a token is long; a request's name has 16 digits, a time has marks between them.
    expect(told).not.toMatch(/eyJ|[\w-]{25,}/);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  function sessionSecrets(file: string): string[] {
    return readFileSync(file, "utf8").match(/[\w-]{25,}/g) ?? [];
  }
});
