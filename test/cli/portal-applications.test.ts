import { describe, expect } from "vitest";
import { apply, both, env, logIn, moving, signed } from "./support/applying.ts";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

describe("an application", () => {
  test("goes its way, and a done one cannot be withdrawn [row 143]", async ({ mynakit }) => {
    await logIn(mynakit);
    const id = success(apply, await mynakit([...moving, ...signed], both)).data.application?.id ?? "";
    const advance = async () =>
      success("sandbox application advance", await mynakit(`sandbox application advance ${id} --json`)).data.state;
    expect([await advance(), await advance(), await advance()]).toEqual(["under-review", "accepted", "done"]);
    expect(failed(await mynakit(`portal withdraw ${id} --json`), "ERR_PLATFORM_REFUSED").details.reason).toBe(
      "application-decided",
    );
    const shown = await mynakit(`portal applications ${id} --lang ja`);
    expect(shown.stdout).toMatch(/手続 +転出届 \(131105-moving-out\)[\s\S]*受付[\s\S]*審査中[\s\S]*受理[\s\S]*完了/);
    failed(await mynakit("portal applications 0000000000000000 --json"), "ERR_PLATFORM_REFUSED");
  });

  test("that moves is told of to who is registered, and named by the operator's log", async ({ mynakit }) => {
    await logIn(mynakit);
    success("portal register", await mynakit("portal register --nickname a --json"));
    const id = success(apply, await mynakit([...moving, ...signed], both)).data.application?.id ?? "";
    await mynakit(`sandbox application advance ${id} --json`);
    const { notices } = success("portal notices", await mynakit("portal notices --unread --json")).data;
    expect(notices.filter(({ kind }) => kind === "application-moved")).toMatchObject([{ about: id }, { about: id }]);
    const command = `mynakit portal applications ${id}`;
    expect((await mynakit("portal notices --lang ja")).stdout).toContain(`申請 ${id} の状態が変わりました: ${command}`);
    expect((await mynakit("portal notices --lang en")).stdout).toContain(command);
    success("mykey issue", await mynakit("mykey issue --yes --pin-stdin --json", { env, input: "1234\n" }));
    for (const [lang, sent] of [
      ["ja", "申請の送信"],
      ["en", "an application was sent"],
    ]) {
      const history = await mynakit(`mykey history --pin-stdin --lang ${lang}`, { env, input: "1234\n" });
      expect(history.stdout).toContain(sent);
    }
  });

  test("is returned with a reason, corrected by another, and withdrawn", async ({ mynakit }) => {
    await logIn(mynakit);
    const id = success(apply, await mynakit([...moving, ...signed], both)).data.application?.id ?? "";
    const reason = ["--reason", "異動日を確認してください"];
    const returned = await mynakit([..."sandbox application return".split(" "), id, ...reason, "--lang", "ja"]);
    expect(returned.stdout).toMatch(/手続 +転出届 [\s\S]*データベース +\S+sandbox\.db/);
    expect((await mynakit(`portal applications ${id} --lang ja`)).stdout).toContain("異動日を確認してください");
    const corrected = [...moving, "--corrects", id, ...signed];
    const next = success(apply, await mynakit(corrected, both)).data.application?.id ?? "";
    const states = async () =>
      Object.fromEntries(
        success("portal applications", await mynakit("portal applications --json")).data.applications.map((each) => [
          each.id,
          each.state,
        ]),
      );
    expect(await states()).toEqual({ [id]: "corrected", [next]: "received" });
    success("portal withdraw", await mynakit(`portal withdraw ${next} --json`));
    expect(await states()).toEqual({ [id]: "corrected", [next]: "withdrawn" });
  });
});
