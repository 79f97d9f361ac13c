import { describe, expect } from "vitest";
import { recordOf } from "./support/cards.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import type { Fixtures } from "./support/test.ts";
import { test } from "./support/test.ts";

const nobody = "--platform http://127.0.0.1:9";

/** What `explain` says of a topic in both languages. */
async function explained(mynakit: Fixtures["mynakit"], topic: string) {
  const of = async (lang: string) => {
    const { explanation } = success("explain", await mynakit(["explain", topic, "--lang", lang, "--json"])).data;
    const { paragraphs = [], steps = [], ...rest } = explanation ?? {};
    return { ...rest, paragraphs, steps, text: [...paragraphs, ...steps].join("\n") };
  };
  const [ja, en] = await Promise.all([of("ja"), of("en")]);
  expect(ja.steps).toHaveLength(en.steps.length);
  return { ja, en };
}

/** Where each of the words first stands in a list of steps, for they have an order. */
const places = (steps: readonly string[], words: readonly (string | RegExp)[]): number[] =>
  words.map((word) => steps.findIndex((step) => (typeof word === "string" ? step.includes(word) : word.test(step))));

const rising = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => number >= 0 && number > (numbers[at - 1] ?? -1));

describe("explain portal-login", () => {
  test("leads from reader to login by commands, none before the last of which asks for a PIN [row 94]", async ({
    mynakit,
    home,
  }) => {
    const { ja, en } = await explained(mynakit, "ログインできない");
    const commands = ["reader list", "card status", "cert check auth", "pin tries", "portal ping", "portal login"];
    const named = commands.map((command) => `mynakit ${command}`);
    expect(rising(places(ja.steps, named))).toBe(true);
    expect(rising(places(en.steps, named))).toBe(true);
    for (const command of commands.slice(0, -1)) {
      const outcome = await mynakit(`${command} -r sim:standard --no-input --json`);
      expect(outcome, command).toMatchObject({ code: 0 });
    }
    expect(recordOf(home, "standard", "auth")).toMatchObject({ verifies: 0 });
  });

  test("says of a reader that is not found what the commands say: exit code 3, and how to look [row 91]", async ({
    mynakit,
  }) => {
    const { en } = await explained(mynakit, "portal-login");
    expect(en.steps[0]).toMatch(/reader list.*exit code 3/);
    const unknown = "portal login -r sim:nosuch";
    expect(failed(await mynakit(`${unknown} --json`), "ERR_READER_NOT_FOUND").exit).toBe(3);
    expect(failedInWords(await mynakit(`${unknown} --lang ja`), "ERR_READER_NOT_FOUND")).toContain(
      "いま使えるリーダー",
    );
    expect((await mynakit("portal login -r pcsc:SONY --json")).code).toBe(3);
    expect((await mynakit("reader list --json")).code).toBe(0);
    expect((await mynakit("explain ERR_READER_NONE")).stdout).toMatch(/card alone is not enough[\s\S]*reader list/);
  });
});

