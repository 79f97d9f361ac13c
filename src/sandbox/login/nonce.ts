import { type Challenge, challengePath } from "../../login/wire.ts";
import { Refusal } from "../refusal.ts";
import type { Db } from "../store/schema.ts";

/** Seconds between the nonce and the signature: enough to hold a card to a reader. */
const nonceLife = 120;
const nonceBytes = 24;

/**
 * A nonce that one assertion can use.
 * @param boundTo the device's request that the assertion must be for; null: a login in person
 */
export async function issueNonce(
  db: Db,
  now: number,
  random: (length: number) => Uint8Array,
  boundTo: string | null = null,
): Promise<Challenge> {
  const nonce = Buffer.from(random(nonceBytes)).toString("base64url");
  await db
    .insertInto("challenge")
    .values({ nonce, used: 0, expires_at: now + nonceLife * 1000, bound_to: boundTo })
    .execute();
  return { sandbox: true, nonce, expires_in: nonceLife };
}

/**
 * Uses a nonce up: of any number of requests at once, one gets through.
 * @throws {Refusal} nonce-unknown
 */
export async function useNonce(db: Db, nonce: string, now: number, boundTo: string | null = null): Promise<void> {
  const used = await db
    .updateTable("challenge")
    .set({ used: 1 })
    .where("nonce", "=", nonce)
    .where("used", "=", 0)
    .where("expires_at", ">", now)
    .where("bound_to", "is not distinct from", boundTo)
    .returning("nonce")
    .executeTakeFirst();
  if (!used) throw new Refusal("nonce-unknown", `the nonce is unknown, used or too old: ask ${challengePath} again`);
}
