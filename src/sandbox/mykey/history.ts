import type { AccountHistory, AccountStatus } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { earliestUse } from "./access.ts";

const time = (milliseconds: number | null): string | null => (milliseconds === null ? null : rfc3339(milliseconds));

/** How many events are told: the latest. */
const maxEvents = 200;

/** What has happened to an account, and what it was called. Told to suspended ones, too. */
export async function historyOf(db: Db, person: string): Promise<AccountHistory> {
  const ids = await db.selectFrom("mykey").selectAll().where("person", "=", person).orderBy("issued_at").execute();
  const certificates = await db
    .selectFrom("certificate")
    .selectAll()
    .where("person", "=", person)
    .orderBy("not_before")
    .execute();
  const events = await db
    .selectFrom("audit")
    .select(["at", "actor", "action"])
    .where("subject", "=", person)
    .orderBy("sequence", "desc")
    .limit(maxEvents)
    .execute();
  return {
    sandbox: true,
    ids: ids.map(({ id, furigana, state, issued_at, ended_at }) => ({
      mykeyId: id,
      furigana,
      state,
      issuedAt: rfc3339(issued_at),
      endedAt: time(ended_at),
    })),
    certificates: certificates.map(({ issuer, serial_number, linked_at, unlinked_at }) => ({
      issuer,
      serialNumber: serial_number,
      linkedAt: time(linked_at),
      unlinkedAt: time(unlinked_at),
    })),
    events: events.reverse().map(({ at, actor, action }) => ({
      at: rfc3339(at),
      actor: actor.split(" ")[0] ?? actor,
      action,
    })),
  };
}

/** How an account and the certificate of the login stand. */
export async function statusOf(db: Db, session: Session, now: number): Promise<AccountStatus> {
  const { person, issuer, serialNumber, notBefore } = session;
  const last = await db
    .selectFrom("mykey")
    .selectAll()
    .where("person", "=", person)
    .orderBy((of) => of.fn.coalesce("ended_at", of.val(Number.MAX_SAFE_INTEGER)), "desc")
    .limit(1)
    .executeTakeFirst();
  const reservation = await db
    .selectFrom("reservation")
    .select(["state", "reserved_at"])
    .where("person", "=", person)
    .executeTakeFirst();
  const certificate = await db
    .selectFrom("certificate")
    .select(["linked_at", "unlinked_at"])
    .where("issuer", "=", issuer)
    .where("serial_number", "=", serialNumber)
    .executeTakeFirst();
  const password = await db.selectFrom("password").select("person").where("person", "=", person).executeTakeFirst();
  const reserved = reservation?.state === "reserved";
  return {
    sandbox: true,
    account: last ? accountStates[last.state] : "none",
    mykeyId: last && last.ended_at === null ? last.id : null,
    reservation: { state: reserved ? "reserved" : "none", at: reserved ? time(reservation.reserved_at) : null },
    certificate: {
      serialNumber,
      state: certificateState(certificate, now >= earliestUse(notBefore)),
      usableFrom: rfc3339(earliestUse(notBefore)),
    },
    passwordSet: password !== undefined,
  };
}

/** An account whose ID was changed has another one; the state of its last ID is its own. */
const accountStates = { active: "active", suspended: "suspended", changed: "active", revoked: "revoked" } as const;

function certificateState(
  row: { linked_at: number | null; unlinked_at: number | null } | undefined,
  waited: boolean,
): AccountStatus["certificate"]["state"] {
  if (row?.unlinked_at) return "replaced";
  if (row?.linked_at) return "linked";
  return waited ? "not-linked" : "waiting";
}
