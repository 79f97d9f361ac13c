import { MynakitError } from "../../errors.ts";

/** A failure for whose sake a database cannot be used; one in mynakit's words already stays as it is. */
export function unusable(database: string, error: unknown): MynakitError {
  if (error instanceof MynakitError) return error;
  return new MynakitError("ERR_IO_DATABASE", { database, reason: reasonOf(error) }, { cause: error });
}

/** SQLite: another process's transaction went on for longer than we wait. Source: sqlite.org/rescode.html */
const busy = 5;
/** PostgreSQL: connection exceptions, too many connections, being stopped or started. Source: its manual, appendix A. */
const awayStates = /^(08\w{3}|53300|57P0[1-5])$/;
const awayCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
/** What the driver says without a code of any kind. */
const awayWords = /^(Connection terminated|timeout exceeded when trying to connect)/;

/** True where the database does not answer now and may do so later, with nothing wrong in what it was asked. */
export function isAway(error: unknown): boolean {
  const first = firstOf(error);
  if (!(first instanceof Error)) return false;
  const { code, errcode, message } = first as Error & { code?: unknown; errcode?: unknown };
  if (typeof errcode === "number") return (errcode & 0xff) === busy;
  if (typeof code === "string") return awayCodes.has(code) || awayStates.test(code);
  return awayWords.test(message);
}

function reasonOf(error: unknown): string {
  const first = firstOf(error);
  return first instanceof Error ? first.message : String(first);
}

/** A connection that was tried at several addresses fails with an AggregateError that has no message of its own. */
const firstOf = (error: unknown): unknown => (error instanceof AggregateError ? error.errors[0] : error);
