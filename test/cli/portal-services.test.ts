import { expect } from "vitest";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const login = "portal login --pin-stdin -r sim:standard --json";
const pin = { input: "1234\n" };

test("registers, shows and changes it, in both languages [row 88]", async ({ mynakit }) => {
  failed(await mynakit("portal register --nickname たろう --json"), "ERR_PLATFORM_SESSION");
  success("portal login", await mynakit(login, pin));
  const early = failed(await mynakit("portal profile --json"), "ERR_PLATFORM_REFUSED");
  expect([early.details.reason, early.hint]).toEqual(["not-registered", expect.stringContaining("portal register")]);
  failed(await mynakit("portal register --json"), "ERR_USAGE_OPTION");
  const registered = success("portal register", await mynakit("portal register --nickname たろう --json"));
  expect(registered.data).toMatchObject({ nickname: "たろう", email: null, notify: false });
  const changed = await mynakit("portal profile --email taro@example.jp --notify on --json");
  expect(success("portal profile", changed).data).toMatchObject({ email: "taro@example.jp", notify: true });
  const none = await mynakit("portal profile --email none --notify off --json");
  expect(success("portal profile", none).data).toMatchObject({ email: null, notify: false });
  expect((await mynakit("portal profile --lang ja")).stdout).toMatch(/ニックネーム +たろう/);
  expect((await mynakit("portal profile --lang en")).stdout).toMatch(/Nickname +たろう/);
});

test("lists notices, the newest first, and reads one [row 135]", async ({ mynakit }) => {
  success("portal login", await mynakit(login, pin));
  success("portal register", await mynakit("portal register --nickname a --json"));
  const { notices } = success("portal notices", await mynakit("portal notices --unread --json")).data;
  const [newest] = notices;
  expect(newest).toMatchObject({ kind: "registered", readAt: null });
  const read = success("portal notices", await mynakit(`portal notices --read ${newest?.number} --json`)).data;
  expect(read.notices).toMatchObject([{ number: newest?.number, readAt: expect.any(String) }]);
  const left = success("portal notices", await mynakit("portal notices --unread --json")).data;
  expect(left.notices).toEqual(notices.slice(1));
  expect((await mynakit("portal notices --lang ja")).stdout).toContain("利用者登録が完了しました。");
  failed(await mynakit("portal notices --watch --read 1 --json"), "ERR_USAGE_OPTION");
  failed(await mynakit("portal notices --read x --json"), "ERR_USAGE_OPTION");
});

test("waits for notices: those that are there first, a line each, until Ctrl-C", async ({ mynakit, start }) => {
  success("portal login", await mynakit(login, pin));
  success("portal register", await mynakit("portal register --nickname a --json"));
  const { notices } = success("portal notices", await mynakit("portal notices --json")).data;
  const watching = start("portal notices --watch --json");
  for (const notice of notices.toReversed()) {
    const line = JSON.parse(await watching.line()) as unknown;
    expect(line).toMatchObject({ schema: "mynakit.portal.notices.notice/1", ok: true, data: notice });
  }
  expect(await watching.stop("SIGINT")).toMatchObject({ code: 0, stderr: "" });
});
