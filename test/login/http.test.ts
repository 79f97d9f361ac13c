import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { AccessToken } from "../../src/login/access-token.ts";
import { cardLogin } from "../../src/login/card-login.ts";
import { requestJson } from "../../src/login/http.ts";
import type { Platform } from "../../src/login/platform.ts";
import { remotePlatform } from "../../src/login/remote.ts";
import type { Members } from "../../src/login/shape.ts";
import { logout } from "../../src/portal/client.ts";

const close = async () => {};

/** Listens until the test is over. */
async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A platform that does with a request whatever the test wants. */
async function serve(listener: RequestListener): Promise<Platform> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${await listen(server)}`, sandbox: true, fetch, close };
}

/** A platform that was there a moment ago. */
async function gone(): Promise<Platform> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return { url: `http://127.0.0.1:${port}`, sandbox: true, fetch, close };
}

/** Key and certificate for 127.0.0.1 that nobody vouches for. */
function selfSigned() {
  const options = ["-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-subj", "/CN=127.0.0.1"];
  const pem = execFileSync("openssl", ["req", "-x509", ...options], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return { key: pem, cert: pem };
}

const answering = (
  status: number,
  body: string,
  headers: Record<string, string> = { "content-type": "application/json" },
) =>
  serve((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });

const ask = (platform: Platform, parse: (answer: Members) => unknown = (answer) => answer.text("word")) =>
  requestJson(platform, { method: "GET", path: "/x", parse });

describe("an answer in order", () => {
  test("is read, with the token sent as bearer", async () => {
    const platform = await serve((request, response) => {
      const word = `${request.method} ${request.url} ${request.headers.authorization}`;
      response.setHeader("content-type", "application/json; charset=utf-8").end(JSON.stringify({ word }));
    });
    const accessToken = new AccessToken("abc");
    const answer = await requestJson(platform, {
      method: "POST",
      path: "/y",
      accessToken,
      parse: (found) => found.text("word"),
    });
    expect(answer).toBe("POST /y Bearer abc");
  });
});

describe("an answer that is none", () => {
  const html = { "content-type": "text/html" };
  test.each([
    ["HTML", 200, "<html>Welcome to our hotel</html>", html, "HTTP 200, text/html instead of JSON"],
    ["an HTML error", 502, "<html>Bad gateway</html>", html, "HTTP 502, text/html instead of JSON"],
    ["no type", 200, "{}", {}, "HTTP 200, no content type instead of JSON"],
    ["broken JSON", 200, '{"word":', undefined, "HTTP 200, not JSON"],
    ["another shape", 200, '{"word":1}', undefined, "word is not a text"],
    ["a list", 200, "[]", undefined, "the answer is not an object"],
    ["null", 200, "null", undefined, "the answer is not an object"],
    ["a redirect", 302, "", { location: "https://elsewhere.example" }, "HTTP 302, no content type instead of JSON"],
    ["an error without reason", 500, "{}", undefined, "HTTP 500, error is not a text"],
  ])("%s", async (_name, status, body, headers, problem) => {
    const platform = await answering(status, body, headers);
    await expect(ask(platform)).rejects.toMatchObject({
      code: "ERR_PLATFORM_ANSWER",
      details: { url: platform.url, problem },
    });
  });

  test("of more than a mebibyte is not read to its end", async () => {
    const platform = await serve((_request, response) => {
      response.setHeader("content-type", "application/json");
      const more = (): void => {
        while (response.writable && response.write("x".repeat(65_536)));
        response.once("drain", more);
      };
      more();
    });
    await expect(ask(platform)).rejects.toMatchObject({
      code: "ERR_PLATFORM_ANSWER",
      details: { problem: "too large" },
    });
  });
});

describe("a network that fails", () => {
  test("where nobody listens", async () => {
    const platform = await gone();
    await expect(ask(platform)).rejects.toMatchObject({
      code: "ERR_NETWORK_UNREACHABLE",
      details: { url: platform.url, reason: "ECONNREFUSED" },
    });
  });

  test("where the connection breaks", async () => {
    const platform = await serve((request) => request.socket.destroy());
    await expect(ask(platform)).rejects.toMatchObject({ code: "ERR_NETWORK_UNREACHABLE" });
  });

  test("where the answer breaks off", async () => {
    const platform = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    await expect(ask(platform)).rejects.toMatchObject({ code: "ERR_NETWORK_UNREACHABLE" });
  });

  test("where no answer comes in time, nor its end", async () => {
    const silent = await serve(() => {});
    const slow = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("{");
    });
    for (const platform of [silent, slow]) {
      await expect(ask({ ...platform, timeout: 50 })).rejects.toMatchObject({
        code: "ERR_NETWORK_TIMEOUT",
        details: { url: platform.url, seconds: 0.05 },
      });
    }
  });

  test.each([
    ["does not speak TLS", /^ERR_SSL_/, () => createServer((_request, response) => response.end())],
    ["cannot prove who it is", /^DEPTH_ZERO_SELF_SIGNED_CERT$/, () => createTlsServer(selfSigned())],
  ])("where the other side %s", async (_name, reason, make) => {
    const server: Server = make();
    const url = `https://127.0.0.1:${await listen(server)}`;
    await expect(ask({ url, sandbox: false, fetch, close })).rejects.toMatchObject({
      code: "ERR_NETWORK_TLS",
      details: { url, reason: expect.stringMatching(reason) },
    });
  });

  test("given up by the person, with their reason", async () => {
    const platform = await serve(() => {});
    const controller = new AbortController();
    const asking = ask({ ...platform, signal: controller.signal });
    controller.abort(new Error("Ctrl-C"));
    await expect(asking).rejects.toThrow("Ctrl-C");
  });
});

