import path from "node:path";
import { describe, expect, test } from "vitest";
import { homeFolder } from "../../src/home.ts";
import { shownTime } from "../../src/ui/dates.ts";
import { chooseLanguage } from "../../src/ui/messages/load.ts";
import { mayColour } from "../../src/ui/style.ts";

describe("the folder of all state", () => {
  test.each([
    ["linux", { HOME: "/home/a" }, "/home/a/.local/state/mynakit"],
    ["linux", { HOME: "/home/a", XDG_STATE_HOME: "/s" }, "/s/mynakit"],
    ["freebsd", { HOME: "/home/a" }, "/home/a/.local/state/mynakit"],
    ["darwin", { HOME: "/Users/a" }, "/Users/a/Library/Application Support/mynakit"],
    ["win32", { LOCALAPPDATA: "C:\\Users\\a\\AppData\\Local" }, "C:\\Users\\a\\AppData\\Local\\mynakit"],
    ["win32", { USERPROFILE: "C:\\Users\\a" }, "C:\\Users\\a\\AppData\\Local\\mynakit"],
  ] as const)("on %s with %j is %s", (platform, env, folder) => {
    expect(homeFolder(platform, env)).toBe(folder);
  });

  test("is where MYNAKIT_HOME says, as an absolute path", () => {
    expect(homeFolder("linux", { HOME: "/home/a", MYNAKIT_HOME: "here" })).toBe(path.resolve("here"));
  });
});

test.each([
  ["ja", { LANG: "en_US.UTF-8" }, "ja"],
  ["en", { LANG: "ja_JP.UTF-8" }, "en"],
  [undefined, { LANG: "ja_JP.UTF-8" }, "ja"],
  [undefined, { LANG: "ja" }, "ja"],
  [undefined, { LC_ALL: "C", LANG: "ja_JP.UTF-8" }, "en"],
  [undefined, { LC_ALL: "", LC_MESSAGES: "ja_JP", LANG: "C" }, "ja"],
  [undefined, { LANG: "jam_JM.UTF-8" }, "en"],
  [undefined, {}, "en"],
] as const)("--lang %s with %j chooses %s", (option, env, language) => {
  expect(chooseLanguage(option, env)).toBe(language);
});

test.each([
  [{ isTTY: true }, {}, true, true],
  [{ isTTY: true }, {}, false, false],
  [{}, {}, true, false],
  [{ isTTY: true }, { NO_COLOR: "1" }, true, false],
  [{ isTTY: true }, { NO_COLOR: "" }, true, true],
  [{ isTTY: true }, { TERM: "dumb" }, true, false],
] as const)("colour on %j with %j and --no-color absent=%s: %s", (stream, env, option, colour) => {
  expect(mayColour(stream, env, option)).toBe(colour);
});

describe("times", () => {
  test.each([
    ["2030-04-12T14:59:59Z", "2030-04-12 23:59 JST (令和12年4月12日)"],
    ["2019-04-30T15:00:00Z", "2019-05-01 00:00 JST (令和元年5月1日)"],
    ["2019-04-30T14:59:59Z", "2019-04-30 23:59 JST (平成31年4月30日)"],
    ["1989-01-07T15:00:00Z", "1989-01-08 00:00 JST (平成元年1月8日)"],
  ])("%s is shown in Japan's time and calendar", (time, shown) => {
    expect(shownTime(time)).toBe(shown);
  });
});
