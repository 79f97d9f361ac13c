import { expect, test } from "vitest";
import { issueMykeyId, proposeMykeyId } from "../../src/mykey/client.ts";
import { assertionOf, makeCard } from "./support/cards.ts";
import { logIn } from "./support/login.ts";
import { exchange, runSandbox } from "./support/sandbox.ts";

async function measured() {
  const sandbox = await runSandbox({ metricsPort: 0 });
  const url = sandbox.metrics ?? expect.fail();
  const page = async () => (await fetch(url)).text();
  /** The samples of ours whose name begins so. */
  const samples = async (name: string) =>
    Object.fromEntries(
      (await page())
        .split("\n")
        .filter((line) => line.startsWith(name))
        .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
    );
  return { ...sandbox, metricsUrl: url, page, samples };
}

test("requests are counted by method, route and status, refusals by reason, changes by result", async () => {
  const { url, platform, samples } = await measured();
  const { accessToken } = await logIn(platform, makeCard());
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  await issueMykeyId(platform, accessToken, { proposalId: proposal.proposalId, idempotencyKey: "one" });
  await exchange(url, assertionOf(makeCard(), url, "made-up"));
  await expect
    .poll(() => samples("mynakit_changes_total"))
    .toEqual({
      'mynakit_changes_total{change="login",result="ok"}': 1,
      'mynakit_changes_total{change="issue",result="ok"}': 1,
      'mynakit_changes_total{change="login",result="nonce-unknown"}': 1,
    });
  expect(await samples("mynakit_http_requests_total")).toMatchObject({
    'mynakit_http_requests_total{method="POST",route="/mykey/v1/ids",status="200"}': 1,
    'mynakit_http_requests_total{method="POST",route="/token",status="200"}': 1,
    'mynakit_http_requests_total{method="POST",route="/token",status="400"}': 1,
  });
  expect(await samples("mynakit_refusals_total")).toEqual({ 'mynakit_refusals_total{reason="nonce-unknown"}': 1 });
  expect(await samples("mynakit_failures_total")).toEqual({ mynakit_failures_total: 0 });
  const count = 'mynakit_http_request_duration_seconds_count{method="POST",route="/token"}';
  expect((await samples("mynakit_http_request_duration_seconds_count"))[count]).toBe(2);
});

test("no stranger can make a label: what is not there is one route", async () => {
  const { url, samples, page } = await measured();
  for (const path of ["/a", "/mykey/b", "/portal/v1/c", "/authority/d", "/.well-known/e", "/%00", "//f", "/x?g=h"]) {
    await fetch(url + path);
  }
  await expect
    .poll(() => samples("mynakit_http_requests_total"))
    .toEqual({ 'mynakit_http_requests_total{method="GET",route="none",status="404"}': 8 });
  expect(await page()).not.toMatch(/route="\/(a|mykey\/b|portal\/v1\/c)"/);
});

test("the page is Prometheus's text, with the process's own metrics, and nothing else is on its port", async () => {
  const { metricsUrl, url } = await measured();
  const response = await fetch(metricsUrl);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n").filter((line) => line !== "");
  const form = /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\n]*",?)*\})? (-?[\d.e+-]+|Na[nN]|\+Inf))$/;
  expect(lines.filter((line) => !form.test(line))).toEqual([]);
  expect(lines.some((line) => line.startsWith("process_cpu_seconds_total "))).toBe(true);
  expect(new URL(metricsUrl).hostname).toBe("127.0.0.1");
  expect((await fetch(new URL("/platform", metricsUrl))).status).toBe(404);
  expect((await fetch(metricsUrl, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test("two servers in one process count each for itself, and the metrics end with their server", async () => {
  const [one, other] = [await measured(), await measured()];
  await fetch(`${one.url}/health`);
  await expect.poll(() => one.samples("mynakit_http_requests_total")).not.toEqual({});
  expect(await other.samples("mynakit_http_requests_total")).toEqual({});
  await one.close();
  await expect(fetch(one.metricsUrl)).rejects.toThrow();
});
