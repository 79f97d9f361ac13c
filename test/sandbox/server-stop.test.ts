import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { ownLimits } from "../../src/sandbox/http/limits.ts";
import { rawConnection } from "./support/raw.ts";
import { runSandbox } from "./support/sandbox.ts";

const body = "grant_type=nothing&client_id=mynakit";
const head = `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`;

async function refusesConnections(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const refused = await Promise.race([once(socket, "connect"), once(socket, "error")])
    .then(() => false)
    .catch(() => true);
  socket.destroy();
  return refused;
}

test("a request in flight gets its answer when the server stops; a new one is refused", async () => {
  const { url, close } = await runSandbox();
  const { socket, received, closed } = await rawConnection(url);
  socket.write(head + body.slice(0, 10));
  await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
  const stopped = close();
  await expect.poll(() => refusesConnections(url)).toBe(true);
  expect(received()).toBe("");
  socket.write(body.slice(10));
  await stopped;
  await closed;
  expect(received()).toMatch(/^HTTP\/1\.1 400 .*unsupported_grant_type/s);
});

test("on a connection that is still open, what comes after is refused as out of service", async () => {
  const { url, close } = await runSandbox();
  const { socket, received, closed } = await rawConnection(url);
  socket.write(head + body.slice(0, 10));
  await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
  const stopped = close();
  socket.write(`${body.slice(10)}GET /ready HTTP/1.1\r\nHost: x\r\n\r\n`);
  await stopped;
  await closed;
  expect(received()).toMatch(/^HTTP\/1\.1 400 .*HTTP\/1\.1 503 .*Retry-After: 5.*"unavailable"/s);
});

test("what takes longer than the grace is cut off", async () => {
  const { url, close } = await runSandbox({ limits: { ...ownLimits, grace: 100 } });
  const { socket, received, closed } = await rawConnection(url);
  socket.write(head);
  await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
  await close();
  await closed;
  expect(received()).toBe("");
});
