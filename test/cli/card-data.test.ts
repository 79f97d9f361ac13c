import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import type { ApplicationName } from "../../src/jpki/applications.ts";
import type { CardImage } from "../../src/simulator/image.ts";
import { changeCard, recordOf } from "./support/cards.ts";
import { answer, failed, failedInWords, plain, success } from "./support/documents.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const card = "-r sim:mine";
const person = {
  name: "見本　太郎",
  address: "見本県模擬市試験町一丁目１番１号",
  birthDate: { raw: "19850412", western: "1985-04-12", japanese: "昭和60年4月12日" },
  sex: "male",
  sexCode: "1",
};

/** Changes bytes of one file of the card. */
const changeFile =
  (application: ApplicationName, id: number, change: (content: Buffer) => Uint8Array) =>
  (image: CardImage): CardImage => ({
    ...image,
    files: image.files.map((file) => {
      if (file.application !== application || file.file !== id) return file;
      const content = Buffer.from(change(Buffer.from(file.content, "hex")))
        .toString("hex")
        .toUpperCase();
      return { ...file, content };
    }),
  });

/** The same number of bytes. */
const replaced = (from: string, to: string) => (content: Buffer) =>
  Buffer.from(content.toString("latin1").replace(latin1(from), latin1(to)), "latin1");
const latin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

