import type { Exchanges } from "../../portal/wire/exchanges.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { requireUser } from "./change.ts";
import { exchangesOf } from "./people/exchanges.ts";
import { seedOf } from "./people/seed.ts";

/** A person's exchanges, those that the sandbox took part in among them, the newest first. @throws {Refusal} not-registered */
export async function exchangesOfPerson(db: Db, person: string, now: number): Promise<Exchanges> {
  await requireUser(db, person);
  const own = await db
    .selectFrom("portal_exchange")
    .select(["at", "requester", "provider", "topic", "ground", "outcome"])
    .where("person", "=", person)
    .where("at", "<=", now)
    .orderBy("at")
    .execute();
  const all = [...exchangesOf(await seedOf(db, person), now), ...own].toSorted((a, b) => b.at - a.at);
  return {
    sandbox: true,
    synthetic: true,
    exchanges: all.map(({ at, ...exchange }) => ({ at: rfc3339(at), ...exchange })),
  };
}
