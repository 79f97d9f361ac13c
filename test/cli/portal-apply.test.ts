import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { apply, both, env, file, logIn, moving, noCard, signed } from "./support/applying.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { layLine } from "./support/line.ts";
import { freePort } from "./support/ports.ts";
import { test } from "./support/test.ts";

describe("portal procedures apply", () => {
  test("fills in who applies, signs, sends and keeps a receipt that verify checks [rows 130, 131]", async ({
    mynakit,
    home,
  }) => {
    await logIn(mynakit);
    const receipt = path.join(home, "receipt.json");
    const { data } = success(apply, await mynakit([...moving, ...signed, "-o", receipt], both));
    expect(data).toMatchObject({
      applicant: { name: "見本　太郎", birth: "19850412", sex: "1" },
      application: { state: "received" },
      resent: false,
      pins: { text: { pinSent: true, triesAfter: 3 }, sign: { pinSent: true, triesAfter: 5 } },
    });
    expect(data.face).toMatchObject({ birthDate: { japanese: "昭和60年4月12日" }, sex: "male" });
    expect(readdirSync(path.join(home, "applications"))).toEqual([]);
    const verified = success("verify receipt", await mynakit(["verify", "receipt", receipt, "--json"]));
    expect(verified.data).toMatchObject({ valid: true, id: data.application?.id, platform: { sandbox: true } });
    const followed = success("portal applications", await mynakit("portal applications --json"));
    expect(followed.data.applications).toMatchObject([{ id: data.application?.id, state: "received" }]);
  });

  test("applies for the benefit with account and proof, and finds a swapped attachment [row 150]", async ({
    mynakit,
    home,
  }) => {
    await logIn(mynakit);
    const template = path.join(home, "form.json");
    await mynakit(["portal", "procedures", "show", "271004-benefit", "--template", template]);
    const form = JSON.parse(readFileSync(template, "utf8"));
    form.fields = {
      household: "02",
      phone: "0612345678",
      bankCode: "0001",
      branchCode: "123",
      accountType: "ordinary",
      accountNumber: "1234567",
      accountHolder: "ミホン　タロウ",
    };
    writeFileSync(template, JSON.stringify(form));
    const [proof, other] = [file(home, "book.pdf", "%PDF-1.4 book"), file(home, "other.pdf", "%PDF-1.4 other")];
    const receipt = path.join(home, "receipt.json");
    const words = [...apply.split(" "), "271004-benefit", "--form", template, "--attach", `account=${proof}`];
    success(apply, await mynakit([...words, ...signed, "-o", receipt], both));
    const verify = ["verify", "receipt", receipt, "--json", "--attach"];
    expect(success("verify receipt", await mynakit([...verify, `account=${proof}`])).data.valid).toBe(true);
    const swapped = await mynakit([...verify, `account=${other}`]);
    expect(swapped.code).toBe(1);
    expect(JSON.parse(swapped.stdout).data.checks).toContainEqual({
      name: "attachment",
      subject: "account",
      result: "failed",
    });
    expect(readFileSync(receipt, "utf8")).not.toMatch(/\b\d{12}\b/);
  });

  test("by an attorney takes a power of attorney that somebody else has signed", async ({ mynakit, home }) => {
    await logIn(mynakit);
    const articles = file(home, "articles.pdf", "%PDF-1.4 articles");
    const power = file(home, "power.txt", "I let Taro notify the formation of my company.");
    const signedBy = async (card: string) => {
      const to = path.join(home, `${card}.p7m`);
      const words = ["sign", "cms", power, "--attached", "-o", to, "-r", `sim:${card}`, "--pin-stdin", "--json"];
      success("sign cms", await mynakit(words, { input: "TEST1234\n" }));
      return to;
    };
    const set = (as: string) =>
      ["companyName=Example", "companyAddress=Tokyo", "foundedOn=2026-11-01", `as=${as}`].flatMap((each) => [
        "--set",
        each,
      ]);
    const words = (as: string, ...more: string[]) => [
      ...apply.split(" "),
      "131105-company-setup",
      ...set(as),
      "--attach",
      `articles=${articles}`,
      ...more,
    ];
    const missing = failed(await mynakit([...words("attorney"), "--yes", "--json"], noCard), "ERR_USAGE_FORM");
    expect(missing.details).toMatchObject({ missing: ["powerOfAttorney"] });
    const by = async (signer: string) => {
      const attached = ["--attach", `powerOfAttorney=${signer}`];
      return mynakit([...words("attorney", ...attached), ...signed], both);
    };
    const altered = path.join(home, "altered.p7m");
    const good = await signedBy("foreign-resident");
    writeFileSync(altered, readFileSync(good, "latin1").replace("my company", "no company"), "latin1");
    for (const bad of [await signedBy("standard"), altered]) {
      const { details } = failed(await by(bad), "ERR_PLATFORM_REFUSED");
      expect(details).toMatchObject({ reason: "attachment-refused" });
    }
    expect(success(apply, await by(good)).data.application?.state).toBe("received");
    expect(success(apply, await mynakit([...words("self"), ...signed], both)).data.application?.state).toBe("received");
    const shown = await mynakit("portal procedures show 131105-company-setup --lang ja");
    expect(shown.stdout).toContain("as=attorney のとき");
  });

  test("tells all that is wrong with a form at once, and leaves the card alone", async ({ mynakit, home }) => {
    await logIn(mynakit);
    const text = file(home, "text.txt", "no bankbook");
    const words = `${apply} 131105-benefit --set bankCode=12 --set colour=red --set phone=abc --set accountHolder=みほん --attach account=${text} --yes`;
    const error = failed(await mynakit(`${words} --json`, noCard), "ERR_USAGE_FORM");
    expect(error).toMatchObject({ exit: 2, pinSent: false });
    expect(error.details.missing).toEqual(expect.arrayContaining(["household", "branchCode"]));
    expect(error.details.findings).toEqual(
      expect.arrayContaining([
        { name: "bankCode", problem: "malformed" },
        { name: "colour", problem: "unknown" },
        { name: "phone", problem: "malformed" },
        { name: "accountHolder", problem: "malformed" },
        { name: "account", problem: "wrong-type" },
      ]),
    );
    expect(failedInWords(await mynakit(`${words} --lang ja`, noCard), "ERR_USAGE_FORM")).toContain(
      "household（未記入）",
    );
    const huge = file(home, "huge.pdf", `%PDF-1.4 ${"0".repeat(3 * 1024 * 1024)}`);
    const large = await mynakit(`${apply} 131105-benefit --attach account=${huge} --yes --json`, noCard);
    expect(failed(large, "ERR_USAGE_FORM").details.findings).toContainEqual({ name: "account", problem: "too-large" });
  });

  test.for([
    ["131105-special-fixed-benefit", "procedure-out-of-period", "受付期間外"],
    ["131105-child-allowance-name", "procedure-on-paper", "様式を印刷"],
    ["131105-seal-registration", "procedure-at-counter", "窓口"],
  ] as const)(
    "refuses %s before the card is used, and says why [rows 131, 151]",
    async ([id, reason, why], { mynakit }) => {
      await logIn(mynakit);
      const error = failed(await mynakit(`${apply} ${id} --yes --json`, noCard), "ERR_PLATFORM_REFUSED");
      expect(error.details.reason).toBe(reason);
      const japanese = await mynakit(`${apply} ${id} --yes --lang ja`, noCard);
      expect(failedInWords(japanese, "ERR_PLATFORM_REFUSED")).toContain(why);
    },
  );

  test("names the field that is set twice, and the file that is no form", async ({ mynakit, home }) => {
    await logIn(mynakit);
    const note = file(home, "FILE", "no form");
    const noForm = await mynakit([...`${apply} 131105-moving-out --lang ja --form`.split(" "), note], noCard);
    expect(failedInWords(noForm, "ERR_USAGE_OPTION")).toContain(`ファイル: ${note}`);
    const words = `${apply} 131105-moving-out --set phone=1 --set phone=2 --lang ja`;
    expect(failedInWords(await mynakit(words, noCard), "ERR_USAGE_OPTION")).toContain("名前: phone");
  });

  test("without a session uses no card", async ({ mynakit }) => {
    failed(await mynakit([...moving, "--yes", "--json"], noCard), "ERR_PLATFORM_SESSION");
  });

  test("in a dry run shows the application and asks for the text PIN alone", async ({ mynakit }) => {
    await logIn(mynakit);
    const words = [...moving, "--dry-run", "--pin-stdin", "--json"];
    const { data } = success(apply, await mynakit(words, { env, input: "5678\n" }));
    expect(data).toMatchObject({ application: null, dryRun: true, pins: { sign: { pinSent: false } } });
    expect(success("portal applications", await mynakit("portal applications --json")).data.applications).toEqual([]);
  });

  test("shows who applies as the card's face does, and what is asked by its label, before and after", async ({
    mynakit,
  }) => {
    await logIn(mynakit);
    const words = [...moving, "--dry-run", "--pin-stdin", "--lang"];
    const japanese = await mynakit([...words, "ja"], { env, input: "5678\n" });
    expect(japanese.stderr).toMatch(/昭和60年4月12日生、男\n転出先の住所: 大阪市北区１/);
    expect(japanese.stdout).toMatch(/転出届 \(131105-moving-out\)[\s\S]*性別 +男\n転出先の住所 +大阪市北区１/);
    const english = await mynakit([...words, "en"], { env, input: "5678\n" });
    expect(english.stderr).toMatch(/born 1985-04-12, male\nNew address: /);
    expect(english.stdout).toMatch(/Sex +male\nNew address +/);
    expect(`${japanese.stdout}${english.stdout}`).not.toMatch(/19850412|newAddress/);
    expect(english.stderr).toContain("The card may be removed now.");
  });

  test("presents no signing PIN where the text PIN is wrong", async ({ mynakit }) => {
    await logIn(mynakit);
    const error = failed(await mynakit([...moving, ...signed], { env, input: "0000\nTEST1234\n" }), "ERR_PIN_WRONG");
    expect(error.details).toMatchObject({ pin: "text", triesAfter: 2 });
    const { data } = success("pin tries", await mynakit("pin tries text sign --json", { env }));
    expect(data.pins.map(({ remaining }) => remaining)).toEqual([2, 5]);
  });

  test("is not signed with another person's card, and asks that one for no PIN", async ({ mynakit }) => {
    await logIn(mynakit);
    const others = { env: { MYNAKIT_READER: "sim:foreign-resident" }, input: "5678\nTEST1234\n" };
    const error = failed(await mynakit([...moving, ...signed], others), "ERR_CARD_OF_ANOTHER");
    expect(error).toMatchObject({ exit: 4, pinSent: false, triesAfter: null });
    const words = await mynakit([...moving, "--yes", "--pin-stdin", "--lang", "ja"], others);
    expect(failedInWords(words, "ERR_CARD_OF_ANOTHER")).toContain("ログインしている方のカードではありません");
    expect(success("portal applications", await mynakit("portal applications --json")).data.applications).toEqual([]);
  });

  test("takes away what a killed process began to write, and nothing that a living one writes", async ({
    mynakit,
    home,
  }) => {
    await logIn(mynakit);
    const folder = path.join(home, "applications");
    mkdirSync(folder);
    const { pid: dead = 0 } = spawnSync("true");
    const [left, growing] = [`a.json.${dead}-1.draft`, `b.json.${process.pid}-1.draft`];
    for (const name of [left, growing]) file(folder, name, "{");
    success(apply, await mynakit([...moving, ...signed], both));
    expect(readdirSync(folder)).toEqual([growing]);
  });

  test("whose answer could not be shown is answered again, without a card and with the same number", async ({
    mynakit,
    home,
  }) => {
    await logIn(mynakit);
    const full = openSync("/dev/full", "w");
    const unheard = await mynakit([...moving, ...signed], { ...both, stdout: full });
    closeSync(full);
    expect(unheard.code).toBe(11);
    expect(readdirSync(path.join(home, "applications"))).toHaveLength(1);
    const { data } = success(apply, await mynakit([...moving, ...signed], noCard));
    expect(data).toMatchObject({ resent: true, pins: { text: { pinSent: false }, sign: { pinSent: false } } });
    expect(readdirSync(path.join(home, "applications"))).toEqual([]);
    const followed = success("portal applications", await mynakit("portal applications --json"));
    expect(followed.data.applications.map(({ id }) => id)).toEqual([data.application?.id]);
  });

  test("holds the card three times and sends it 25 commands", async ({ mynakit, home }) => {
    await logIn(mynakit);
    const trace = path.join(home, "trace");
    success(apply, await mynakit([...moving, ...signed, "--trace", trace], both));
    const { data } = success("apdu trace decode", await mynakit(["apdu", "trace", "decode", trace, "--json"]));
    expect(data.sessions).toHaveLength(3);
    expect(data.summary.commands).toBe(25);
  });

  test.for(["request", "answer"] as const)(
    "sends the same application again, once and without a card, where the %s was lost",
    async (lost, { mynakit, start, home }) => {
      const line = await losingLine(lost);
      const port = await freePort();
      await start(`sandbox start --port ${port} --public-url ${line.url}`).line();
      line.leadTo(`http://127.0.0.1:${port}`);
      const at = { MYNAKIT_PLATFORM: line.url };
      success(
        "portal login",
        await mynakit("portal login --pin-stdin --json", { env: { ...env, ...at }, input: "1234\n" }),
      );
      line.loseNext();
      const receipt = path.join(home, "receipt.json");
      const words = [...moving, ...signed, "-o", receipt];
      const error = failed(await mynakit(words, { ...both, env: { ...env, ...at } }), "ERR_NETWORK_UNREACHABLE");
      expect(error.pinSent).toBe(true);
      expect(readdirSync(path.join(home, "applications"))).toHaveLength(1);
      const again = success(apply, await mynakit(words, { env: { ...noCard.env, ...at } }));
      expect(again.data).toMatchObject({ resent: true, pins: { sign: { pinSent: false } } });
      expect(readdirSync(path.join(home, "applications"))).toEqual([]);
      const { data } = success("portal applications", await mynakit("portal applications --json", { env: at }));
      expect(data.applications.map(({ id }) => id)).toEqual([again.data.application?.id]);
      const verified = await mynakit(["verify", "receipt", receipt, "--json"], { env: at });
      expect(success("verify receipt", verified).data.valid).toBe(true);
    },
  );
});

/** A line that loses one application on its way there, or the answer on its way back. */
async function losingLine(lost: "request" | "answer") {
  const line = await layLine();
  onTestFinished(() => line.close());
  const loseNext = () =>
    line.passWith(async ({ method, path: at }, forward) => {
      if (at !== "/portal/v1/applications" || method !== "POST") return forward();
      line.passWith((_request, straight) => straight());
      if (lost === "answer") await forward();
      throw new Error("lost");
    });
  return { ...line, loseNext };
}
