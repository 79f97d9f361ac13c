import { once } from "node:events";
import { expect, test } from "vitest";
import { type Limits, ownLimits } from "../../src/sandbox/http/limits.ts";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { answerTo, rawConnection } from "./support/raw.ts";
import { runSandbox } from "./support/sandbox.ts";

async function limited(changes: Partial<Limits> = {}, proxies: readonly string[] = []) {
  const entries: LogEntry[] = [];
  const limits = { ...ownLimits, ...changes };
  const sandbox = await runSandbox({ limits, proxies, log: (entry) => entries.push(entry) });
  const reasons = () => entries.flatMap((entry) => (entry.kind === "refusal" ? [entry.reason] : []));
  const alive = async () => (await fetch(`${sandbox.url}/health`)).status === 200;
  const ask = (from?: string) =>
    fetch(`${sandbox.url}/platform`, from === undefined ? {} : { headers: { "x-forwarded-for": from } });
  return { ...sandbox, reasons, alive, ask };
}

const get = (path: string, ...fields: string[]) =>
  [`GET ${path} HTTP/1.1`, "Host: x", ...fields, "Connection: close", "", ""].join("\r\n");

test.each([
  ["no HTTP at all", "\u0016\u0003\u0001\u0002nonsense\r\n\r\n", 400, "request-malformed"],
  ["a head without an end", get("/platform", `X-Long: ${"x".repeat(20_000)}`), 431, "headers-too-large"],
  ["a hundred header fields", get("/platform", ...Array(100).fill("X: y")), 431, "headers-too-large"],
  ["an endless URL", get(`/platform?${"x".repeat(3000)}`), 414, "url-too-long"],
  [
    "a request twice as long and twice as short",
    get("/x", "Content-Length: 3", "Content-Length: 4"),
    400,
    "request-malformed",
  ],
])("%s is refused with a reason, and the server goes on", async (_name, bytes, status, reason) => {
  const { url, reasons, alive } = await limited();
  const answer = await answerTo(url, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ reason, sandbox: true });
  await expect.poll(reasons).toEqual([reason]);
  expect(await alive()).toBe(true);
});

const slow = { headersTimeout: 300, requestTimeout: 500 };

test.each([
  ["sends nothing", ""],
  ["sends its head byte by byte", "GET /platform HTTP/1.1\r\nHost: x\r\nX-Slow: "],
  ["never ends its body", "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant_type="],
])("a client that %s is cut off, and the others are answered meanwhile", async (_name, beginning) => {
  const { url, alive } = await limited(slow);
  const { socket, closed } = await rawConnection(url);
  socket.write(beginning);
  const dripping = setInterval(() => socket.write("x"), 50);
  if (beginning === "") clearInterval(dripping);
  expect(await alive()).toBe(true);
  await closed;
  clearInterval(dripping);
  expect(await alive()).toBe(true);
});

test("a client that is too slow learns why", async () => {
  const { url, reasons } = await limited(slow);
  expect(await answerTo(url, "GET /platform HTTP/1.1\r\nHost:")).toMatch(/^HTTP\/1\.1 408 .*request-too-slow/s);
  expect(reasons()).toEqual(["request-too-slow"]);
});

test("an address has so many connections at once, and another one when one of them has ended", async () => {
  const { url } = await limited({ connectionsPerAddress: 2 });
  const [first] = [await rawConnection(url), await rawConnection(url)];
  await (await rawConnection(url)).closed;
  first.socket.end();
  await first.closed;
  await expect
    .poll(async () => {
      const { socket } = await rawConnection(url);
      socket.write(get("/health"));
      return Promise.race([once(socket, "data").then(() => "answered"), once(socket, "close").then(() => "cut off")]);
    })
    .toBe("answered");
});

test("an address has so many requests a second, and is told how long to wait", async () => {
  const { ask, advance, reasons } = await limited({ requestsPerSecond: 1, burst: 3 });
  const statuses = async (count: number) => {
    const answers = [];
    for (let at = 0; at < count; at++) answers.push((await ask()).status);
    return answers;
  };
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  const refused = await ask();
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toMatchObject({ reason: "rate-limited", sandbox: true });
  expect(reasons()).toEqual(["rate-limited", "rate-limited"]);
  advance(2000);
  expect(await statuses(3)).toEqual([200, 200, 429]);
});

test("behind a proxy each client is counted for itself; what it writes into X-Forwarded-For is not believed", async () => {
  const { ask } = await limited({ requestsPerSecond: 1, burst: 1 }, ["127.0.0.1"]);
  const status = async (from: string) => (await ask(from)).status;
  expect(await status("192.0.2.1")).toBe(200);
  expect(await status("192.0.2.2")).toBe(200);
  expect(await status("192.0.2.1")).toBe(429);
  expect(await status("198.51.100.7, 192.0.2.1")).toBe(429);
  expect(await status("198.51.100.7, 192.0.2.1, 127.0.0.1")).toBe(429);
  expect(await status("2001:db8::1")).toBe(200);
  expect(await status("2001:db8:0:0:ffff::2")).toBe(429);
  expect(await status("2001:db8:0:1::1")).toBe(200);
});

test("without a proxy X-Forwarded-For is not believed at all", async () => {
  const { ask } = await limited({ requestsPerSecond: 1, burst: 1 });
  expect((await ask("192.0.2.1")).status).toBe(200);
  expect((await ask("192.0.2.2")).status).toBe(429);
});

test("64 clients at once are served within the limits of a server for this machine", async () => {
  const { ask } = await limited();
  const answers = await Promise.all(Array.from({ length: 64 }, () => ask()));
  expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(200));
});
