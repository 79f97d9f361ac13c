import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tlsPair } from "../../src/sandbox/http/tls.ts";
import { extensions, Workshop } from "../jpki/support/openssl.ts";
import { newRsaKey } from "../support/rsa-key.ts";
import { now } from "./support/cards.ts";
import { answerTo } from "./support/raw.ts";
import { runSandbox } from "./support/sandbox.ts";

const pki = new Workshop();
afterAll(() => pki.close());

beforeAll(() => {
  pki.key("ca", "server", "other");
  pki.certificate("ca", { subject: "/CN=Throw-away", key: "ca", extensions: extensions.authority });
  const common = { subject: "/CN=sandbox", key: "server", issuer: "ca" };
  const names = ["subjectAltName=IP:127.0.0.1,DNS:sandbox.example"];
  pki.certificate("server", { ...common, extensions: names });
  pki.certificate("old", { ...common, extensions: names, from: "20200101000000Z", to: "20210101000000Z" });
  pki.certificate("future", { ...common, extensions: names, from: "20280101000000Z", to: "20290101000000Z" });
  const privateKey = newRsaKey(512);
  writeFileSync(pki.file("weak.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
  pki.certificate("weak", { ...common, key: "weak", extensions: names });
  const encrypting = ["pkey", "-in", "server.key", "-aes256", "-passout", "pass:geheim", "-out", "encrypted.key"];
  expect(pki.run(...encrypting).code).toBe(0);
  writeFileSync(pki.file("garbage.pem"), "garbage");
});

const file = (name: string) => ({ path: name, pem: readFileSync(pki.file(name), "latin1") });
const pair = (certificate = "server.pem", key = "server.key", name?: string) =>
  tlsPair(file(certificate), file(key), now, name);

describe("a certificate and its key", () => {
  test.each(["127.0.0.1", "sandbox.example", undefined])("serve for %s", (name) => {
    expect(pair("server.pem", "server.key", name)).toEqual({
      cert: file("server.pem").pem,
      key: file("server.key").pem,
    });
  });

  test.each([
    ["garbage.pem", "server.key", "garbage.pem", "no-certificate"],
    ["server.key", "server.key", "server.key", "no-certificate"],
    ["server.pem", "garbage.pem", "garbage.pem", "no-key"],
    ["server.pem", "server.pem", "server.pem", "no-key"],
    ["server.pem", "encrypted.key", "encrypted.key", "encrypted"],
    ["server.pem", "other.key", "other.key", "other-key"],
    ["old.pem", "server.key", "old.pem", "expired"],
    ["future.pem", "server.key", "future.pem", "not-yet-valid"],
    ["weak.pem", "weak.key", "weak.pem", "not-usable"],
  ])("%s and %s are refused because of %s: %s", (certificate, key, path, problem) => {
    expect(() => pair(certificate, key)).toThrow(
      expect.objectContaining({ code: "ERR_IO_TLS", details: { path, problem } }),
    );
  });

  test.each(["127.0.0.2", "other.example"])("are refused for %s, which they do not name", (name) => {
    expect(() => pair("server.pem", "server.key", name)).toThrow(
      expect.objectContaining({ details: { path: "server.pem", problem: "other-name" } }),
    );
  });
});

describe("a sandbox with TLS", () => {
  async function get(url: string): Promise<{ status: number | undefined; body: string }> {
    const asking = request(url, { ca: file("ca.pem").pem, agent: false }).end();
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    let body = "";
    for await (const chunk of response.setEncoding("utf8")) body += chunk;
    return { status: response.statusCode, body };
  }

  test("serves who trusts its authority; all its addresses are https", async () => {
    const { url } = await runSandbox({ tls: pair() });
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await get(`${url}/health`)).status).toBe(200);
    const { issuer, token_endpoint, jwks_uri } = JSON.parse(
      (await get(`${url}/.well-known/openid-configuration`)).body,
    );
    expect({ issuer, token_endpoint, jwks_uri }).toEqual({
      issuer: url,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
    });
  });

  test("does not speak plain HTTP, nor TLS 1.1", async () => {
    const { url } = await runSandbox({ tls: pair() });
    expect(await answerTo(url, "GET /platform HTTP/1.1\r\nHost: x\r\n\r\n")).not.toContain("sandbox");
    const { port } = new URL(url);
    const old = connect({ port: Number(port), host: "127.0.0.1", minVersion: "TLSv1.1", maxVersion: "TLSv1.1" });
    const [error] = (await once(old, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toMatch(/SSL|TLS|ECONNRESET/);
    expect((await get(`${url}/health`)).status).toBe(200);
  });
});

test("behind a proxy, all its addresses are those of the proxy, whatever Host a request names", async () => {
  const { listening, url } = await runSandbox({ publicUrl: "https://sandbox.example" });
  expect(url).toBe("https://sandbox.example");
  const answer = await answerTo(
    listening,
    "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n",
  );
  expect(answer).toContain('"issuer":"https://sandbox.example"');
  expect(answer).toContain('"token_endpoint":"https://sandbox.example/token"');
  expect(answer).not.toContain("evil");
});
