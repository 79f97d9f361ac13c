import { MynakitError } from "../../errors.ts";

/** A failure for whose sake a database cannot be used; one in mynakit's words already stays as it is. */
export function unusable(database: string, error: unknown): MynakitError {
  if (error instanceof MynakitError) return error;
  return new MynakitError("ERR_IO_DATABASE", { database, reason: reasonOf(error) }, { cause: error });
}

/** A connection that was tried at several addresses fails with an AggregateError that has no message of its own. */
function reasonOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
