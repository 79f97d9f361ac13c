import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sql } from "kysely";
import { expect } from "vitest";
import { openStore } from "../../src/sandbox/store/store.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const issue = "mykey issue --yes -r sim:standard --pin-stdin --json";

test("a platform that moved to another database knows its people, and its export is the same", async ({
  home,
  mynakit,
}) => {
  const { mykeyId } = success("mykey issue", await mynakit(issue, pin)).data;
  const file = path.join(home, "platform.ndjson");
  const moved = success("sandbox export", await mynakit(`sandbox export -o ${file} --json`)).data;
  expect(moved).toMatchObject({ accounts: 1, file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  failed(await mynakit(`sandbox export -o ${file} --json`), "ERR_IO_EXISTS");
  failed(await mynakit("sandbox export --json"), "ERR_USAGE_OPTION");
  const bytes = readFileSync(file);
  expect((await mynakit(`sandbox export -o ${file} --force --lang en`)).stdout).toMatch(/Accounts +1/);
  expect(readFileSync(file)).toEqual(bytes);

  const database = path.join(home, "other", "new.db");
  const there = `--database ${database}`;
  expect(success("sandbox import", await mynakit(`sandbox import ${file} ${there} --json`)).data).toEqual({
    ...moved,
    database,
  });
  success("sandbox user show", await mynakit(`sandbox user show ${mykeyId} ${there} --json`));
  const audit = success("sandbox audit verify", await mynakit(`sandbox audit verify ${there} --json`)).data;
  expect(audit).toMatchObject({ whole: true, lines: moved.auditLines });
  const twice = await mynakit(`sandbox import ${file} ${there} --lang ja`);
  expect(failedInWords(twice, "ERR_IO_DATABASE_USED")).toContain("空でない");
  const again = path.join(home, "again.ndjson");
  expect((await mynakit(`sandbox export -o ${again} ${there} --lang ja`)).stdout).toMatch(/監査ログの行数/);
  expect(readFileSync(again)).toEqual(bytes);
});

test("a file that is none, was cut or changed is refused in words, and no database is made of it", async ({
  home,
  mynakit,
}) => {
  success("mykey issue", await mynakit(issue, pin));
  const file = path.join(home, "platform.ndjson");
  await mynakit(`sandbox export -o ${file}`);
  const whole = readFileSync(file, "utf8");
  const database = path.join(home, "new.db");
  const cases = [
    [whole.slice(0, -100), "cut"],
    [whole.replace("active", "passiv"), "changed"],
    [whole.replace('"version":1', '"version":2'), "newer"],
    ["{}", "foreign"],
  ] as const;
  for (const [content, problem] of cases) {
    writeFileSync(file, content);
    const error = failed(await mynakit(`sandbox import ${file} --database ${database} --json`), "ERR_IO_EXPORT");
    expect(error.details).toMatchObject({ file, problem });
  }
  for (const lang of ["ja", "en"]) {
    failedInWords(await mynakit(`sandbox import ${file} --database ${database} --lang ${lang}`), "ERR_IO_EXPORT");
  }
  failed(await mynakit(`sandbox import /dev/null --database ${database} --json`), "ERR_IO_EXPORT");
  failed(await mynakit(`sandbox import ${home}/none --database ${database} --json`), "ERR_IO_READ");
  expect(statSync(database, { throwIfNoEntry: false })).toBeUndefined();
});

test("100,000 accounts move through little memory", { timeout: 240_000 }, async ({ home, mynakit }) => {
  const database = path.join(home, "many.db");
  const { db, close } = await openStore(database, Date.now);
  const numbers = sql`with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < 99999)`;
  await sql`insert into person (id, linkage, created_at)
    ${numbers} select printf('%032d', n), printf('linkage of %0100d', n), 0 from numbers`.execute(db);
  await sql`insert into mykey (id, furigana, person, state, issued_at)
    ${numbers} select printf('%08d', n), 'マイキー', printf('%032d', n), 'active', 0 from numbers`.execute(db);
  await close();
  const file = path.join(home, "many.ndjson");
  const little = { env: { NODE_OPTIONS: "--max-old-space-size=32" } };
  const exported = await mynakit(`sandbox export -o ${file} --database ${database} --json`, little);
  expect(success("sandbox export", exported).data.accounts).toBe(100_000);
  expect(statSync(file).size).toBeGreaterThan(20 * 1024 * 1024);
  const imported = await mynakit(`sandbox import ${file} --database ${home}/new.db --json`, little);
  expect(success("sandbox import", imported).data.accounts).toBe(100_000);
});
