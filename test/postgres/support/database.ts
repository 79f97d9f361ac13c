import { randomBytes } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";

/** A server on which databases can be made, e.g. postgres://lab@127.0.0.1:55432/postgres. */
export const server = process.env.MYNAKIT_TEST_POSTGRES ?? "";

export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** The URL of an empty database that goes with the test. */
export async function freshDatabase(): Promise<string> {
  const name = `mynakit_${randomBytes(8).toString("hex")}`;
  await administer(`create database ${name}`);
  onTestFinished(() => administer(`drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
