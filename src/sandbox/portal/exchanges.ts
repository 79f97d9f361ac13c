import type { ReadingScope } from "../../portal/wire/api.ts";
import type { Exchange, ExchangeParty, Exchanges, ExchangeTopic } from "../../portal/wire/exchanges.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { requireUser } from "./change.ts";
import { exchangesOf } from "./people/exchanges.ts";
import { seedOf } from "./people/seed.ts";

type Disclosed = Pick<Exchange, "topic" | "provider">;

const of = (topic: ExchangeTopic, provider: ExchangeParty = "portal"): Disclosed => ({ topic, provider });

/** What each scope discloses, and who has it. */
const disclosed: Readonly<Record<ReadingScope, Disclosed>> = {
  "selfinfo:health": of("health", "health-insurer"),
  "selfinfo:tax": of("tax", "municipality"),
  "selfinfo:pension": of("pension", "pension-service"),
  "selfinfo:children": of("children", "municipality"),
  "selfinfo:household": of("household", "municipality"),
  "selfinfo:welfare": of("welfare", "municipality"),
  "selfinfo:employment": of("employment", "employment-office"),
  "selfinfo:vaccinations": of("vaccinations", "municipality"),
  "selfinfo:checkups": of("checkups", "municipality"),
  "selfinfo:insurance": of("insurance", "health-insurer"),
  "selfinfo:notices": of("notices"),
  "selfinfo:deliveries": of("deliveries"),
  "selfinfo:registration": of("registration"),
  "procedures:status": of("applications"),
  "link:attributes": of("attributes"),
};

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
  const asked = own.map((exchange) => ({ ...exchange, service: null }));
  const made = exchangesOf(await seedOf(db, person), now);
  const all = [...made, ...asked, ...(await readings(db, person))].toSorted((a, b) => b.at - a.at);
  return {
    sandbox: true,
    synthetic: true,
    exchanges: all.map(({ at, ...exchange }) => ({ at: rfc3339(at), ...exchange })),
  };
}

/** What external services have read with the person's consent. */
async function readings(db: Db, person: string) {
  const rows = await db
    .selectFrom("consent_use")
    .innerJoin("consent", "consent.id", "consent_use.consent")
    .select(["consent_use.at", "consent_use.scope", "consent.service"])
    .where("consent_use.person", "=", person)
    .orderBy("consent_use.at")
    .orderBy("consent_use.id")
    .execute();
  return rows.map(({ at, scope, service }) => ({
    at,
    requester: "service" as const,
    service,
    ...disclosed[scope],
    ground: "consent" as const,
    outcome: "provided" as const,
  }));
}
