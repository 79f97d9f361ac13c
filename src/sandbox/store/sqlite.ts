import { accessSync, closeSync, constants, existsSync, openSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { MynakitError } from "../../errors.ts";
import { makeFolder, writing } from "../../files.ts";
import { type Access, requireOurs } from "./access.ts";
import { unusable } from "./failure.ts";
import type { Tables } from "./schema.ts";
import type { OpenDatabase, Reading } from "./store.ts";

/** How long SQLite waits for another process's transaction, in milliseconds. */
const busyTimeout = 5000;

/** SQLite result codes, without their extended part, that mean: cannot write. Source: sqlite.org/rescode.html */
const code = { permission: 3, readOnly: 8, full: 13, cannotOpen: 14 };
const writeCodes: ReadonlySet<number> = new Set(Object.values(code));

/**
 * Opens an SQLite file; to write, made with its folder where missing, for its owner alone: it holds keys and tokens. Once a
 * process: a connection that waits for another one's transaction stops the whole process, the other one with it.
 * @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function openSqlite(file: string, access: Access): Promise<OpenDatabase> {
  const explain = (error: unknown) => explainSqlite(file, error);
  try {
    const database = await (access === "read" ? openToRead(file) : openToWrite(file, access));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    return { db, name: file, explain, reading, lockMigrations: async () => undefined };
  } catch (error) {
    throw explain(error) ?? unusable(file, error);
  }
}

async function openToWrite(file: string, access: Access): Promise<SqliteDatabase> {
  makeFolder(path.dirname(file));
  // SQLite gives its other files the mode of this one.
  writing(file, () => closeSync(openSync(file, "a", 0o600)));
  const { DatabaseSync } = await import("@photostructure/sqlite");
  // A connection that may write does so to another program's file, too: it settles what that one left behind.
  const looking = await readOnly(file, !inUse(file));
  try {
    requireOurs(tablesIn(looking), access, file);
  } finally {
    looking.close();
  }
  return asKyselyDatabase(prepared(new DatabaseSync(file)), settled);
}

async function openToRead(file: string): Promise<SqliteDatabase> {
  const handle = await readOnly(file, !inUse(file) && !isWritable(path.dirname(file)));
  try {
    requireOurs(tablesIn(handle), "read", file);
    return asKyselyDatabase(handle, () => undefined);
  } catch (error) {
    handle.close();
    throw error;
  }
}

/**
 * A connection that writes nothing into the file.
 * @param alone true where nobody writes to it meanwhile: then no file is made beside it, and no lock is taken
 */
async function readOnly(file: string, alone: boolean): Promise<DatabaseSyncInstance> {
  const { DatabaseSync } = await import("@photostructure/sqlite");
  const url = pathToFileURL(file);
  if (alone) url.searchParams.set("immutable", "1");
  const handle = new DatabaseSync(url, { readOnly: true });
  handle.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
  return handle;
}

/** Whoever has a database of ours open has a file of its own beside it. */
const inUse = (file: string): boolean => existsSync(`${file}-wal`);

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const tablesIn = (handle: DatabaseSyncInstance): string[] =>
  handle
    .prepare("select name from sqlite_schema where type = 'table'")
    .all()
    .map(({ name }) => String(name));

/**
 * Brings all that was written into the file itself, so that a copy of it is whole. Another process that reads or writes
 * is not waited for: then the last one to close does it.
 */
function settled(handle: DatabaseSyncInstance): void {
  try {
    handle.exec("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // Nothing is lost: whoever opens the database next finds it in the file beside it.
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
function asKyselyDatabase(
  handle: DatabaseSyncInstance,
  beforeClosing: (handle: DatabaseSyncInstance) => void,
): SqliteDatabase {
  return {
    prepare: (text) => asKyselyStatement(handle, text === "begin" ? "begin immediate" : text),
    close() {
      beforeClosing(handle);
      handle.close();
    },
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
