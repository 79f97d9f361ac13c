import type { Db } from "./schema.ts";

/**
 * Takes some of what is limited, if all of it is left. Other takers wait until the transaction ends, and what it
 * took is free again if it fails: the limit is never exceeded and never missed. The operator's limit stands in the row
 * that they wait for, so that it holds from one taker to the next.
 * @param usual the limit where the operator has set none
 * @returns whether there was enough left
 */
export async function takeFromQuota(db: Db, name: string, amount: number, usual: number): Promise<boolean> {
  await db
    .insertInto("quota")
    .values({ name, taken: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const taken = await db
    .updateTable("quota")
    .set((of) => ({ taken: of("taken", "+", amount) }))
    .where("name", "=", name)
    .where((of) => of(of("taken", "+", amount), "<=", of.fn.coalesce("most", of.val(usual))))
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

export interface Quota {
  readonly taken: number;
  readonly limit: number;
  /** True where the limit is the operator's. */
  readonly set: boolean;
}

/** How much has been taken of how much. */
export async function quotaOf(db: Db, name: string, usual: number): Promise<Quota> {
  const row = await db.selectFrom("quota").select(["taken", "most"]).where("name", "=", name).executeTakeFirst();
  const most = row?.most ?? null;
  return { taken: row?.taken ?? 0, limit: most ?? usual, set: most !== null };
}

/** How much has been taken. */
export async function takenFromQuota(db: Db, name: string): Promise<number> {
  return (await quotaOf(db, name, 0)).taken;
}

/**
 * Sets the limit, also below what has been taken: then nothing is given any more. Null: the usual one again.
 * @returns what it was
 */
export async function limitQuota(db: Db, name: string, most: number | null): Promise<number | null> {
  await db
    .insertInto("quota")
    .values({ name, taken: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Has takers wait before the old limit is read.
  const row = await db
    .updateTable("quota")
    .set((of) => ({ taken: of.ref("taken") }))
    .where("name", "=", name)
    .returning("most")
    .executeTakeFirstOrThrow();
  await db.updateTable("quota").set({ most }).where("name", "=", name).execute();
  return row.most;
}
