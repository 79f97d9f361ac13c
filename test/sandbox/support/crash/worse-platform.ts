/** A process that serves as the platform does, but for one fault in how it keeps its state; prints where it listens. */
import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Kysely, type Transaction } from "kysely";
import { startSandbox } from "../../../../src/sandbox/server.ts";
import type { Tables } from "../../../../src/sandbox/store/schema.ts";

type Database = Kysely<Tables>;
type Work<T> = (transaction: Transaction<Tables>) => Promise<T>;
type Execute = <T>(database: Database, work: Work<T>) => Promise<T>;

const begin = Kysely.prototype.transaction;
const inTransaction: Execute = (database, work) => begin.call(database).execute((of) => work(of as never));

const faults: Readonly<Record<string, Execute>> = {
  "acknowledges before it commits": (database, work) =>
    new Promise((resolve, reject) => {
      const committed = inTransaction(database, async (transaction) => {
        resolve(await work(transaction));
        await delay(30);
      });
      committed.catch(reject);
    }),
  "forgets what it answered": (database, work) =>
    inTransaction(database, async (transaction) => {
      const answer = await work(transaction);
      await transaction.deleteFrom("remembered_answer").execute();
      return answer;
    }),
  "changes step by step": (database, work) => work(database as Transaction<Tables>),
};

const [, , fault = "", database = "", capacity = "", publicUrl] = process.argv;
const execute = faults[fault];
if (!execute) throw new TypeError(`no fault ${fault}`);
Kysely.prototype.transaction = function (this: Database) {
  return { execute: <T>(work: Work<T>) => execute(this, work) } as never;
};
const { listening } = await startSandbox({
  database,
  port: 0,
  clock: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
  reservationCap: Number(capacity),
  ...(publicUrl !== undefined && { publicUrl }),
});
process.stdout.write(`${listening}\n`);
