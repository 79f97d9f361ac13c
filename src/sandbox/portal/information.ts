import type { ExchangeParty } from "../../portal/wire/exchanges.ts";
import type {
  InformationAnswer,
  InformationQuestion,
  InformationRequest,
  InformationRequests,
  InformationTopic,
} from "../../portal/wire/information.ts";
import type { Session } from "../http/session.ts";
import { dayAt } from "../points/day.ts";
import { rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { PortalTables } from "../store/portal-schema.ts";
import type { Db } from "../store/schema.ts";
import { changeOfUser, requireUser } from "./change.ts";
import { addNotice } from "./notices.ts";
import { seedOf } from "./people/seed.ts";
import { recordsOf } from "./people/topics.ts";

const second = 1000;
const minute = 60 * second;
/** For how long an answer is given again instead of being asked for anew. */
const keptFor = 24 * 60 * minute;

/** Who has what is asked for, and how long they take: how long the real ones do is not published. */
const holders: Readonly<Record<InformationTopic, { readonly provider: ExchangeParty; readonly takes: number }>> = {
  health: { provider: "health-insurer", takes: 0 },
  tax: { provider: "municipality", takes: 5 * minute },
  pension: { provider: "pension-service", takes: 5 * second },
  children: { provider: "municipality", takes: 0 },
  household: { provider: "municipality", takes: 0 },
  welfare: { provider: "municipality", takes: 2 * minute },
  employment: { provider: "employment-office", takes: 10 * minute },
};

/** What a person has asked for, the newest first. @throws {Refusal} not-registered */
export async function requestsOf(db: Db, person: string, now: number): Promise<InformationRequests> {
  await requireUser(db, person);
  const rows = await db
    .selectFrom("portal_request")
    .selectAll()
    .where("person", "=", person)
    .orderBy("number", "desc")
    .execute();
  return { sandbox: true, requests: rows.map((row) => requestIn(row, now)) };
}

/**
 * Asks for a topic of a person's own information, or gives the answer to the same question of the last day. What takes a
 * while is answered later, of which a notice tells; the exchange is written down as of then.
 * @throws {Refusal} not-registered, session-expired, idempotency-key-reused
 */
export function askFor(
  session: Session,
  { topic, from, until, idempotencyKey }: InformationQuestion & { readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<InformationAnswer> {
  const { person } = session;
  const order = { action: "portal.ask", asked: [topic, from, until], idempotencyKey, details: { topic } } as const;
  return changeOfUser(session, order, parts, async (db) => {
    const now = parts.now();
    const row = (await sameQuestion()) ?? (await newQuestion());
    const request = requestIn(row, now);
    const known =
      request.state === "answered" ? recordsOf(await seedOf(db, person), topic, dayAt(row.answered_at)) : null;
    const records =
      known?.filter(({ day }) => (from === null || day >= from) && (until === null || day <= until)) ?? null;
    return { sandbox: true, synthetic: true, request, records };

    function sameQuestion() {
      return db
        .selectFrom("portal_request")
        .selectAll()
        .where("person", "=", person)
        .where("topic", "=", topic)
        .where("from_day", from === null ? "is" : "=", from)
        .where("until_day", until === null ? "is" : "=", until)
        .where("requested_at", ">", now - keptFor)
        .orderBy("number", "desc")
        .executeTakeFirst();
    }

    async function newQuestion() {
      const { provider, takes } = holders[topic];
      const { last } = await db
        .selectFrom("portal_request")
        .select((of) => of.fn.max("number").as("last"))
        .where("person", "=", person)
        .executeTakeFirstOrThrow();
      const [number, at] = [Number(last ?? 0) + 1, now + takes];
      const asked = { person, number, topic, from_day: from, until_day: until, requested_at: now, answered_at: at };
      await db.insertInto("portal_request").values(asked).execute();
      const exchange = { requester: "person", provider, topic, ground: "own-request", outcome: "provided" } as const;
      await db
        .insertInto("portal_exchange")
        .values({ person, number, at, ...exchange })
        .execute();
      if (takes > 0) await addNotice(db, person, { kind: "information-answered", about: topic, at });
      return asked;
    }
  });
}

function requestIn(row: PortalTables["portal_request"], now: number): InformationRequest {
  const { number, topic, from_day, until_day, requested_at, answered_at } = row;
  return {
    number,
    topic,
    from: from_day,
    until: until_day,
    state: answered_at <= now ? "answered" : "requested",
    requestedAt: rfc3339(requested_at),
    answeredAt: rfc3339(answered_at),
  };
}
