import { describe, expect, onTestFinished } from "vitest";
import { recordOf } from "./support/cards.ts";
import { success } from "./support/documents.ts";
import { type Line, layLine } from "./support/line.ts";
import { freePort } from "./support/ports.ts";
import { keys } from "./support/terminal.ts";
import { type Fixtures, test } from "./support/test.ts";

const card = "-r sim:standard";

/** A platform behind a line that lets the next request of a path wait for `go`. */
async function slowPlatform(start: Fixtures["start"], path: RegExp): Promise<{ line: Line; go: () => void }> {
  const line = await layLine();
  onTestFinished(() => line.close());
  const port = await freePort();
  await start(`sandbox start --port ${port} --public-url ${line.url}`).line();
  line.leadTo(`http://127.0.0.1:${port}`);
  let go = (): void => {};
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  line.passWith(async (request, forward) => {
    if (path.test(request.path)) await gone;
    return forward();
  });
  return { line, go };
}

describe("whoever holds the card", () => {
  test.for([
    ["en", "The card may be removed now."],
    ["ja", "カードを取り外してもかまいません。"],
  ] as const)(
    "is told (%s) when to take it away, and need not wait for the platform's answer [row 82]",
    async ([lang, words], { start }) => {
      const { line, go } = await slowPlatform(start, /token$/);
      const login = start(`portal login --pin-stdin --lang ${lang} --platform ${line.url} ${card}`);
      login.child.stdin.end("1234\n");
      await login.tells(new RegExp(words));
      go();
      expect(await login.ended).toMatchObject({ code: 0, stderr: `${words}\n` });
    },
  );

  test("sees on a terminal to keep it still, and then that it may go, while the platform thinks [row 82]", async ({
    start,
    terminal,
  }) => {
    const { line, go } = await slowPlatform(start, /token$/);
    const person = terminal(`portal login --lang ja --platform ${line.url} ${card}`);
    await person.sees("残り 3/3 回）:");
    person.type(`1234${keys.enter}`);
    await person.sees("カードを取り外してもかまいません。");
    await person.sees("接続先に問い合わせています");
    go();
    await person.sees("ログインしました。");
    expect(await person.ended()).toBe(0);
  });

  test("is asked for the PIN while nobody holds the card: another program can use it meanwhile [row 83]", async ({
    home,
    mynakit,
    terminal,
  }) => {
    const person = terminal(`portal login ${card}`);
    await person.sees("3 of 3 tries left):");
    success("pin tries", await mynakit(`pin tries ${card} --json`));
    expect(recordOf(home, "standard", "auth")).toMatchObject({ verifies: 0 });
    person.type(`1234${keys.enter}`);
    await person.sees("The card may be removed now.");
    expect(await person.ended()).toBe(0);
  });
});
