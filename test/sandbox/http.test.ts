import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { cardLogin } from "../../src/login/card-login.ts";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { makeCard, now, random, signerOf } from "./support/cards.ts";
import { logIn } from "./support/login.ts";
import { runSandbox, temporaryFolder } from "./support/sandbox.ts";

test("every answer of its own says that this is a sandbox", async () => {
  const { url } = await runSandbox();
  for (const path of ["/platform", "/health", "/mykey/v1/rules", "/portal/v1/me", "/mykey/nothing", "/portal"]) {
    const answer = (await (await fetch(url + path)).json()) as object;
    expect(answer, path).toMatchObject({ sandbox: true });
  }
});

test.each(["/portal/v1/me", "/mykey/v1/ids/mine"])("%s without a session is refused as RFC 6750 says", async (path) => {
  const { url } = await runSandbox();
  for (const headers of [{}, { authorization: "Basic eDp5" }, { authorization: "Bearer made-up" }]) {
    const response = await fetch(url + path, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(await response.json()).toMatchObject({ reason: expect.stringMatching(/^session-(missing|expired)$/) });
  }
});

test("a session is good for its scope alone", async () => {
  const { url, platform } = await runSandbox();
  const sign = signerOf(makeCard());
  const { session } = await cardLogin({ platform, sign, scope: ["portal"], clock: () => now, random });
  const ask = (path: string) => {
    const address = `${url}${path}`;
    return fetch(address, { headers: session.accessToken.headersFor({ method: "GET", url: address }) });
  };
  expect((await ask("/portal/v1/me")).status).toBe(200);
  const response = await ask("/mykey/v1/ids/mine");
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ reason: "scope-missing" });
});

test("a request that is too large is refused, said in advance or not", async () => {
  const { url } = await runSandbox();
  const body = "x".repeat(20_000);
  const announced = await fetch(`${url}/mykey/v1/ids`, { method: "POST", body });
  expect(announced.status).toBe(413);
  const token = await fetch(`${url}/token`, {
    method: "POST",
    body: new URLSearchParams({ assertion: "x".repeat(60_000) }),
  });
  expect(token.status).toBe(400);
  const chunked = request(`${url}/mykey/v1/ids`, { method: "POST" });
  chunked.write(body);
  chunked.end();
  const [response] = await once(chunked, "response");
  expect(response.statusCode).toBe(413);
  response.resume();
});

test.each([
  ["without a body or a length", "/card/challenge", "", "", 200],
  ["whose length is not said", "/mykey/v1/ids", "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", 401],
])("a request %s is answered as any other", async (_name, path, header, body, status) => {
  const { url } = await runSandbox();
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${header}Connection: close\r\n\r\n${body}`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  socket.destroy();
});

test("pages for browsers are not there, and nothing is printed about them", async () => {
  const printed = ["log", "info", "warn", "error"].map((method) => vi.spyOn(console, method as "log"));
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const { url } = await runSandbox();
  for (const path of ["/", "/auth?client_id=mynakit&response_type=code", "/session/end", "/interaction/x"]) {
    const response = await fetch(url + path, { headers: { accept: "text/html" } });
    expect(response.status, path).toBeGreaterThanOrEqual(400);
  }
  expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
});

test("the log has method, route and status, and never a token, an assertion or a query", async () => {
  const entries: LogEntry[] = [];
  const { url, platform } = await runSandbox({ log: (entry) => entries.push(entry) });
  const session = await logIn(platform, makeCard());
  const me = `${url}/portal/v1/me?secret=1`;
  await fetch(me, { headers: session.accessToken.headersFor({ method: "GET", url: me }) });
  const shown = {
    kind: "access",
    request: expect.stringMatching(/^[0-9a-f]{16}$/),
    method: "GET",
    route: "/portal/v1/me",
    status: 200,
    address: "127.0.0.1",
    milliseconds: expect.any(Number),
  };
  await expect.poll(() => entries).toContainEqual(shown);
  const text = JSON.stringify(entries);
  expect(text).not.toContain(session.accessToken.reveal());
  expect(text).not.toMatch(/secret|x5c|assertion/);
});

test("a port that is taken is named", async () => {
  const { url } = await runSandbox();
  const port = Number(new URL(url).port);
  const database = `${temporaryFolder()}/sandbox.db`;
  const starting = startSandbox({ database, port, clock: () => now, random });
  await expect(starting).rejects.toMatchObject({
    code: "ERR_NETWORK_LISTEN",
    details: { address: `127.0.0.1:${port}` },
  });
});

test("it stops although a client keeps its connection open", async () => {
  const { url, close } = await runSandbox();
  const idle = connect(Number(new URL(url).port), "127.0.0.1");
  await once(idle, "connect");
  idle.write("GET /platform HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(idle, "data");
  const closed = once(idle, "close");
  await close();
  await closed;
});
