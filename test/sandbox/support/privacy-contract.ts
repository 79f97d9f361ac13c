import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { cardFile, changeCard } from "../../cli/support/cards.ts";
import { success } from "../../cli/support/documents.ts";
import { contentsOf, filesIn, findIn } from "../../cli/support/search.ts";
import { makeHome, test as plainTest, removeHome } from "../../cli/support/test.ts";
import { allSecrets, type CommandLine, commandLines, secrets } from "../../guard/support/command-lines.ts";
import { clockEnv, platformNow } from "./crash/clock.ts";

const test = plainTest.override("env", clockEnv);
const password = "correct horse battery";
const wrongPassword = "wrong horse staple";
const service = "mynapay";
const { auth, text } = secrets;

/**
 * What a platform must not know: people use every command that talks to a card or changes an account, and then all that
 * is left of it on disk is searched.
 * @param freshDatabase names an empty database: a path in the folder of all state, or a URL
 * @param dump what the database holds besides the files there, as Latin-1
 */
export function privacyContract(
  freshDatabase: (home: string) => Promise<string>,
  dump: (database: string) => Promise<ReadonlyMap<string, string>>,
): void {
  test("no My Number, PIN, password, name, address or birth date is kept by platform or program", async ({
    home,
    mynakit,
    start,
    onTestFinished,
  }) => {
    const outside = makeHome();
    onTestFinished(() => removeHome(outside));
    const database = await freshDatabase(home);
    await mynakit("sim create mine");
    givePins(home);
    const platform = start(["sandbox", "start", "--port", "0", "--database", database]);
    const url = await platform.line();

    let runs = 0;
    const run = async ({ words, pins }: CommandLine) => {
      const folder = path.join(outside, `${runs++}`);
      mkdirSync(path.join(folder, "out"), { recursive: true });
      const line = [...words.replaceAll("HOME", folder).split(" "), "--json", "--platform", url, "-r", "sim:mine"];
      const outcome = await mynakit([...line, ...(pins ? ["--pin-stdin"] : [])], { input: `${pins?.join("\n")}\n` });
      expect(outcome, `${words}: ${outcome.stdout}${outcome.stderr}`).toMatchObject({ code: 0 });
      return outcome;
    };
    const withCard = (words: string, ...more: string[]) => run({ words, pins: [auth, ...more] });
    const operator = (words: string) => mynakit([...words.split(" "), "--database", database, "--json"]);

    const person = success("card info", await run({ words: "card info", pins: [text] })).data;
    const number = success("card number", await run({ words: "card number --yes --reveal", pins: [text] })).data;
    // An application says who applies: the platform is handed it to keep it.
    const { "pin change": changes, "portal procedures apply": _kept, ...others } = commandLines;
    for (const lines of Object.values(others)) for (const line of lines) await run(line);

    const { mykeyId } = success("mykey show", await withCard("mykey show")).data;
    await withCard("mykey notify on --email somebody@example.jp");
    await withCard("mykey points-account 131130");
    await withCard("mykey profile");
    await withCard("mykey password", password);
    await run({ words: `mykey show --mykey-id ${mykeyId}`, pins: [password] });
    const wrong = { input: `${wrongPassword}\n` };
    await mynakit(`mykey show --mykey-id ${mykeyId} --pin-stdin --platform ${url} --json`, wrong);
    const { token } = success("sandbox service add", await operator(`sandbox service add ${service}`)).data;
    const opened = await operator(`sandbox service account ${service} mine --holder ${mykeyId}`);
    const { securityCode } = success("sandbox service account", opened).data;
    const codeFile = path.join(outside, "code");
    writeFileSync(codeFile, securityCode, { mode: 0o600 });
    await withCard(`points apply --yes --service ${service} --service-id mine --code-file ${codeFile}`);
    success("sandbox charge", await operator(`sandbox charge ${service} mine 5000`));
    await withCard("points history");
    await withCard("mykey history");
    await withCard("mykey report-leak --yes");
    success("sandbox user lift", await operator(`sandbox user lift ${mykeyId}`));
    await withCard(`mykey revoke --confirm ${mykeyId}`);
    await withCard("mykey issue --yes");
    for (const line of changes) await run(line);
    success("sandbox audit verify", await operator("sandbox audit verify"));

    const searched = async () =>
      new Map([
        ...contentsOf(filesIn(home).filter((file) => file !== cardFile(home, "mine"))),
        ...(await dump(database)),
      ]);
    const kept = {
      ...Object.fromEntries(allSecrets.map((secret, at) => [`PIN ${at}`, secret])),
      number: number.number,
      ...namesIn(person.name),
      address: person.address,
      ...(person.birthDate as Record<string, string>),
      password,
      wrongPassword,
      token,
      securityCode,
    };
    expect(Object.values(kept)).not.toContain(undefined);
    expect(findIn(await searched(), kept)).toEqual([]);
    await plant(database, Object.values(kept));
    const found = findIn(await searched(), kept).map((finding) => finding.split(" as ")[0]);
    expect(new Set(found)).toEqual(new Set(Object.keys(kept)));
  }, 300_000);
}

/** Values that stand nowhere else in what a program says. */
function givePins(home: string): void {
  const { sign, a, b } = secrets;
  const values = new Map(Object.entries({ auth, sign, text, "text-a": a, "text-b": b, "visual-a": a, "visual-b": b }));
  changeCard(home, "mine", (image) => ({
    ...image,
    pins: image.pins.map((pin) => ({ ...pin, value: values.get(pin.id) ?? pin.value })),
  }));
}

function namesIn(name: string) {
  const [family = "", given = ""] = name.split(/\s/);
  return { name, family, given };
}

/** Proves that the search looks into the database. */
async function plant(database: string, values: readonly string[]): Promise<void> {
  const { db, close } = await openStore(database, platformNow);
  for (const [at, value] of values.entries()) {
    await db
      .insertInto("meta")
      .values({ name: `planted ${at}`, value })
      .execute();
  }
  await close();
}
