import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { runFortress } from "./support/fortress.ts";

/** What comes back over a bare connection until it is closed by the other side. */
async function raw(url: string, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  socket.on("error", () => {});
  await once(socket, "connect");
  for (const part of parts) socket.write(part);
  await once(socket, "close");
  return Buffer.concat(received).toString("latin1");
}

const statuses = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
const get = (target: string, ...headers: readonly string[]) =>
  [
    "GET",
    " ",
    target,
    " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
    ...headers.map((line) => `${line}\r\n`),
    "\r\n",
  ].join("");

describe("a path", () => {
  test.each([
    "/../../etc/passwd",
    "/mykey/../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/mykey%2fv1%2frules",
    "//mykey/v1/rules",
    "/mykey//v1/rules",
    "/mykey/v1/rules%00",
    "/mykey/v1/rules;x=1",
    "/mykey/v1/rules%20",
    "/MYKEY/V1/RULES",
    "/%ff%fe",
    "/portal/v1/../../health",
    "/..;/health",
    "/token/../health",
    "/%2e%2e/health",
    "\\health",
  ])("%s leads nowhere", async (target) => {
    const { url, entries } = await runFortress();
    const answer = await raw(url, get(target));
    expect(statuses(answer)[0], answer).toBeGreaterThanOrEqual(400);
    expect(statuses(answer)[0]).toBeLessThan(500);
    expect(answer).not.toMatch(/root:|at .*\.ts:|node_modules/);
    await expect.poll(() => entries.filter(({ kind }) => kind === "refusal").length).toBeLessThanOrEqual(1);
  });

  test("in absolute form is no way to another host, and no way round the application", async () => {
    const { url } = await runFortress();
    for (const target of [
      "http://elsewhere.example/health",
      "http://127.0.0.1:1/mykey/v1/rules",
      "http://elsewhere.example/.well-known/openid-configuration",
      "https://x@y/health",
    ]) {
      const answer = await raw(url, get(target));
      expect(statuses(answer), answer).toHaveLength(1);
      expect(statuses(answer)[0]).toBeLessThan(500);
      expect(answer).not.toContain("elsewhere");
    }
  });
});

describe("the Host header", () => {
  test.each(["evil.example", "evil.example:1", "127.0.0.1:1", "", "a b", "[::1", "x/../y", "é"])(
    "%j changes nothing in what the platform says of itself",
    async (host) => {
      const { url } = await runFortress();
      const headers = [
        `Host: ${host}`,
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "Forwarded: host=evil.example",
      ];
      const request = `GET /.well-known/openid-configuration HTTP/1.1\r\n${headers.join("\r\n")}\r\nConnection: close\r\n\r\n`;
      const answer = await raw(url, request);
      expect(answer).not.toContain("evil");
      if (statuses(answer)[0] === 200) expect(answer).toContain(`"issuer":"${url}"`);
      const own = await raw(url, request.replace("/.well-known/openid-configuration", "/platform"));
      expect(own).not.toContain("evil");
      expect(statuses(own)[0]).toBeLessThan(500);
    },
  );

  test("is needed", async () => {
    const { url } = await runFortress();
    expect(statuses(await raw(url, "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"))).toEqual([400]);
  });
});

describe("a message with two ends", () => {
  const smuggled = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
  test.each<[name: string, message: string]>([
    [
      "by length and by chunks",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      "by two lengths",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    ],
    [
      "by a coding that is spelled oddly",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      "by a length that is no number",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n${smuggled}`,
    ],
    [
      "by a header over two lines",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      "by a chunk that is no number",
      `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n\r\n${smuggled}`,
    ],
    ["by a space before the colon", `POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nContent-Length : 0\r\n\r\n${smuggled}`],
  ])("%s is refused whole: what stands behind it is never answered", async (_name, message) => {
    const { url } = await runFortress();
    const found = statuses(await raw(url, message));
    expect(found).not.toContain(200);
    expect(found.length).toBeLessThanOrEqual(1);
  });
});

describe("a method", () => {
  test.each(["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "OPTIONS", "FOO"])(
    "%s finds nothing",
    async (method) => {
      const { url } = await runFortress();
      for (const target of ["/mykey/v1/rules", "/portal/v1/me", "/nothing"]) {
        const answer = await raw(url, get(target).replace("GET", method));
        expect(
          statuses(answer).filter((status) => status < 400),
          answer,
        ).toEqual([]);
      }
    },
  );

  test("HEAD says what GET says, without a body", async () => {
    const { url } = await runFortress();
    const answer = await raw(url, get("/mykey/v1/rules").replace("GET", "HEAD"));
    expect(statuses(answer)).toEqual([200]);
    expect(answer.split("\r\n\r\n")[1]).toBe("");
    expect(statuses(await raw(url, get("/mykey/v1/ids/mine").replace("GET", "HEAD")))).toEqual([401]);
  });
});

describe("too much", () => {
  test("of a URL or of headers is refused, and the connection closed", async () => {
    const { url } = await runFortress();
    const fields = Array.from({ length: 3000 }, (_, at) => `X-${at}: yyyyyyyyyy`);
    for (const message of [get(`/health?${"x".repeat(100_000)}`), get("/health", ...fields)]) {
      expect([[414], [431]]).toContainEqual(statuses(await raw(url, message)));
    }
  });

  test("without end is cut off where it is too large", async () => {
    const { url } = await runFortress();
    const head = "POST /mykey/v1/ids HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    expect(statuses(await raw(url, head, chunk, chunk, chunk))).toEqual([413]);
    const token = head
      .replace("/mykey/v1/ids", "/token")
      .replace("Host: x", "Host: x\r\nContent-Type: application/x-www-form-urlencoded");
    expect(statuses(await raw(url, token, chunk, chunk, chunk, chunk))).toEqual([400]);
  });
});

test("an upgrade, an expectation and a version that nobody has end in words, not in a hang", async () => {
  const { url } = await runFortress();
  expect(statuses(await raw(url, get("/health", "Upgrade: websocket", "Sec-WebSocket-Key: x")))[0]).toBeDefined();
  expect(statuses(await raw(url, get("/health", "Expect: 200-maybe")))).toEqual([417]);
  expect(statuses(await raw(url, "GET /health HTTP/9.9\r\nHost: x\r\n\r\n"))).toEqual([400]);
  expect(statuses(await raw(url, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))).toEqual([400]);
  expect(statuses(await raw(url, Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])))).toEqual([400]);
});
