import { expect, test } from "vitest";
import { watchNotices } from "../../src/commands/portal/watch-notices.ts";
import { AccessToken } from "../../src/login/access-token.ts";

const notice = (number: number) => ({
  number,
  kind: "tax-return-opens",
  about: "2026",
  at: "2027-02-16T00:00:00Z",
  readAt: null,
});

const refusal = (reason: string) => Response.json({ error: "x", error_description: "x", reason }, { status: 503 });
const refusedConnection = () => {
  throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
};

/** Watches a platform that answers each question in turn, until the last one is answered. */
async function watched(answers: readonly (() => Response)[]) {
  const enough = new AbortController();
  const slept: number[] = [];
  const told: unknown[] = [];
  const left = [...answers];
  const platform = {
    url: "https://platform.invalid",
    sandbox: true,
    fetch: async () => left.shift()?.() ?? expect.fail(),
    close: async () => {},
  };
  const host = {
    interrupted: enough.signal,
    async sleep(milliseconds: number) {
      slept.push(milliseconds / 1000);
      if (left.length === 0) enough.abort("SIGINT");
    },
  };
  const context = { host, part: async (_name: string, data: unknown) => void told.push(data) };
  await watchNotices(context, { platform, accessToken: new AccessToken("t") }, { unreadOnly: false });
  return { slept, told };
}

const answered =
  (...numbers: readonly number[]) =>
  () =>
    Response.json({ sandbox: true, notices: numbers.map(notice) });

test("watching asks every two seconds, and tells each notice once", async () => {
  const { slept, told } = await watched([answered(1), answered(1, 2), answered(1, 2)]);
  expect(slept).toEqual([2, 2, 2]);
  expect(told).toMatchObject([{ number: 1 }, { number: 2 }]);
});

test("watching an outage asks twice as seldom each time, once a minute in the end, and at once as usual after it", async () => {
  const outage = Array.from({ length: 7 }, () => refusedConnection);
  const closed = () => refusal("platform-closed");
  const { slept, told } = await watched([...outage, closed, answered(1), answered(1)]);
  expect(slept).toEqual([4, 8, 16, 32, 60, 60, 60, 60, 2, 2]);
  expect(told).toMatchObject([{ number: 1 }]);
});

test("watching ends where asking again would not help", async () => {
  await expect(watched([answered(1), () => refusal("not-registered")])).rejects.toMatchObject({
    code: "ERR_PLATFORM_REFUSED",
  });
});
