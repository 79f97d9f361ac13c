import type { ApplicationState, FollowedApplication } from "../../portal/procedures/wire.ts";
import { type OperatorParts, operate } from "../operator/operate.ts";
import { addNotice } from "../portal/notices.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { Actor } from "../store/audit.ts";
import { type Changed, type ChangeParts, changeOnce, lockPerson } from "../store/change.ts";
import type { Db, Tables } from "../store/schema.ts";

type Row = Tables["procedure_application"];

/** From which states each one can be reached. */
const before: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  received: [],
  "under-review": ["received"],
  accepted: ["under-review"],
  done: ["accepted"],
  returned: ["received", "under-review"],
  corrected: ["returned"],
  withdrawn: ["received", "under-review", "returned"],
};

/** Whether an application can go from one state to another. */
export const leadsTo = (state: ApplicationState, to: ApplicationState): boolean => before[to].includes(state);

/** What the operator's `advance` leads to. */
const next: Partial<Record<ApplicationState, ApplicationState>> = {
  received: "under-review",
  "under-review": "accepted",
  accepted: "done",
};

interface Event {
  readonly id: string;
  readonly person: string;
  readonly state: ApplicationState;
  readonly reason?: string;
  readonly at: number;
}

type Step = Omit<Event, "person"> & { readonly actor: Actor };

/** Writes a state down, the first one too, and tells a person who has registered with Mynaportal of it. */
export async function record(db: Db, { id, person, state, reason, at }: Event): Promise<void> {
  const { count } = await db
    .selectFrom("procedure_event")
    .select((of) => of.fn.countAll().as("count"))
    .where("application", "=", id)
    .executeTakeFirstOrThrow();
  const event = { application: id, number: Number(count) + 1, at, state, reason: reason ?? null };
  await db.insertInto("procedure_event").values(event).execute();
  await lockPerson(db, person);
  const user = await db.selectFrom("portal_user").select("person").where("person", "=", person).executeTakeFirst();
  if (user) await addNotice(db, person, { kind: "application-moved", about: id, at });
}

/**
 * Takes an application to another state.
 * @param db the transaction
 * @throws {Refusal} application-decided where no way leads there
 */
export async function move(db: Db, step: Step): Promise<Changed<FollowedApplication>> {
  const { id, state, reason, actor } = step;
  const moved = await db
    .updateTable("procedure_application")
    .set({ state })
    .where("id", "=", id)
    .where("state", "in", before[state])
    .returningAll()
    .executeTakeFirst();
  if (!moved) throw new Refusal("application-decided", `no way leads to ${state}`);
  await record(db, { ...step, person: moved.person });
  const audit = { actor, action: "application.move" as const, subject: moved.person };
  return {
    answer: await followed(db, moved),
    audit: [{ ...audit, details: { application: id, state, returned: reason !== undefined } }],
  };
}

/** An application with all that has happened to it. */
export async function followed(db: Db, { id, procedure, state, corrects }: Row): Promise<FollowedApplication> {
  const events = await db
    .selectFrom("procedure_event")
    .select(["at", "state", "reason"])
    .where("application", "=", id)
    .orderBy("number")
    .execute();
  return { id, procedure, state, corrects, events: events.map((event) => ({ ...event, at: rfc3339(event.at) })) };
}

/** A person's applications, the newest first. */
export async function applicationsOf(db: Db, person: string): Promise<FollowedApplication[]> {
  const rows = await db
    .selectFrom("procedure_application")
    .selectAll()
    .where("person", "=", person)
    .orderBy("received_at", "desc")
    .orderBy("id")
    .execute();
  return Promise.all(rows.map((row) => followed(db, row)));
}

/**
 * One person's application. @throws {Refusal} application-unknown, also where it is another person's
 */
export async function requireOwn(db: Db, person: string, id: string): Promise<Row> {
  const row = await db
    .selectFrom("procedure_application")
    .selectAll()
    .where("id", "=", id)
    .where("person", "=", person)
    .executeTakeFirst();
  if (row) return row;
  throw new Refusal("application-unknown", "this person has no such application");
}

/** Withdraws (取下) an application on which nothing was decided. @throws {Refusal} application-unknown, -decided */
export function withdraw(
  person: string,
  { application, idempotencyKey }: { readonly application: string; readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<FollowedApplication> {
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["application.withdraw", application] }, async (db) => {
    await requireOwn(db, person, application);
    return move(db, { id: application, state: "withdrawn", actor, at: parts.now() });
  });
}

/** The operator, as the municipality, takes an application a step on. @throws {Refusal} application-unknown, -decided */
export function advance(id: string, parts: OperatorParts): Promise<FollowedApplication> {
  return operate(parts, ["application.advance", id], async (db) => {
    const { state } = await requireAny(db, id);
    const to = next[state];
    if (!to) throw new Refusal("application-decided", `nothing follows ${state}`);
    return move(db, { id, state: to, actor: "operator", at: parts.now() });
  });
}

/** The operator sends an application back (差戻し). @throws {Refusal} application-unknown, -decided */
export function sendBack(id: string, reason: string, parts: OperatorParts): Promise<FollowedApplication> {
  return operate(parts, ["application.return", id], async (db) => {
    await requireAny(db, id);
    return move(db, { id, state: "returned", reason, actor: "operator", at: parts.now() });
  });
}

async function requireAny(db: Db, id: string): Promise<Row> {
  const row = await db.selectFrom("procedure_application").selectAll().where("id", "=", id).executeTakeFirst();
  if (row) return row;
  throw new Refusal("application-unknown", "there is no such application");
}
