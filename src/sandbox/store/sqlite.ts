import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { MynakitError } from "../../errors.ts";
import type { Tables } from "./schema.ts";
import type { OpenDatabase } from "./store.ts";

/** How long SQLite waits for another process's transaction, in milliseconds. */
const busyTimeout = 5000;

/** SQLite result codes (sqlite.org/rescode.html), without their extended part. */
const code = { permission: 3, busy: 5, locked: 6, readOnly: 8, full: 13, cannotOpen: 14, notADatabase: 26 };
const writeCodes: ReadonlySet<number> = new Set([code.permission, code.readOnly, code.full, code.cannotOpen]);

/**
 * Opens an SQLite file, made with its folder where missing; only its owner may read the folder.
 * @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function openSqlite(file: string): Promise<OpenDatabase> {
  const explain = (error: unknown) => explainSqlite(file, error);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const { DatabaseSync } = await import("@photostructure/sqlite");
    const handle = new DatabaseSync(file);
    // FULL: an acknowledged transaction survives a power cut, not only the end of the process.
    handle.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    handle.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(handle) }) });
    return { db, name: file, explain, lockMigrations: async () => undefined };
  } catch (error) {
    throw explain(error);
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
    iterate: (values) => statement.iterate(...bindable(values)),
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

function explainSqlite(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const result = Number((error as { errcode?: unknown }).errcode ?? 0) & 0xff;
  const systemError = typeof (error as NodeJS.ErrnoException).syscall === "string";
  if (systemError || writeCodes.has(result)) {
    return new MynakitError("ERR_IO_WRITE", { path: file, reason }, { cause: error });
  }
  return new MynakitError("ERR_IO_DATABASE", { database: file, reason }, { cause: error });
}
