import type { Procedure } from "./search.ts";

/** The form of a procedure as a file to be filled in: its fields, empty, in JSON. */
export function templateOf({ id, version, fields }: Procedure): string {
  const empty = Object.fromEntries(fields.map(({ name }) => [name, ""]));
  return `${JSON.stringify({ procedure: id, version, fields: empty }, null, 2)}\n`;
}
