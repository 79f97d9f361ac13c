import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/sandbox/store/store.ts";
import { now } from "./support/cards.ts";
import { changeContract } from "./support/change-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";
import { storeContract } from "./support/store-contract.ts";

const time = () => now.getTime();
const fresh = async () => path.join(temporaryFolder(), "platform", "sandbox.db");

describe("a store in an SQLite file", () => {
  storeContract(fresh);
  changeContract(fresh, 1);

  test("can be read by its owner alone, its companions too", async () => {
    const file = await fresh();
    const store = await openStore(file, time);
    onTestFinished(() => store.close());
    const modes = await Promise.all(
      [file, `${file}-wal`, path.dirname(file)].map(async (name) => (await stat(name)).mode & 0o077),
    );
    expect(modes).toEqual([0, 0, 0]);
  });

  test("refuses values that SQLite would lose", async () => {
    const store = await openStore(await fresh(), time);
    onTestFinished(() => store.close());
    const value = new Date() as unknown as string;
    await expect(store.db.insertInto("meta").values({ name: "date", value }).execute()).rejects.toThrow(TypeError);
  });

  test("says that a file is no database, and leaves it alone", async () => {
    const file = path.join(temporaryFolder(), "letter.txt");
    await writeFile(file, "Dear Sir or Madam, ".repeat(100));
    await expect(openStore(file, time)).rejects.toMatchObject({
      code: "ERR_IO_DATABASE",
      details: { database: file, reason: "file is not a database" },
    });
    expect((await stat(file)).size).toBe(1900);
  });

  test("says that another program's database is none of ours", async () => {
    const file = path.join(temporaryFolder(), "other.db");
    const other = new DatabaseSync(file);
    other.exec("create table meta (something integer)");
    other.close();
    await expect(openStore(file, time)).rejects.toMatchObject({ code: "ERR_IO_DATABASE" });
  });

  test("says that another program keeps it locked", { timeout: 20_000 }, async () => {
    const file = await fresh();
    await (await openStore(file, time)).close();
    const holder = new DatabaseSync(file);
    onTestFinished(() => holder.close());
    holder.exec("begin exclusive");
    const store = await openStore(file, time);
    onTestFinished(() => store.close());
    const failure = await store.db
      .insertInto("meta")
      .values({ name: "a", value: "b" })
      .execute()
      .catch((error) => store.explain(error));
    expect(failure).toMatchObject({ code: "ERR_IO_DATABASE", details: { reason: "database is locked" } });
  });

  test("says that it cannot write where it cannot", async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "file"), "");
    await mkdir(path.join(folder, "sandbox.db"));
    for (const file of [path.join(folder, "file", "sandbox.db"), path.join(folder, "sandbox.db"), "/proc/sandbox.db"]) {
      await expect(openStore(file, time), file).rejects.toMatchObject({
        code: "ERR_IO_WRITE",
        details: { path: file },
      });
    }
  });

  test("is made by one of several processes that start at once", async () => {
    const file = await fresh();
    const script = path.join(import.meta.dirname, "support", "open-store.ts");
    const outputs = Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ["--import", "tsx", script, file], {
        stdio: ["ignore", "inherit", "inherit"],
      });
      const [code] = await once(child, "exit");
      return code;
    });
    expect(await Promise.all(outputs)).toEqual([0, 0, 0, 0]);
  });
});
