import path from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe } from "vitest";
import { privacyContract } from "./support/privacy-contract.ts";

describe("with an SQLite file among the program's own", () => {
  // Besides the bytes of the file, where nothing separates one value from the next.
  const rowsOf = async (database: string) => {
    const handle = new DatabaseSync(database, { readOnly: true });
    const tables = handle.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    const rows = tables.map(({ name }) => handle.prepare(`select * from "${name}"`).all());
    handle.close();
    return new Map([["rows", Buffer.from(JSON.stringify(rows)).toString("latin1")]]);
  };
  privacyContract(async (home) => path.join(home, "platform", "sandbox.db"), rowsOf);
});
