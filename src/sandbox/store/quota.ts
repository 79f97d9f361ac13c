import type { Db } from "./schema.ts";

/**
 * Takes some of what is limited, if all of it is left. Other takers wait until the transaction ends, and what it
 * took is free again if it fails: the limit is never exceeded and never missed.
 * @returns whether there was enough left
 */
export async function takeFromQuota(db: Db, name: string, amount: number, limit: number): Promise<boolean> {
  await db
    .insertInto("quota")
    .values({ name, taken: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const taken = await db
    .updateTable("quota")
    .set((of) => ({ taken: of("taken", "+", amount) }))
    .where("name", "=", name)
    .where((of) => of(of("taken", "+", amount), "<=", limit))
    .returning("name")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives back what was taken. */
export async function returnToQuota(db: Db, name: string, amount: number): Promise<void> {
  await db
    .updateTable("quota")
    .set((of) => ({ taken: of("taken", "-", amount) }))
    .where("name", "=", name)
    .execute();
}

/** How much has been taken. */
export async function takenFromQuota(db: Db, name: string): Promise<number> {
  const row = await db.selectFrom("quota").select("taken").where("name", "=", name).executeTakeFirst();
  return row?.taken ?? 0;
}
