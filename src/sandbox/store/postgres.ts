import { Kysely, PostgresDialect, sql } from "kysely";
import { MynakitError } from "../../errors.ts";
import { type Access, requireOurs } from "./access.ts";
import { unusable } from "./failure.ts";
import type { Db, Tables } from "./schema.ts";
import type { OpenDatabase, Reading } from "./store.ts";

/** PostgreSQL's type number of int8, which pg would hand out as text. */
const int8 = 20;
/** Any number that no other program on the same database is likely to lock. */
const migrationLock = 0x6d796e61;
/** How long a connection may take, in milliseconds. */
const connectTimeout = 10_000;

/**
 * Opens a PostgreSQL database.
 * @throws {MynakitError} ERR_IO_DATABASE: the URL cannot be understood, the server is away, the schema is another program's
 */
export async function openPostgres(url: string, access: Access): Promise<OpenDatabase> {
  const name = withoutPassword(url);
  const explain = (error: unknown) => (error instanceof MynakitError ? undefined : unusable(name, error));
  const { Pool, types } = await import("pg");
  const getTypeParser: typeof types.getTypeParser = (oid, format) =>
    oid === int8 ? Number : types.getTypeParser(oid, format);
  try {
    const pool = new Pool({
      connectionString: url,
      connectionTimeoutMillis: connectTimeout,
      types: { getTypeParser },
    });
    // A connection that breaks while idle is replaced at the next query, which tells what is wrong if that fails too.
    pool.on("error", () => undefined);
    // One that breaks between two queries of a transaction has nobody who listens, and that would end the process.
    pool.on("connect", (client) => client.on("error", () => undefined));
    const connections = () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    try {
      requireOurs(await tablesIn(db), access, name);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return { db, name, explain, connections, reading, lockMigrations };
  } catch (error) {
    throw unusable(name, error);
  }
}

const reading: Reading = {
  begin: "begin isolation level repeatable read read only",
  collation: "C",
  async *rows<R>(db: Db, query: Parameters<Reading["rows"]>[1]) {
    await sql.raw(`declare moving no scroll cursor for ${query.compile().sql}`).execute(db);
    for (;;) {
      const { rows } = await sql<R>`fetch 1000 from moving`.execute(db);
      if (rows.length === 0) break;
      yield* rows;
    }
    await sql`close moving`.execute(db);
  },
};

async function tablesIn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_catalog.pg_tables where schemaname = current_schema()`.execute(db);
  return rows.map(({ name }) => name);
}

async function lockMigrations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(db);
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "postgres:";
  const shown = new URL(url);
  shown.password = "";
  shown.search = "";
  return shown.href;
}
