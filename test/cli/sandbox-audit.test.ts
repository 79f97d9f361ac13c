import path from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe, expect } from "vitest";
import { answer, failed, success } from "./support/documents.ts";
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
