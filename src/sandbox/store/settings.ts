import type { Db } from "./schema.ts";

/** Something that the operator set, and when. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
  /** Milliseconds since the epoch, by the platform's clock. */
  readonly setAt: number;
}

/** The settings of these names, as far as they are set. */
export async function settingsOf(db: Db, names: readonly string[]): Promise<ReadonlyMap<string, Setting>> {
  const rows = await db.selectFrom("setting").selectAll().where("name", "in", names).execute();
  return new Map(rows.map(({ name, value, set_at }) => [name, { name, value: JSON.parse(value), setAt: set_at }]));
}

/**
 * What is set, else what it is at first. Every other change of it waits until the transaction ends.
 * @param now for what is set at first
 */
export async function claimSetting(db: Db, name: string, first: unknown, now: number): Promise<unknown> {
  const { value } = await db
    .insertInto("setting")
    .values({ name, value: JSON.stringify(first), set_at: now })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ name }))
    .returning("value")
    .executeTakeFirstOrThrow();
  return JSON.parse(value);
}

/** Sets something; undefined: what holds without the operator holds again. */
export async function putSetting(db: Db, name: string, value: unknown, now: number): Promise<void> {
  if (value === undefined) {
    await db.deleteFrom("setting").where("name", "=", name).execute();
    return;
  }
  const set = { value: JSON.stringify(value), set_at: now };
  await db
    .insertInto("setting")
    .values({ name, ...set })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(set))
    .execute();
}