describe("explain, of what is needed,", () => {
  test("tells the card from the paper one, and every other card is refused with that remedy [row 80]", async ({
    mynakit,
  }) => {
    const { ja, en } = await explained(mynakit, "通知カード");
    expect(ja.text).toMatch(/紙の通知カード.*IC チップがなく[\s\S]*1 か月以上/);
    expect(en.text).toMatch(/notification card is paper without a chip[\s\S]*a month or more/);
    for (const other of ["suica", "driving-licence", "juki-card"]) {
      const outcome = await mynakit(`portal login -r sim:${other} --no-input --lang ja`);
      expect(failedInWords(outcome, "ERR_CARD_KIND")).toContain("mynakit explain first-card");
    }
    failed(await mynakit("portal login -r sim:no-auth-cert --no-input --json"), "ERR_CERT_ABSENT");
  });

  test("names the devices that read a card, and FeliCa as a hint only [rows 76, 81, 86, 87]", async ({ mynakit }) => {
    const { ja, en } = await explained(mynakit, "おサイフケータイ");
    expect(ja.id).toBe("devices");
    expect(ja.text).toMatch(/カードだけではログインできません[\s\S]*目安にすぎません[\s\S]*対応していません/);
    expect(en.text).toMatch(/card alone is not enough[\s\S]*a hint only[\s\S]*not to be supported/);
    expect(
      rising(places(ja.steps, ["portal login を", "暗証番号を入れてから", "portal login --qr", "どちらの面でも"])),
    ).toBe(true);
    expect(en.addresses).toContain("https://www.jpki.go.jp");
  });

  test("sends people to the office prepared, or lets them stay at home [rows 84, 85]", async ({ mynakit }) => {
    const { ja, en } = await explained(mynakit, "郵送");
    expect(ja.text).toMatch(/混み合いました[\s\S]*pin tries[\s\S]*コンビニ[\s\S]*郵送で申請できました/);
    expect(en.text).toMatch(/queued[\s\S]*by post instead of online/);
    const pins = await explained(mynakit, "pins");
    expect(pins.ja.text).toMatch(/控えは.*6 文字以上のものと 4 桁のもの/);
    expect(pins.en.text).toMatch(/note that you wrote.*6 characters or more, and those of 4 digits/);
  });

  test("has the way through the browser's set-up, for each browser [rows 77, 92]", async ({ mynakit }) => {
    const { ja, en } = await explained(mynakit, "マイナポータルAP");
    const chain = ["ダウンロード", "インストールして", "Chrome に追加", "サービストップへ", "4 桁を入れて OK"];
    expect(rising(places(ja.steps, chain))).toBe(true);
    for (const browser of ["Internet Explorer", "Chrome", "Edge", "Firefox", "Safari"]) {
      expect(en.text).toContain(browser);
    }
    expect(en.text).toMatch(/enable the add-on and open the browser anew/);
    expect(ja.text).toContain("mynakit のコマンドを使うだけなら要りません");
  });

  test("knows why an extension was switched off, since when, and where to switch it on [row 93]", async ({
    mynakit,
  }) => {
    const { ja, en } = await explained(mynakit, "マイナポータルが無効になりました");
    expect(ja.text).toMatch(/新しい権限[\s\S]*2022 年 6 月 29 日[\s\S]*EW044-C300/);
    for (const page of ["chrome://extensions", "edge://extensions", "about:addons"]) expect(en.text).toContain(page);
    expect(en.sources?.join()).toContain("2022-06-29");
  });

  test("prepares a tax return in order, with commands that exist [row 138]", async ({ mynakit }) => {
    const { ja, en } = await explained(mynakit, "確定申告");
    expect(
      rising(places(ja.steps, ["対応している", "証明書を選びます", "民間送達", "お知らせの設定", "申告書等作成"])),
    ).toBe(true);
    expect(rising(places(en.steps, ["takes part", "Choose", "private delivery", "notices", "filed at e-Tax"]))).toBe(
      true,
    );
    for (const text of [ja.text, en.text]) {
      for (const [, command = ""] of text.matchAll(/mynakit ((?:[a-z]+ ?)+(?:--[a-z]+ [a-z-]+)?)/g)) {
        expect((await mynakit(`${command} --help`)).code, command).toBe(0);
      }
    }
  });

  test("lists related sites, and gives an address only where it is known to be official [rows 139, 140, 141, 142, 149]", async ({
    mynakit,
  }) => {
    const { ja, en } = await explained(mynakit, "関連サイト");
    const names = ja.sites?.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "e-Tax（国税）",
        "e-私書箱",
        "MyPost（日本郵便）",
        "ねんきんネット",
        "公的個人認証サービス",
      ]),
    );
    expect(en.sites?.find(({ id }) => id === "mynaportal")?.address).toBe("https://myna.go.jp");
    for (const { address, command } of en.sites ?? []) {
      if (address !== null) expect(new URL(address).hostname).toMatch(/(^|\.)go\.jp$/);
      if (command !== null) expect((await mynakit(`${command.replace("mynakit ", "")} --help`)).code).toBe(0);
    }
    const { stdout } = await mynakit("explain 関連サイト --lang ja");
    expect(stdout).toMatch(/ねんきんネット +年金記録.* +2022 +mynakit portal links/);
    expect((await explained(mynakit, "e-Tax")).ja.id).toBe("related-sites");
  });
});