const remarks = (checks: readonly { name: string; result: string; detail: string | null }[]): string[] =>
  checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`]));

describe("card info", () => {
  test("shows the four attributes with what proves them, and never the My Number", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const outcome = await mynakit(`card info ${card} --pin-stdin --json`, { input: "5678\n" });
    const { data } = success("card info", outcome);
    expect(data).toMatchObject({ reader: "sim:mine", openedWith: "text", ...person, verdict: "incomplete" });
    expect(data).toMatchObject({ pinSent: true, triesBefore: 3, triesAfter: 3 });
    expect(remarks(data.checks)).toEqual(["number-digest not-checked not-read"]);
    expect(outcome.stdout + outcome.stderr).not.toContain(recordOf(home, "mine", "text-a").value);
  });

  test("opens with verification number B in place of the PIN", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const input = recordOf(home, "mine", "text-b").value;
    const { data } = success("card info", await mynakit(`card info --with b ${card} --pin-stdin --json`, { input }));
    expect(data).toMatchObject({ openedWith: "text-b", ...person, verdict: "incomplete", triesAfter: 10 });
    expect(recordOf(home, "mine", "text")).toMatchObject({ verifies: 0 });
  });

  test("says it in both languages, in columns", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const japanese = await mynakit(`card info ${card} --pin-stdin --lang ja`, { input: "5678" });
    expect(japanese.stdout).toContain("生年月日  1985-04-12 (昭和60年4月12日)\n性別      男\n");
    expect(japanese.stdout).toContain("データの署名           問題なし\n");
    const english = await mynakit(`card info ${card} --pin-stdin`, { input: "5678" });
    expect(english.stdout).toContain("Birth date  1985-04-12 (昭和60年4月12日)\nSex         male\n");
    for (const { code, stdout, stderr } of [japanese, english]) {
      expect(code).toBe(0);
      expect(plain(stdout + stderr)).toBe(true);
    }
  });

  test.for([
    ["attributes", 0x02, "attributes-digest failed digest-differs"],
    ["record", 0x03, "signature failed signature-wrong"],
    ["certificate", 0x04, "signature failed signature-wrong"],
  ] as const)(
    "answers no for a card whose %s was changed, and says that nothing proves the data",
    async ([name, file, remark], { home, mynakit }) => {
      await mynakit("sim create mine");
      changeCard(
        home,
        "mine",
        changeFile("text", file, (content) =>
          name === "attributes"
            ? replaced("太郎", "次郎")(content)
            : Uint8Array.from(content, (byte, at) => (at === (name === "record" ? 330 : 300) ? byte ^ 1 : byte)),
        ),
      );
      const outcome = await mynakit(`card info ${card} --pin-stdin --json`, { input: "5678" });
      const { data } = answer("card info", outcome);
      expect(outcome.code).toBe(1);
      expect(data.verdict).toBe("failed");
      expect(remarks(data.checks)).toContain(remark);
      const words = await mynakit(`card info ${card} --pin-stdin --lang ja`, { input: "5678" });
      expect(words.code).toBe(1);
      expect(words.stdout).toMatch(/^表示した内容は、カードの記録や署名と合わないため、本物と確かめられません。\n/);
    },
  );

  test("lets no control character of the card through", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    changeCard(home, "mine", changeFile("text", 0x02, replaced("太郎", "\u001b[2\u0007\u0007\u0007")));
    for (const form of ["", "--json"]) {
      const { code, stdout } = await mynakit(`card info ${card} --pin-stdin ${form}`, { input: "5678" });
      expect(code).toBe(1);
      expect(plain(stdout)).toBe(true);
      expect(stdout).toContain("見本　\ufffd[2\ufffd");
    }
  });

  test("of a malformed file is an error that says what was sent", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    changeCard(
      home,
      "mine",
      changeFile("text", 0x02, (content) => content.fill(0xff)),
    );
    const error = failed(await mynakit(`card info ${card} --pin-stdin --json`, { input: "5678" }), "ERR_CARD_FILE");
    expect(error).toMatchObject({ exit: 4, pinSent: true, triesAfter: 3, details: { file: "attributes" } });
    failedInWords(await mynakit(`card info ${card} --pin-stdin --lang ja`, { input: "5678" }), "ERR_CARD_FILE");
  });

  test("of a wrong B tells of the other way to compose it, and tries nothing by itself", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const outcome = await mynakit(`card info --with b ${card} --pin-stdin`, { input: "85041220350000" });
    expect(failedInWords(outcome, "ERR_PIN_WRONG")).toContain("--birth-year gregorian");
    expect(recordOf(home, "mine", "text-b")).toMatchObject({ verifies: 1, remaining: 9 });
  });

  test.for(["info", "number --yes", "face", "serial"])(
    "%s names the cards that have none of it",
    async (verb, { mynakit }) => {
      for (const [profile, kind] of [
        ["suica", "suica"],
        ["android-token", "smartphone-jpki"],
      ]) {
        const outcome = await mynakit(`card ${verb} -r sim:${profile} --no-input --json`);
        expect(failed(outcome, "ERR_CARD_KIND").details).toMatchObject({ kind });
      }
      const phone = await mynakit(`card ${verb} -r sim:android-token --no-input`);
      expect(failedInWords(phone, "ERR_CARD_KIND")).toContain("A phone holds certificates only.");
    },
  );
});

describe("card number", () => {
  test("is masked unless all of it is asked for, and shows nowhere else", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "text-a");
    const trace = path.join(home, "trace");
    const words = `card number --yes ${card} --pin-stdin --json --trace ${trace}`;
    const masked = await mynakit(words, { input: "5678" });
    const { data, warnings } = success("card number", masked);
    expect(data).toMatchObject({ number: `********${value.slice(-4)}`, revealed: false, verdict: "incomplete" });
    expect(remarks(data.checks)).toEqual(["attributes-digest not-checked not-read"]);
    expect(warnings.map(({ code }) => code)).toEqual(["WARN_NUMBER_OF_OTHERS"]);
    const hex = Buffer.from(value).toString("hex").toUpperCase();
    expect(masked.stdout + masked.stderr).not.toContain(value);
    const revealed = await mynakit(`${words} --reveal --verbose`, { input: "5678" });
    expect(success("card number", revealed).data).toMatchObject({ number: value, revealed: true });
    expect(revealed.stderr).not.toContain(value);
    expect(readFileSync(trace, "utf8")).not.toMatch(new RegExp(`${value}|${hex}`));
  });

  test("needs a yes that somebody can give", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const outcome = await mynakit(`card number ${card} --pin-stdin --json`, { input: "5678" });
    expect(failed(outcome, "ERR_USAGE_INPUT_NEEDED")).toMatchObject({ pinSent: false, details: { option: "--yes" } });
    expect(recordOf(home, "mine", "text")).toMatchObject({ verifies: 0 });
  });

  test("asks at the terminal what will be shown, before the PIN", async ({ home, terminal, mynakit }) => {
    await mynakit("sim create mine");
    const refusing = terminal(`card number ${card} --reveal`);
    await refusing.sees("The whole My Number will be read from the card and shown. Go on? Type yes:");
    refusing.type(`no${keys.enter}`);
    expect(await refusing.ended()).toBe(130);
    expect(recordOf(home, "mine", "text")).toMatchObject({ verifies: 0 });
    const willing = terminal(`card number ${card} --lang ja`);
    await willing.sees("下 4 桁だけを表示します。よければ「はい」か yes:");
    willing.type(`はい${keys.enter}`);
    await willing.sees("個人番号を読み取ります。券面事項入力補助用の暗証番号（数字 4 桁、残り 3/3 回）:");
    willing.type(`5678${keys.enter}`);
    await willing.sees(`個人番号  ********${recordOf(home, "mine", "text-a").value.slice(-4)}`);
    await willing.sees("番号法");
    expect(await willing.ended()).toBe(0);
    expect(willing.text.match(/番号法/g)).toHaveLength(1);
  });

  test("with a wrong check digit is an answer of no", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "text-a");
    const wrong = `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}`;
    changeCard(home, "mine", changeFile("text", 0x01, replaced(value, wrong)));
    const outcome = await mynakit(`card number --yes ${card} --pin-stdin --json`, { input: "5678" });
    expect(outcome.code).toBe(1);
    expect(remarks(answer("card number", outcome).data.checks).slice(0, 2)).toEqual([
      "check-digit failed check-digit-wrong",
      "number-digest failed digest-differs",
    ]);
  });
});

describe("card face", () => {
  test("writes images that other programs read, for their owner alone", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const folder = path.join(home, "a", "face");
    const input = recordOf(home, "mine", "visual-b").value;
    const words = `card face ${card} -o ${folder} --pin-stdin --json`;
    const { data, warnings } = success("card face", await mynakit(words, { input }));
    expect(data).toMatchObject({ openedWith: "visual-b", birthDate: person.birthDate, sex: "male", pinSent: true });
    expect(data.images.map(({ name, signed }) => [name, signed])).toEqual([
      ["photo", true],
      ["name", true],
      ["address", true],
      ["security-code", false],
    ]);
    expect(remarks(data.checks)).toEqual(["unsigned-fields not-checked outside-the-signature"]);
    expect(warnings).toEqual([]);
    for (const { file, bytes } of data.images) {
      const { mode, size } = statSync(String(file));
      expect([mode & 0o777, size]).toEqual([0o600, bytes]);
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const decoded = path.join(home, "photo.pgm");
    execFileSync("opj_decompress", ["-quiet", "-i", path.join(folder, "photo.jp2"), "-o", decoded], {
      stdio: "ignore",
    });
    expect(readFileSync(decoded).subarray(0, 2).toString()).toBe("P5");
  });

  test("opens with A, the My Number, whose image comes along", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "visual-a");
    const input = value.replace(/(\d{4})(?=\d)/g, "$1 ");
    const outcome = await mynakit(`card face --with a ${card} --pin-stdin --json`, { input });
    const { data, warnings } = success("card face", outcome);
    expect(data.images.map(({ name, file }) => [name, file]).at(-1)).toEqual(["number", null]);
    expect(data.checks.find(({ name }) => name === "number-signature")?.result).toBe("ok");
    expect(warnings.map(({ code }) => code)).toEqual(["WARN_NUMBER_OF_OTHERS"]);
    expect(outcome.stdout + outcome.stderr).not.toContain(value);
  });

  test("sends no A whose check digit does not fit", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "visual-a");
    const input = `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}`;
    const outcome = await mynakit(`card face --with a ${card} --pin-stdin --json`, { input });
    expect(failed(outcome, "ERR_PIN_FORMAT").details).toEqual({ pin: "visual-a", entry: "check-digit" });
    expect(recordOf(home, "mine", "visual-a")).toMatchObject({ verifies: 0 });
  });

  test("overwrites nothing without --force, and asks for no secret then", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const input = recordOf(home, "mine", "visual-b").value;
    const photo = path.join(home, "photo.jp2");
    writeFileSync(photo, "mine");
    const words = `card face ${card} -o ${home} --pin-stdin --json`;
    expect(failed(await mynakit(words, { input }), "ERR_IO_EXISTS").details).toEqual({ path: photo });
    expect(recordOf(home, "mine", "visual-b")).toMatchObject({ verifies: 0 });
    expect(readFileSync(photo, "utf8")).toBe("mine");
    success("card face", await mynakit(`${words} --force`, { input }));
    expect(statSync(photo)).toMatchObject({ mode: 0o100600 });
    failed(await mynakit(`card face ${card} -o ${photo} --pin-stdin --json`, { input }), "ERR_IO_WRITE");
    expect(recordOf(home, "mine", "visual-b")).toMatchObject({ verifies: 1 });
  });

  test("composes B at the terminal from what is printed, and asks again for what cannot be", async ({
    home,
    terminal,
    mynakit,
  }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "visual-b");
    const reader = terminal(`card face ${card} --lang ja`);
    await reader.sees("照合番号B（券面事項確認）（数字 14 桁、残り 10/10 回）:");
    await reader.sees("--birth-year gregorian");
    await reader.sees("生年月日（平成2年1月2日、1990-01-02 など）:");
    reader.type(`昭和60年4月31日${keys.enter}`);
    await reader.sees("日付として読み取れません。");
    await reader.sees("など）:");
    reader.type(`昭和６０年４月１２日生${keys.enter}`);
    await reader.sees("カードの有効期限の年（西暦 4 桁）:");
    reader.type(`${value.slice(6, 10)}年${keys.enter}`);
    await reader.sees("セキュリティコード（");
    reader.type(`${value.slice(10)}${keys.enter}`);
    await reader.sees("顔写真");
    expect(await reader.ended()).toBe(0);
    expect(reader.text).not.toMatch(new RegExp(`昭和６０|${value.slice(6, 10)}年|${value.slice(10)}\\r`));
    expect(recordOf(home, "mine", "visual-b")).toMatchObject({ verifies: 1, remaining: 10 });
  });

  test("takes the Gregorian year where that is asked for, and no other", async ({ home, terminal, mynakit }) => {
    await mynakit("sim create mine");
    const { value } = recordOf(home, "mine", "visual-b");
    const reader = terminal(`card face ${card} --birth-year gregorian`);
    await reader.sees("last two digits of the Gregorian year of birth");
    await reader.sees("H2.1.2):");
    reader.type(`S60.4.12${keys.enter}`);
    await reader.sees("(four digits):");
    reader.type(`${value.slice(6, 10)}${keys.enter}`);
    await reader.sees("beside the expiry date):");
    reader.type(`${value.slice(10)}${keys.enter}`);
    await reader.sees("Wrong verification number B");
    expect(await reader.ended()).toBe(5);
    expect(recordOf(home, "mine", "visual-b")).toMatchObject({ verifies: 1, remaining: 9 });
  });

  test("answers no for another photo", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const input = recordOf(home, "mine", "visual-b").value;
    changeCard(
      home,
      "mine",
      changeFile("visual", 0x02, (content) => {
        const photo = content.indexOf(Buffer.from("DF27", "hex"));
        content[photo + 500] = (content[photo + 500] ?? 0) ^ 1;
        return content;
      }),
    );
    const outcome = await mynakit(`card face ${card} --pin-stdin --json`, { input });
    expect(outcome.code).toBe(1);
    expect(remarks(answer("card face", outcome).data.checks)).toContain("signature failed signature-wrong");
  });
});

describe("card serial", () => {
  test("needs no PIN, and says what the card says", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const { data } = success("card serial", await mynakit(`card serial ${card} --no-input --json`));
    expect(data.manufactureNumber).toBe(data.serialNumber.slice(2));
    expect(data).toMatchObject({ municipality: "99001", expiry: { japanese: expect.stringContaining("令和") } });
    expect(recordOf(home, "mine", "common")).toMatchObject({ verifies: 0 });
    const words = await mynakit(`card serial -r sim:short-only --lang ja`);
    expect(words.stdout).toMatch(/^カードの番号 {6}\d{15}\n製造番号 {10}\d{13}\n市区町村コード {4}99001\n/);
  });
});

describe("pin change text", () => {
  test("does not take the holder's birth date unless told to, and keeps the old PIN", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    for (const fresh of ["0412", "8504", "6004"]) {
      const input = `5678\n${fresh}\n`;
      const error = failed(await mynakit(`pin change text ${card} --pin-stdin --json`, { input }), "ERR_PIN_OBVIOUS");
      expect(error).toMatchObject({ pinSent: true, triesAfter: 3, changed: false, details: { reason: "birth-date" } });
      expect(recordOf(home, "mine", "text")).toMatchObject({ value: "5678", remaining: 3 });
    }
    const words = `pin change text ${card} --pin-stdin --json`;
    success("pin change", await mynakit(words, { input: "5678\n8302\n" }));
    success("pin change", await mynakit(`${words} --allow-obvious`, { input: "8302\n0412\n" }));
    expect(recordOf(home, "mine", "text")).toMatchObject({ value: "0412" });
  });

  test("changes the PIN of a card whose attributes cannot be read", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    changeCard(
      home,
      "mine",
      changeFile("text", 0x02, (content) => content.fill(0xff)),
    );
    success("pin change", await mynakit(`pin change text ${card} --pin-stdin --json`, { input: "5678\n0412\n" }));
    expect(recordOf(home, "mine", "text")).toMatchObject({ value: "0412" });
  });
});
