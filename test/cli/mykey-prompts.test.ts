import { describe, expect } from "vitest";
import { success } from "./support/documents.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const json = "--pin-stdin -r sim:standard --json";

describe("at a terminal", () => {
  test("an ID is revoked only when it is typed", async ({ mynakit, terminal }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const hesitant = terminal("mykey revoke -r sim:standard");
    await hesitant.sees("tries left):");
    hesitant.type(`1234${keys.enter}`);
    await hesitant.sees("Type your MyKey ID to revoke it:");
    hesitant.type(`${keys.enter}`);
    expect(await hesitant.ended()).toBe(130);
    expect(success("mykey show", await mynakit(`mykey show ${json}`, pin)).data.mykeyId).toBe(mykeyId);

    const sure = terminal("mykey revoke -r sim:standard");
    await sure.sees("tries left):");
    sure.type(`1234${keys.enter}`);
    await sure.sees("Type your MyKey ID to revoke it:");
    sure.type(`${mykeyId.toLowerCase()}${keys.enter}`);
    await sure.sees("is revoked for good");
    expect(await sure.ended()).toBe(0);
  });

  test("the next ID is proposed on request, and taken with a yes", async ({ mynakit, terminal }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const person = terminal("mykey change -r sim:standard --lang ja");
    await person.sees("残り 3/3 回");
    person.type(`1234${keys.enter}`);
    await person.sees("あと 2 回");
    person.type(`次${keys.enter}`);
    await person.sees("あと 1 回");
    person.type(`はい${keys.enter}`);
    await person.sees(`${mykeyId} はもう使えません`);
    expect(await person.ended()).toBe(0);
  });

  test.for(["n", "no", "いいえ"])("an ID stays as it is at the answer %s", async (word, { mynakit, terminal }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const person = terminal("mykey change -r sim:standard");
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("(2 left):");
    person.type(`${word}${keys.enter}`);
    await person.sees("Not confirmed, so it was not done.");
    expect(await person.ended()).toBe(130);
    expect(success("mykey show", await mynakit(`mykey show ${json}`, pin)).data.mykeyId).toBe(mykeyId);
  });

  test("a new password is asked for twice, and again where the two differ; it is never shown", async ({
    mynakit,
    terminal,
  }) => {
    success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin));
    const person = terminal("mykey password -r sim:standard");
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("New password of the MyKey account");
    person.type(`correct horse battery${keys.enter}`);
    await person.sees("once more:");
    person.type(`incorrect horse battery${keys.enter}`);
    await person.sees("The two are not the same.");
    person.type(`correct horse battery${keys.enter}`);
    await person.sees("once more:");
    person.type(`correct horse battery${keys.enter}`);
    await person.sees("The password is set.");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toContain("horse");
  });
});
