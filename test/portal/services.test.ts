import { expect, test } from "vitest";
import { fetchNotices, readNotice } from "../../src/portal/notices.ts";
import { changeUser, fetchUser, registerUser } from "../../src/portal/user.ts";
import { makeCard } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";

const refused = (reason: string) => ({ code: "ERR_PLATFORM_REFUSED", details: { reason } });
const day = 24 * 60 * 60 * 1000;

async function open() {
  const sandbox = await runSandbox();
  const { platform } = sandbox;
  const card = makeCard();
  const session = async () => (await logIn(platform, card)).accessToken;
  return { ...sandbox, session };
}

test("a person registers once, and changes what is named [row 88]", async () => {
  const { platform, session } = await open();
  const token = await session();
  await expect(fetchUser(platform, token)).rejects.toMatchObject(refused("not-registered"));
  const entry = { nickname: "たろう" };
  const user = await registerUser(platform, token, { entry, idempotencyKey: "one" });
  expect(user).toMatchObject({ sandbox: true, nickname: "たろう", email: null, notify: false });
  expect(await registerUser(platform, token, { entry, idempotencyKey: "one" })).toEqual(user);
  const again = registerUser(platform, token, { entry, idempotencyKey: "two" });
  await expect(again).rejects.toMatchObject(refused("already-registered"));
  const change = { email: "taro@example.jp", notify: true };
  const changed = await changeUser(platform, token, { change, idempotencyKey: "three" });
  expect(changed).toEqual({ ...user, ...change });
  expect(await fetchUser(platform, token)).toEqual(changed);
});

test.each([
  { nickname: " " },
  { nickname: "x".repeat(21) },
  { nickname: "a\u202eb" },
  { nickname: "a\u0000" },
  { nickname: "a", email: "nobody" },
  { nickname: "a", notify: true },
])("registers nobody as %j", async (entry) => {
  const { platform, session } = await open();
  const token = await session();
  const wrong = registerUser(platform, token, { entry, idempotencyKey: "one" });
  await expect(wrong).rejects.toMatchObject({ code: "ERR_PLATFORM_REFUSED" });
  await expect(fetchUser(platform, token)).rejects.toMatchObject(refused("not-registered"));
});

test("notices are there from their day on, and count as read from the first time [rows 135, 156]", async () => {
  const { platform, session, advance } = await open();
  const token = await session();
  await expect(fetchNotices(platform, token)).rejects.toMatchObject(refused("not-registered"));
  await registerUser(platform, token, { entry: { nickname: "a" }, idempotencyKey: "one" });
  const before = await fetchNotices(platform, token);
  expect(before.at(-1)).toMatchObject({ kind: "registered", readAt: null });
  expect(before.map(({ at }) => at)).toEqual(before.map(({ at }) => at).toSorted());
  const { number = 0 } = before.at(-1) ?? {};
  const read = await readNotice(platform, token, { number, idempotencyKey: "two" });
  expect(read).toEqual({ ...before.at(-1), readAt: "2026-11-22T03:00:00Z" });
  advance(90 * day);
  const later = await session();
  expect(await readNotice(platform, later, { number, idempotencyKey: "three" })).toEqual(read);
  const after = await fetchNotices(platform, later);
  expect(after.slice(0, before.length)).toEqual([...before.slice(0, -1), read]);
  expect(after.slice(before.length)).toMatchObject([{ kind: "tax-return-opens", about: "2026" }]);
  const unknown = readNotice(platform, later, { number: number + 900, idempotencyKey: "four" });
  await expect(unknown).rejects.toMatchObject(refused("notice-unknown"));
});