describe("the PINs", () => {
  const pins = {
    auth: {
      tries: 3,
      right: "1234",
      malformed: ["123", "12345", "12a4"],
      ja: "利用者証明用（数字 4 桁、3 回でロック）",
    },
    sign: {
      tries: 5,
      right: "TEST1234",
      malformed: ["TEST1", "TEST1234567890123", "TEST-123"],
      ja: "署名用（英大文字と数字 6～16 文字、5 回でロック）",
    },
    text: { tries: 3, right: "5678", malformed: ["567", "56789"], ja: "券面事項入力補助用（数字 4 桁、3 回でロック）" },
  } as const;

  test("have the forms and tries that explain names: on the card, when checked, when changed [rows 123, 124, 125]", async ({
    mynakit,
    home,
  }) => {
    const { ja } = await explained(mynakit, "which-pin");
    const listed = success("pin tries", await mynakit("pin tries -r sim:standard --json")).data.pins;
    for (const id of ["auth", "sign", "text"] as const) {
      const { tries, right, malformed, ja: words } = pins[id];
      expect(ja.steps.some((step) => step.startsWith(words))).toBe(true);
      expect(listed.find((pin) => pin.id === id)).toMatchObject({ remaining: tries, max: tries });
      for (const input of malformed) {
        const check = await mynakit(`pin check ${id} -r sim:standard --pin-stdin --json`, { input });
        expect(failed(check, "ERR_PIN_FORMAT")).toMatchObject({ pinSent: false });
        const change = await mynakit(`pin change ${id} -r sim:standard --pin-stdin --json`, {
          input: `${right}\n${input}\n`,
        });
        expect(failed(change, "ERR_PIN_FORMAT")).toMatchObject({ pinSent: false });
      }
      expect(recordOf(home, "standard", id)).toMatchObject({ verifies: 0 });
    }
  }, 60_000);

  test("of the resident register is counted, and changed by no command [row 126]", async ({ mynakit }) => {
    const { data } = success("pin tries", await mynakit("pin tries -r sim:standard --json"));
    expect(data.pins.find(({ id }) => id === "juki")).toMatchObject({ max: 3 });
    failed(await mynakit("pin change juki -r sim:standard --json"), "ERR_USAGE_ARGUMENT");
    const { ja, en } = await explained(mynakit, "pins");
    expect(ja.steps.at(-1)).toMatch(/住民基本台帳用.*4 桁.*マイナポータルではできません/);
    expect(en.steps.at(-1)).toMatch(/resident register.*not on Mynaportal/);
  });

  test("are changed with the present one, without login and without network [rows 127, 148]", async ({ mynakit }) => {
    for (const [id, { right }] of Object.entries(pins)) {
      const fresh = id === "sign" ? "NEW8302X" : "8302";
      const change = `pin change ${id} -r sim:standard --pin-stdin --json ${nobody}`;
      const wrong = id === "sign" ? "WRONG123" : "9071";
      failed(await mynakit(change, { input: `${wrong}\n${fresh}\n` }), "ERR_PIN_WRONG");
      const outcome = await mynakit(change, { input: `${right}\n${fresh}\n` });
      expect(success("pin change", outcome).data).toMatchObject({ id, changed: true });
    }
    const { ja, en } = await explained(mynakit, "pins");
    expect(ja.text).toMatch(/今の暗証番号が要ります.*mynakit pin change/);
    expect(en.text).toMatch(/takes the present one.*mynakit pin change, without login/);
    expect((await explained(mynakit, "related-sites")).en.steps.at(-1)).toContain("mynakit pin change");
  });

  test("are reset as dated sources say, who differ about the four digits at kiosks [row 128]", async ({ mynakit }) => {
    const { ja, en } = await explained(mynakit, "暗証番号の初期化");
    expect(ja.text).toMatch(/24 時間以内[\s\S]*2022 年の資料は、4 桁のものはコンビニでは再設定できない/);
    expect(en.text).toMatch(/within 24 hours[\s\S]*source of 2022 says that kiosks do not/);
    expect(en.steps.map((step) => /kiosk$/.test(step))).toEqual([true, true, false, false]);
  });

  test("of four digits are three, each with its uses [row 129]", async ({ mynakit }) => {
    const { en } = await explained(mynakit, "pins");
    expect(en.steps.filter((step) => step.includes("4 digits"))).toHaveLength(3);
    expect(en.text).toMatch(/convenience stores[\s\S]*vaccine certificate[\s\S]*municipal counter/);
    expect(en.text).toContain("logging in to Mynaportal");
  });
});
