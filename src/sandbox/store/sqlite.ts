import { closeSync, openSync } from "node:fs";
import path from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { MynakitError } from "../../errors.ts";
import { makeFolder, writing } from "../../files.ts";
import { unusable } from "./failure.ts";
import type { Tables } from "./schema.ts";
import type { OpenDatabase, Reading } from "./store.ts";

/** How long SQLite waits for another process's transaction, in milliseconds. */
const busyTimeout = 5000;

/** SQLite result codes, without their extended part, that mean: cannot write. Source: sqlite.org/rescode.html */
const code = { permission: 3, readOnly: 8, full: 13, cannotOpen: 14 };
const writeCodes: ReadonlySet<number> = new Set(Object.values(code));

/**
 * Opens an SQLite file, made with its folder where missing, for its owner alone: it holds keys and tokens. Once a
 * process: a connection that waits for another one's transaction stops the whole process, the other one with it.
 * @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function openSqlite(file: string): Promise<OpenDatabase> {
  const explain = (error: unknown) => explainSqlite(file, error);
  try {
    makeFolder(path.dirname(file));
    // SQLite gives its other files the mode of this one.
    writing(file, () => closeSync(openSync(file, "a", 0o600)));
    const { DatabaseSync } = await import("@photostructure/sqlite");
    const handle = prepared(new DatabaseSync(file));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(handle) }) });
    return { db, name: file, explain, reading, lockMigrations: async () => undefined };
  } catch (error) {
    throw explain(error) ?? unusable(file, error);
  }
}

/** DEFERRED: holds up no writer, as "begin" of `asKyselyDatabase` would. */
const reading: Reading = { begin: "begin deferred", collation: "binary", rows: (_db, query) => query.stream() };

/** FULL: an acknowledged transaction survives a power cut, not only the end of the process. */
function prepared(handle: DatabaseSyncInstance): DatabaseSyncInstance {
  try {
    handle.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    handle.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** Kysely expects better-sqlite3; this is node:sqlite. The handle stays referenced: a collected one ends its statements. */
function asKyselyDatabase(handle: DatabaseSyncInstance): SqliteDatabase {
  return {
    prepare: (text) => asKyselyStatement(handle, text === "begin" ? "begin immediate" : text),
    close: () => handle.close(),
  };
}

type Bindable = string | number | bigint | Uint8Array | null;

function asKyselyStatement(handle: DatabaseSyncInstance, text: string): SqliteStatement {
  const statement = handle.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...bindable(values)),
    run: (values) => statement.run(...bindable(values)),
    // A generator: its iterator alone would not keep the statement from being collected, which ends the process.
    *iterate(values) {
      yield* statement.iterate(...bindable(values));
    },
  };
}

/** node:sqlite stores a Date or an object as NULL without a word: refuse instead. */
function bindable(values: readonly unknown[]): Bindable[] {
  return values.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "bigint") return value;
    if (Number.isSafeInteger(value) || value instanceof Uint8Array) return value as number | Uint8Array;
    throw new TypeError(`a value of type ${typeof value} cannot be stored`);
  });
}

function explainSqlite(file: string, error: unknown): MynakitError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errcode, message: reason } = error as Error & { errcode?: number };
  if (errcode === undefined) return undefined;
  if (writeCodes.has(errcode & 0xff)) return new MynakitError("ERR_IO_WRITE", { path: file, reason }, { cause: error });
  return unusable(file, error);
}
