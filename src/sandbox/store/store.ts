import type { SelectQueryBuilder } from "kysely";
import type { MynakitError } from "../../errors.ts";
import type { Access } from "./access.ts";
import { unusable } from "./failure.ts";
import { migrate } from "./migrations.ts";
import { openPostgres } from "./postgres.ts";
import type { Db } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";
import { readStanding, type WatchedStanding, watchStanding } from "./standing.ts";

/** The platform's memory. */
export interface Store {
  readonly db: Db;
  /** The state of its connections, where it has more than one. */
  readonly connections?: () => Connections;
  readonly reading: Reading;
  /** Its path or URL, without a password. */
  readonly name: string;
  /** The platform's time, in milliseconds since the epoch: the process's, as far ahead as the operator has set it. */
  now(): number;
  readonly standing: WatchedStanding;
  /** Forgets what has run out: nonces, assertion ids, proposals, tokens, remembered answers. */
  sweep(): Promise<void>;
  /** A failure of the database in mynakit's words; undefined where the database is not to blame. */
  explain(error: unknown): MynakitError | undefined;
  close(): Promise<void>;
}

/** How to read everything as it stood at one moment, while others write. */
export interface Reading {
  /** Begins a transaction that sees nothing of what is written after its first query. */
  readonly begin: string;
  /** Orders texts by their bytes. */
  readonly collation: string;
  /** The rows of a query without values, as they are asked for. @param db in such a transaction */
  rows<R>(db: Db, query: SelectQueryBuilder<never, never, R>): AsyncIterable<R>;
}

/** Connections that there are, those of them that have nothing to do, and requests that wait for one. */
export interface Connections {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** An opened database before its schema is brought up to date. */
export interface OpenDatabase extends Pick<Store, "db" | "name" | "explain" | "connections" | "reading"> {
  /** Lets one process migrate at a time. */
  lockMigrations(db: Db): Promise<void>;
}

/** How long the answer to an idempotent request is remembered. */
const idempotencyLife = 24 * 60 * 60 * 1000;

/**
 * Opens the database, a `postgres://` URL or the path of an SQLite file, and brings its schema up to date.
 * @param processNow the time of the process, in milliseconds since the epoch
 * @param access `change` refuses a database that no sandbox has used yet
 * @throws {MynakitError} ERR_IO_DATABASE (no database, of another program or a newer mynakit, locked, not reachable),
 *   ERR_IO_WRITE (the folder or file cannot be written)
 */
export async function openStore(
  database: string,
  processNow: () => number,
  access: Exclude<Access, "read"> = "make",
): Promise<Store> {
  const opened = await open(database, access);
  const { db, name, explain, connections, reading } = opened;
  try {
    await migrate(db, opened.lockMigrations, processNow);
    const standing = watchStanding(db, await readStanding(db));
    const now = () => processNow() + standing.current().ahead;
    const known = connections && { connections };
    const close = () => db.destroy();
    return { db, name, explain, reading, ...known, now, standing, sweep: () => sweep(db, now()), close };
  } catch (error) {
    await db.destroy();
    throw explain(error) ?? unusable(name, error);
  }
}

/** What can be asked of a database without bringing its schema up to date. */
export type ReadStore = Pick<Store, "db" | "name" | "explain" | "close">;

/** Opens a sandbox's database and writes nothing into it. @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE */
export async function openReadStore(database: string): Promise<ReadStore> {
  const { db, name, explain } = await open(database, "read");
  return { db, name, explain, close: () => db.destroy() };
}

const open = (database: string, access: Access): Promise<OpenDatabase> =>
  /^postgres(ql)?:/.test(database) ? openPostgres(database, access) : openSqlite(database, access);

const expiring = [
  "challenge",
  "assertion_jti",
  "proposal",
  "oidc_payload",
  "throttle",
  "id_change",
  "login_session",
  "device_login",
  "page_session",
  "page_ticket",
] as const;

async function sweep(db: Db, now: number): Promise<void> {
  for (const table of expiring) {
    await db.deleteFrom(table).where("expires_at", "<=", now).execute();
  }
  await db
    .deleteFrom("remembered_answer")
    .where("created_at", "<=", now - idempotencyLife)
    .execute();
}
