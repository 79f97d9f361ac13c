import { type Changed, type ChangeParts, changeOnce } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

export interface OperatorParts extends ChangeParts {
  random(length: number): Uint8Array;
}

const idempotencyKeyBytes = 16;

/** A change by the operator: as every other one, but that a command line is never sent twice. */
export function operate<T>(
  parts: OperatorParts,
  request: readonly (string | number | null)[],
  work: (transaction: Db) => Promise<Changed<T>>,
): Promise<T> {
  const idempotencyKey = Buffer.from(parts.random(idempotencyKeyBytes)).toString("hex");
  return changeOnce(parts, { actor: "operator", idempotencyKey, request }, work);
}
