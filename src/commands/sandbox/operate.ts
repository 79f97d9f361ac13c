import { refusalError } from "../../login/refusal.ts";
import type { Store } from "../../sandbox/store/store.ts";
import type { Input } from "../command.ts";
import type { Context } from "../context.ts";
import { withStore } from "./database.ts";

/**
 * Work of the operator on a database, whose refusals are errors like those that a platform sends.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED, and what `withStore` throws
 */
export function operate<T>(context: Context, input: Input, work: (store: Store) => Promise<T>): Promise<T> {
  return withStore(context, input, async (store) => {
    const { Refusal } = await import("../../sandbox/refusal.ts");
    try {
      return await work(store);
    } catch (error) {
      throw error instanceof Refusal ? refusalError(error.body, error.status, store.name) : error;
    }
  });
}
