import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const card = "--pin-stdin -r sim:standard";
const json = `${card} --json`;

describe("mykey issue --dry-run", () => {
  test("ends with the proposal, and says which steps were passed [row 34]", async ({ mynakit }) => {
    const dry = success("mykey issue", await mynakit(`mykey issue --dry-run ${json}`, pin)).data;
    expect(dry).toMatchObject({
      state: "proposed",
      created: false,
      dryRun: true,
      reservation: { state: "none", at: null },
      steps: ["environment", "card", "device", "pin", "display"],
    });
    const error = failed(await mynakit(`mykey show ${json}`, pin), "ERR_PLATFORM_REFUSED");
    expect(error.details).toMatchObject({ reason: "no-mykey-id" });
    const told = await mynakit(`mykey issue --dry-run --lang ja ${card}`, pin);
    for (const step of ["環境チェック", "カード", "デバイスの準備", "暗証番号", "表示"])
      expect(told.stderr).toContain(step);
    expect(told.stderr).not.toContain("6/6");
    const { steps } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    expect(steps).toEqual([...dry.steps, "issue"]);
  });
});

describe("the account", () => {
  test("is changed, revoked and issued anew [rows 51, 52]", async ({ mynakit }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const changed = success("mykey change", await mynakit(`mykey change sakura22 --yes ${json}`, pin)).data;
    expect(changed).toMatchObject({ mykeyId: "SAKURA22", previous: mykeyId, generated: false });
    const generated = success("mykey change", await mynakit(`mykey change --yes ${json}`, pin)).data;
    expect(generated).toMatchObject({ previous: "SAKURA22", generated: true, pinSent: true });

    failed(await mynakit(`mykey revoke ${json}`, pin), "ERR_USAGE_INPUT_NEEDED");
    const wrong = failed(await mynakit(`mykey revoke --confirm SAKURA22 ${json}`, pin), "ERR_PLATFORM_REFUSED");
    expect(wrong.details).toMatchObject({ reason: "confirmation-mismatch" });
    const revoke = `mykey revoke --confirm ${generated.mykeyId} ${json}`;
    expect(success("mykey revoke", await mynakit(revoke, pin)).data.state).toBe("revoked");
    const status = success("mykey status", await mynakit(`mykey status ${json}`, pin)).data;
    expect(status).toMatchObject({ account: "revoked", mykeyId: null });
    const again = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    expect(again.created).toBe(true);
    const { ids, events } = success("mykey history", await mynakit(`mykey history ${json}`, pin)).data;
    expect(ids.map(({ state }) => state)).toEqual(["changed", "changed", "revoked", "active"]);
    expect(events.map(({ action }) => action)).toContain("mykey.revoke");
    const found = async (id: string) =>
      success("sandbox user show", await mynakit(`sandbox user show ${id} --json`)).data.person;
    expect(await found(mykeyId)).toBe(await found(again.mykeyId));
    const over = failed(await mynakit(`sandbox user suspend ${mykeyId} --json`), "ERR_PLATFORM_REFUSED");
    expect(over.details).toMatchObject({ reason: "mykey-id-unknown" });
    const told = await mynakit(`mykey history --lang ja ${card}`, pin);
    expect(told.stdout).toContain("マイキーIDの失効");
  });

  test("is suspended by a report, shows its history then, and is lifted by the operator [row 54]", async ({
    mynakit,
  }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const reported = success("mykey report-leak", await mynakit(`mykey report-leak --yes ${json}`, pin)).data;
    expect(reported).toMatchObject({ mykeyId, state: "suspended" });
    for (const words of ["show", "issue --yes", "change --yes", "profile", "notify off"]) {
      const error = failed(await mynakit(`mykey ${words} ${json}`, pin), "ERR_PLATFORM_REFUSED");
      expect(error.details).toMatchObject({ reason: "account-suspended" });
    }
    expect(failedInWords(await mynakit(`mykey show --lang ja ${card}`, pin), "ERR_PLATFORM_REFUSED")).toContain(
      "利用停止中",
    );
    const { data } = success("mykey history", await mynakit(`mykey history ${json}`, pin));
    expect(data.ids).toMatchObject([{ mykeyId, state: "suspended" }]);
    const lifted = success("sandbox user lift", await mynakit(`sandbox user lift ${mykeyId} --json`)).data;
    expect(lifted.changed).toBe(true);
    expect(success("sandbox user lift", await mynakit(`sandbox user lift ${mykeyId} --json`)).data.changed).toBe(false);
    expect(success("mykey show", await mynakit(`mykey show ${json}`, pin)).data.mykeyId).toBe(mykeyId);
    const operated = async (words: string) => (await mynakit(`sandbox user ${words}`)).stdout;
    expect(await operated(`suspend ${mykeyId} --lang ja`)).toContain("アカウントを利用停止にしました");
    expect(await operated(`suspend ${mykeyId} --lang en`)).toContain("It was suspended already.");
    failed(await mynakit(`mykey show ${json}`, pin), "ERR_PLATFORM_REFUSED");
    expect((await mynakit(`sandbox user show ${mykeyId} --lang ja`)).stdout).toContain("運営者");
    const unknown = failed(await mynakit("sandbox user show ABCDEFGH --json"), "ERR_PLATFORM_REFUSED");
    expect(unknown.details).toMatchObject({ reason: "mykey-id-unknown" });
    expect(success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data.whole).toBe(true);
  });

  test("keeps what its holder entered [rows 48, 49, 50, 70]", async ({ mynakit }) => {
    success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin));
    const notify = `mykey notify on --email taro@example.jp ${json}`;
    success("mykey notify", await mynakit(notify, pin));
    const points = async () => success("points status", await mynakit(`points status ${json}`, pin)).data.applications;
    const before = await points();
    success("mykey points-account", await mynakit(`mykey points-account １３０００１ ${json}`, pin));
    expect(await points()).toEqual(before);
    const kept = success("mykey profile", await mynakit(`mykey profile ${json}`, pin)).data;
    expect(kept).toMatchObject({ email: "taro@example.jp", notify: true, pointsMunicipality: "130001" });
    const none = success("mykey points-account", await mynakit(`mykey points-account none ${json}`, pin)).data;
    expect(none.pointsMunicipality).toBeNull();
    for (const wrong of ["points-account 130002", "points-account 北海道", "change ABCD0123"]) {
      const error = failed(await mynakit(`mykey ${wrong} ${json}`, pin), "ERR_USAGE_ARGUMENT");
      expect(error).toMatchObject({ pinSent: false });
    }
    const email = failed(await mynakit(`mykey notify on --email foo ${json}`, pin), "ERR_USAGE_OPTION");
    expect(email).toMatchObject({ pinSent: false });
    expect((await mynakit(`mykey profile --lang ja ${card}`, pin)).stdout).toContain("メール通知");
    failed(await mynakit(`mykey notify maybe ${json}`, pin), "ERR_USAGE_ARGUMENT");
  });

  test("is known by the certificate alone: nothing about its holder is in the platform's files [row 37]", async ({
    home,
    mynakit,
  }) => {
    success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin));
    const platform = path.join(home, "platform");
    const stored = () => Buffer.concat(readdirSync(platform).map((file) => readFileSync(path.join(platform, file))));
    const info = await mynakit(`card info ${json}`, { input: "5678\n" });
    const { name, address, birthDate } = success("card info", info).data;
    for (const personal of [name, address, birthDate.raw]) expect(stored().includes(personal), personal).toBe(false);
    success("mykey notify", await mynakit(`mykey notify on --email ${"taro@example.jp"} ${json}`, pin));
    expect(stored().includes("taro@example.jp")).toBe(true);
  });

  test("is not asked for with a certificate of today: the PIN stays unsent, but status answers", async ({
    mynakit,
  }) => {
    const fresh = json.replace("sim:standard", "sim:renewed-today");
    expect(failed(await mynakit(`mykey show ${fresh}`, pin), "ERR_CERT_TOO_NEW").pinSent).toBe(false);
    const { data } = success("mykey status", await mynakit(`mykey status ${fresh}`, pin));
    expect(data).toMatchObject({ account: "none", certificate: { state: "waiting" } });
  });
});
