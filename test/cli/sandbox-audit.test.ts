import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe, expect } from "vitest";
import { answer, failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const issue = "mykey issue --yes --pin-stdin -r sim:standard --json";

describe("sandbox audit verify", () => {
  test("says that the log is whole, and which line was changed or removed: exit code 1 [row 64]", async ({
    home,
    mynakit,
  }) => {
    success("mykey issue", await mynakit(issue, { input: "1234\n" }));
    const { data } = success("sandbox audit verify", await mynakit("sandbox audit verify --json"));
    expect(data).toMatchObject({ whole: true, problem: null });
    expect(data.lines).toBeGreaterThan(0);
    expect(data.hash).toMatch(/^[0-9a-f]{64}$/);

    const database = new DatabaseSync(path.join(home, "platform", "sandbox.db"));
    database.exec("update audit set at = at + 1 where sequence = 1");
    const changed = await mynakit("sandbox audit verify --json");
    expect(changed.code).toBe(1);
    expect(answer("sandbox audit verify", changed).data.problem).toEqual({ kind: "line-changed", sequence: 1 });
    database.exec(`delete from audit where sequence = ${data.lines}`);
    database.exec("update audit set at = at - 1 where sequence = 1");
    database.close();
    const removed = await mynakit("sandbox audit verify --json");
    expect(answer("sandbox audit verify", removed).data.problem).toEqual({ kind: "end-missing", sequence: data.lines });
    expect((await mynakit("sandbox audit verify --lang ja")).stdout).toContain("末尾が失われています");
    expect((await mynakit("sandbox audit verify --lang en")).stdout).toContain("ends too early");
  });

  test("does not make a database by looking for one", async ({ home, mynakit }) => {
    failed(await mynakit("sandbox audit verify --json"), "ERR_IO_READ");
    failed(await mynakit(["sandbox", "audit", "verify", "--json", "--database", `${home}/none.db`]), "ERR_IO_READ");
  });
});

test("a file that is no sandbox's database is refused and stays as it is, whatever its journal", async ({
  home,
  mynakit,
}) => {
  const empty = path.join(home, "empty.db");
  writeFileSync(empty, "");
  const foreign = (["delete", "wal"] as const).map((journal) => {
    const file = path.join(home, `${journal}.db`);
    const other = new DatabaseSync(file);
    other.exec(`pragma journal_mode = ${journal}; create table moz_cookies (id integer)`);
    other.close();
    return file;
  });
  const commands = ["audit verify", "capacity --set 1", "close", "export -o out", "clock show"];
  const cases = [
    ...commands.flatMap((command) => [empty, ...foreign].map((file) => [command, file] as const)),
    ...foreign.map((file) => ["start --port 0", file] as const),
  ];
  for (const [command, file] of cases) {
    const before = readFileSync(file);
    const outcome = await mynakit(["sandbox", ...command.split(" "), "--json", "--database", file]);
    expect(failed(outcome, "ERR_IO_DATABASE").details.problem, command).toBe(file === empty ? "empty" : "foreign");
    expect(readFileSync(file).equals(before), `${command} ${file}`).toBe(true);
  }
  const words = async (lang: string, file: string) =>
    failedInWords(await mynakit(`sandbox audit verify --database ${file} --lang ${lang}`), "ERR_IO_DATABASE");
  expect(await words("ja", empty)).toContain("空です");
  expect(await words("en", String(foreign[0]))).toContain("another program's database");
});

test("a copy of the database alone is whole once a command or the sandbox has ended, and verified without a change", async ({
  home,
  mynakit,
  start,
}) => {
  const lines = async (file: string) =>
    success("sandbox audit verify", await mynakit(`sandbox audit verify --json --database ${file}`)).data.lines;
  const copied = async (file: string) => {
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    const before = readFileSync(copy);
    const found = await lines(copy);
    expect(readFileSync(copy).equals(before)).toBe(true);
    return found;
  };
  success("mykey issue", await mynakit(issue, { input: "1234\n" }));
  const embedded = path.join(home, "platform", "sandbox.db");
  expect(await copied(embedded)).toBeGreaterThan(0);
  const served = path.join(home, "served.db");
  const sandbox = start(["sandbox", "start", "--port", "0", "--database", served]);
  const there = await sandbox.line();
  success("mykey issue", await mynakit(`${issue} --platform ${there}`, { input: "1234\n" }));
  const running = await lines(served);
  await sandbox.stop("SIGTERM");
  expect(await copied(served)).toBe(running);
});

test("verifying brings no older schema up to date", async ({ home, mynakit }) => {
  success("sandbox capacity", await mynakit("sandbox capacity --set 1 --json"));
  const file = path.join(home, "platform", "sandbox.db");
  const database = new DatabaseSync(file);
  database.exec("delete from schema_migration where id = (select max(id) from schema_migration)");
  const versions = () => database.prepare("select count(*) as n from schema_migration").get();
  const before = versions();
  success("sandbox audit verify", await mynakit("sandbox audit verify --json"));
  expect(versions()).toEqual(before);
  database.close();
});

test("sandbox start --capacity: the reservation past the last place is refused in words of its own", async ({
  mynakit,
  start,
}) => {
  const sandbox = start("sandbox start --port 0 --capacity 1");
  const there = `--platform ${await sandbox.line()}`;
  const input = "1234\n";
  success("mykey issue", await mynakit(`${issue} ${there}`, { input }));
  success("sim create", await mynakit("sim create second --json"));
  const second = issue.replace("sim:standard", "sim:second");
  const error = failed(await mynakit(`${second} ${there}`, { input }), "ERR_PLATFORM_REFUSED");
  expect(error).toMatchObject({ details: { reason: "capacity-reached" }, pinSent: true });
  const told = await mynakit(`${second.replace("--json", "--lang ja")} ${there}`, { input });
  expect(told.stderr).toContain("上限に達した");
  failed(await mynakit("sandbox start --port 0 --capacity many --json"), "ERR_USAGE_OPTION");
});
