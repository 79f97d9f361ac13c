import { existsSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../../errors.ts";
import type { Store } from "../../sandbox/store/store.ts";
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
  const database = databaseOf(context, input);
  if (!(sets && isEmbedded(input)) && !isUrl(database) && !existsSync(database)) {
    throw new MynakitError("ERR_IO_READ", { path: database, reason: "ENOENT" });
  }
  return withMadeStore(context, input, work);
}

/** The same, with an SQLite file that is made where there is none. @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE */
export async function withMadeStore<T>(context: Context, input: Input, work: (store: Store) => Promise<T>): Promise<T> {
  const { Refusal, refused } = await import("../../sandbox/refusal.ts");
  const { openStore } = await import("../../sandbox/store/store.ts");
  const clock = context.clock({ embeddedPlatform: isEmbedded(input) });
  const store = await openStore(databaseOf(context, input), () => clock().getTime());
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof Refusal) throw refused(error);
    throw store.explain(error) ?? error;
  } finally {
    await store.close();
  }
}

const isEmbedded = ({ options }: Input): boolean => options.database === undefined;

const isUrl = (database: string): boolean => /^postgres(ql)?:/.test(database);
