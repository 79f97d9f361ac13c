import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { schemaVersion } from "../../src/sandbox/store/migrations.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { now } from "../sandbox/support/cards.ts";
import { changeContract } from "../sandbox/support/change-contract.ts";
import { storeContract } from "../sandbox/support/store-contract.ts";
import { administer, freshDatabase, server } from "./support/database.ts";

describe("a store on PostgreSQL", () => {
  storeContract(freshDatabase);
  changeContract(freshDatabase, 2);

  test("is made by one of several that start at once", async () => {
    const database = await freshDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(database, () => now.getTime())));
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });
    const histories = stores.map(({ db }) => db.selectFrom("schema_migration").select("id").execute());
    const each = Array.from({ length: schemaVersion }, (_, index) => ({ id: index + 1 }));
    expect(await Promise.all(histories)).toEqual(Array(5).fill(each));
  });

  test("says that the server is away, without the password", async () => {
    const opening = openStore("postgres://user:geheim@127.0.0.1:1/nowhere", () => now.getTime());
    await expect(opening).rejects.toMatchObject({
      code: "ERR_IO_DATABASE",
      details: { database: "postgres://user@127.0.0.1:1/nowhere", reason: expect.stringContaining("ECONNREFUSED") },
    });
  });

  test("says that the schema is another program's, and that an empty one is no sandbox's", async () => {
    const database = await freshDatabase();
    const opening = (access: "make" | "change") => openStore(database, () => now.getTime(), access);
    await expect(opening("change")).rejects.toMatchObject({ code: "ERR_IO_DATABASE", details: { problem: "empty" } });
    const other = new pg.Client({ connectionString: database });
    await other.connect();
    await other.query("create table moz_cookies (id integer)");
    await expect(opening("make")).rejects.toMatchObject({ code: "ERR_IO_DATABASE", details: { problem: "foreign" } });
    const { rows } = await other.query("select tablename from pg_tables where schemaname = 'public'");
    await other.end();
    expect(rows).toEqual([{ tablename: "moz_cookies" }]);
  });

  test("says that the database does not exist", async () => {
    const url = new URL(server);
    url.pathname = "/there_is_none";
    await expect(openStore(url.href, () => now.getTime())).rejects.toMatchObject({
      code: "ERR_IO_DATABASE",
      details: { reason: expect.stringContaining("does not exist") },
    });
  });

  test("says that the URL cannot be understood", async () => {
    await expect(openStore("postgres://[", () => now.getTime())).rejects.toMatchObject({ code: "ERR_IO_DATABASE" });
  });

  test("fails a transaction whose connection is cut while it does something else, and nothing beside it", async () => {
    const store = await openStore(await freshDatabase(), () => now.getTime());
    onTestFinished(() => store.close());
    const cut = store.db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await administer(`select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
      // The news of it is read here, with no query to tell it to.
      await delay(50);
      await transaction.insertInto("meta").values({ name: "half", value: "" }).execute();
    });
    await expect(cut).rejects.toThrow(/terminat|not queryable/);
    expect(await store.db.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  test("works on after the server has cut its connections", async () => {
    const database = await freshDatabase();
    const store = await openStore(database, () => now.getTime());
    onTestFinished(() => store.close());
    const { pathname } = new URL(database);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${pathname.slice(1)}'`);
    await expect
      .poll(() =>
        store.db
          .selectFrom("meta")
          .selectAll()
          .execute()
          .catch(() => "not yet"),
      )
      .toEqual([]);
  });
});