describe("a refusal", () => {
  const dates = {
    not_before: "2026-11-22T02:00:00Z",
    not_after: "2026-11-22T02:00:00Z",
    earliest: "2026-11-23T02:00:00Z",
  };
  test.each([
    ["certificate-expired", 400, { code: "ERR_CERT_EXPIRED", details: { kind: "auth", notAfter: dates.not_after } }],
    ["certificate-not-yet-valid", 400, { code: "ERR_CERT_NOT_YET_VALID", details: { notBefore: dates.not_before } }],
    ["certificate-too-new", 403, { code: "ERR_CERT_TOO_NEW", details: { earliest: dates.earliest } }],
    ["certificate-revoked", 400, { code: "ERR_CERT_REVOKED" }],
    ["certificate-untrusted", 400, { code: "ERR_CERT_UNTRUSTED", details: { issuer: "O=Elsewhere" } }],
    ["certificate-malformed", 400, { code: "ERR_CERT_MALFORMED", details: { problem: "words" } }],
    [
      "certificate-wrong-profile",
      400,
      { code: "ERR_PLATFORM_REFUSED", details: { reason: "certificate-wrong-profile" } },
    ],
    ["session-expired", 401, { code: "ERR_PLATFORM_SESSION" }],
    ["something-new", 401, { code: "ERR_PLATFORM_SESSION" }],
    [
      "something-new",
      400,
      { code: "ERR_PLATFORM_REFUSED", details: { reason: "something-new", description: "words" } },
    ],
  ])("%s (%d) becomes our error", async (reason, status, expected) => {
    const body = { error: "e", error_description: "words", reason, issuer: "O=Elsewhere", ...dates };
    await expect(ask(await answering(status, JSON.stringify(body)))).rejects.toMatchObject(expected);
  });

  test("of any OAuth server is told by its error alone", async () => {
    await expect(ask(await answering(400, '{"error":"invalid_scope"}'))).rejects.toMatchObject({
      code: "ERR_PLATFORM_REFUSED",
      details: { reason: "invalid_scope", description: "invalid_scope" },
    });
  });

  test("cannot do anything to the terminal", async () => {
    const body = { error: "e", error_description: `\x1b[2Jgone\u202e\n${"x".repeat(1000)}`, reason: "r\x07" };
    await expect(ask(await answering(400, JSON.stringify(body)))).rejects.toMatchObject({
      details: { reason: "r ", description: expect.stringMatching(/^ \[2Jgone x{200,300}$/) },
    });
  });

  test("without the details it needs is an answer that is none", async () => {
    const body = { error: "e", reason: "certificate-expired" };
    await expect(ask(await answering(400, JSON.stringify(body)))).rejects.toMatchObject({
      code: "ERR_PLATFORM_ANSWER",
    });
  });
});

describe("before a card is touched", () => {
  const never = () => expect.unreachable("the card was asked to sign");
  const options = {
    scope: ["portal"],
    clock: () => new Date(),
    random: (length: number) => new Uint8Array(length),
  } as const;

  test.each([
    ["HTML", () => answering(200, "<html/>", { "content-type": "text/html" }), "ERR_PLATFORM_ANSWER"],
    ["nonsense", () => answering(200, '{"issuer":"https://elsewhere.example"}'), "ERR_PLATFORM_ANSWER"],
    ["an error", () => answering(500, '{"error":"server_error"}'), "ERR_PLATFORM_ANSWER"],
    ["silence", async () => ({ ...(await serve(() => {})), timeout: 50 }), "ERR_NETWORK_TIMEOUT"],
    ["nobody", gone, "ERR_NETWORK_UNREACHABLE"],
  ])("a platform that answers with %s is found out", async (_name, start, code) => {
    const platform = await start();
    await expect(cardLogin({ ...options, platform, sign: never })).rejects.toMatchObject({ code });
    await expect(logout(platform, new AccessToken("x"))).rejects.toMatchObject({ code });
  });

  test("a platform elsewhere is asked what it is", async () => {
    const { url } = await answering(200, '{"name":"x","sandbox":false}');
    expect(await remotePlatform(`${url}/`, { fetch, clock: () => new Date() })).toMatchObject({ url, sandbox: false });
    const hotel = await answering(200, "<html/>", { "content-type": "text/html" });
    await expect(remotePlatform(hotel.url, { fetch, clock: () => new Date() })).rejects.toMatchObject({
      code: "ERR_PLATFORM_ANSWER",
    });
    await expect(remotePlatform("http://elsewhere.example", { fetch, clock: () => new Date() })).rejects.toMatchObject({
      code: "ERR_USAGE_PLATFORM",
    });
  });
});
