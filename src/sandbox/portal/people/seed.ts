import { createHash } from "node:crypto";
import type { Db } from "../../store/schema.ts";

/**
 * The seed of the synthetic person behind a person: by what the certificate says of its holder where an authority of the
 * simulation issued it, so that a simulated card has the same life in every sandbox. It tells nothing of the holder.
 */
export async function seedOf(db: Db, person: string): Promise<string> {
  const { linkage } = await db
    .selectFrom("person")
    .select("linkage")
    .where("id", "=", person)
    .executeTakeFirstOrThrow();
  return createHash("sha256").update(`synthetic ${linkage}`).digest("hex");
}
