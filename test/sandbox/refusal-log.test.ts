import { expect, test } from "vitest";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { assertionOf, makeCard } from "./support/cards.ts";
import { askNonce, exchange, runSandbox } from "./support/sandbox.ts";

async function watched() {
  const entries: LogEntry[] = [];
  const sandbox = await runSandbox({ log: (entry) => entries.push(entry) });
  return { ...sandbox, entries, refusals: () => entries.filter(({ kind }) => kind === "refusal") };
}

type Ask = readonly [path: string, init: RequestInit, expected: object];
const form = (fields: Record<string, string>): RequestInit => ({ method: "POST", body: new URLSearchParams(fields) });

const asked: readonly Ask[] = [
  ["/mykey/v1/ids/mine", {}, { reason: "session-missing", status: 401, route: "/mykey/v1/ids/mine", method: "GET" }],
  ["/mykey/v1/ids/ABCD1234", {}, { reason: "not-found", status: 404, route: null }],
  ["/mykey/v1/rules", { method: "POST" }, { reason: "not-found", status: 404, route: null, method: "POST" }],
  [
    "/mykey/v1/ids",
    { method: "POST", body: "x".repeat(20_000) },
    { reason: "request-too-large", status: 413, route: "/mykey/v1/ids" },
  ],
  ["/nothing/at/all", {}, { reason: "not-found", status: 404, route: null }],
  ["/me", {}, { reason: "invalid_token", status: 401, route: "/me" }],
  [
    "/token",
    form({ grant_type: "x", client_id: "mynakit" }),
    { reason: "unsupported_grant_type", status: 400, route: "/token" },
  ],
  ["/token", form({ client_id: "nobody" }), { reason: "invalid_client", status: 401, route: "/token" }],
  ["/token/revocation", form({ token: "x" }), { reason: "invalid_request", status: 400, route: "/token/revocation" }],
  ["/auth?client_id=nobody", {}, { reason: "invalid_client", status: 400, route: "/auth" }],
];

test.each(asked)("a refusal at %s is logged once, with its reason", async (path, init, expected) => {
  const { url, refusals } = await watched();
  const response = await fetch(url + path, init);
  expect(response.status).toBeGreaterThanOrEqual(400);
  await expect
    .poll(refusals)
    .toEqual([
      { kind: "refusal", request: expect.any(String), method: init.method ?? "GET", address: "127.0.0.1", ...expected },
    ]);
});

test("a refused login is logged with the reason of its answer; nothing of what was sent is in the log", async () => {
  const { url, entries, refusals } = await watched();
  const assertion = assertionOf(makeCard(), url, "made-up");
  expect((await exchange(url, assertion)).answer.reason).toBe("nonce-unknown");
  await expect.poll(refusals).toMatchObject([{ reason: "nonce-unknown", route: "/token", status: 400 }]);
  expect(JSON.stringify(entries)).not.toContain(assertion.slice(0, 20));
});

test("what is granted is no refusal", async () => {
  const { url, refusals, entries } = await watched();
  expect((await exchange(url, assertionOf(makeCard(), url, await askNonce(url)))).status).toBe(200);
  await expect.poll(() => entries.length).toBe(2);
  expect(refusals()).toEqual([]);
});
