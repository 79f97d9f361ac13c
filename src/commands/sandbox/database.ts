import { existsSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../../errors.ts";
import type { ReadStore, Store } from "../../sandbox/store/store.ts";
import type { Input } from "../command.ts";
import type { Context } from "../context.ts";

/** That of the embedded platform. */
export const embeddedDatabase = (home: string): string => path.join(home, "platform", "sandbox.db");

/** The database that `--database` names; the embedded platform's where it names none. */
export const databaseOf = ({ home }: Pick<Context, "home">, { options }: Input): string =>
  String(options.database ?? embeddedDatabase(home));

/**
 * Opens a database that is there for a command of the operator. A file is never made by looking at it.
 * @param sets true where the operator may set something before the embedded platform was ever used
 * @throws {MynakitError} ERR_IO_READ where there is no such file, ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function withStore<T>(
  context: Context,
  input: Input,
  work: (store: Store) => Promise<T>,
  sets = false,
): Promise<T> {
  if (sets && isEmbedded(input)) return withMadeStore(context, input, work);
  requireThere(databaseOf(context, input));
  return closing(await opened(context, input, "change"), work);
}

/** The same, for a command that only reads: it writes nothing, not even a newer schema. @throws {MynakitError} as `withStore` */
export async function withReadStore<T>(
  context: Context,
  input: Input,
  work: (store: ReadStore) => Promise<T>,
): Promise<T> {
  const database = databaseOf(context, input);
  requireThere(database);
  const { openReadStore } = await import("../../sandbox/store/store.ts");
  return closing(await openReadStore(database), work);
}

/** The same, with an SQLite file that is made where there is none. @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE */
export async function withMadeStore<T>(context: Context, input: Input, work: (store: Store) => Promise<T>): Promise<T> {
  return closing(await opened(context, input, "make"), work);
}

async function opened(context: Context, input: Input, access: "make" | "change"): Promise<Store> {
  const { openStore } = await import("../../sandbox/store/store.ts");
  const clock = context.clock({ embeddedPlatform: isEmbedded(input) });
  return openStore(databaseOf(context, input), () => clock().getTime(), access);
}

async function closing<S extends ReadStore, T>(store: S, work: (store: S) => Promise<T>): Promise<T> {
  const { Refusal, refused } = await import("../../sandbox/refusal.ts");
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof Refusal) throw refused(error);
    throw store.explain(error) ?? error;
  } finally {
    await store.close();
  }
}

function requireThere(database: string): void {
  if (isUrl(database) || existsSync(database)) return;
  throw new MynakitError("ERR_IO_READ", { path: database, reason: "ENOENT" });
}

const isEmbedded = ({ options }: Input): boolean => options.database === undefined;

const isUrl = (database: string): boolean => /^postgres(ql)?:/.test(database);
