import { isEmail } from "../../mykey/settings.ts";
import {
  isNickname,
  longestNickname,
  type PortalUser,
  type UserChange,
  type UserRegistration,
} from "../../portal/wire/user.ts";
import type { Session } from "../http/session.ts";
import { dayAt } from "../points/day.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { changeOfPerson, changeOfUser, requireUser } from "./change.ts";
import { addCalendar } from "./notice-calendar.ts";
import { registrationsOn } from "./people/insurance.ts";
import { seedOf } from "./people/seed.ts";

interface Order<T> {
  readonly entry: T;
  readonly idempotencyKey: string;
}

/** What a person has registered. @throws {Refusal} not-registered */
export async function userOf(db: Db, person: string, now: number): Promise<PortalUser> {
  const { nickname, email, notify, registered_at } = await requireUser(db, person);
  const registrations = registrationsOn(await seedOf(db, person), dayAt(now));
  return { sandbox: true, nickname, email, notify: notify === 1, registeredAt: rfc3339(registered_at), registrations };
}

/**
 * Registers a person (利用者登録), who has the notices of the year from then on.
 * @throws {Refusal} already-registered, registration-malformed, session-expired, idempotency-key-reused
 */
export function register(
  session: Session,
  { entry, idempotencyKey }: Order<UserRegistration>,
  parts: ChangeParts,
): Promise<PortalUser> {
  const order = { action: "portal.register", asked: [JSON.stringify(entry)], idempotencyKey } as const;
  return changeOfPerson(session, order, parts, async (db) => {
    const { nickname, email = null, notify = false } = entry;
    requireForm({ nickname, email, notify });
    const now = parts.now();
    const row = { person: session.person, nickname, email, notify: notify ? 1 : 0 };
    const added = await db
      .insertInto("portal_user")
      .values({ ...row, registered_at: now, changed_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning("person")
      .executeTakeFirst();
    if (!added) throw new Refusal("already-registered", "the person has registered already");
    await addCalendar(db, session.person, { kind: "registered", about: null, at: now });
    return userOf(db, session.person, now);
  });
}

/**
 * Changes what a person registered (利用者登録変更); what is not named stays.
 * @throws {Refusal} not-registered, registration-malformed, session-expired, idempotency-key-reused
 */
export function changeUser(
  session: Session,
  { entry, idempotencyKey }: Order<UserChange>,
  parts: ChangeParts,
): Promise<PortalUser> {
  const { person } = session;
  // Which settings, not what they say: an address is personal.
  const details = { changed: Object.keys(entry).join(" ") };
  const order = { action: "portal.profile", asked: [JSON.stringify(entry)], idempotencyKey, details } as const;
  return changeOfUser(session, order, parts, async (db) => {
    const changed = { ...(await userOf(db, person, parts.now())), ...entry };
    requireForm(changed);
    const { nickname, email, notify } = changed;
    await db
      .updateTable("portal_user")
      .set({ nickname, email, notify: notify ? 1 : 0, changed_at: parts.now() })
      .where("person", "=", person)
      .execute();
    return changed;
  });
}

const problems = {
  nickname: `a nickname has 1 to ${longestNickname} characters`,
  email: "the e-mail address is not one",
  notify: "notices by mail need an e-mail address",
} as const;

type Entered = Pick<PortalUser, "nickname" | "email" | "notify">;

/** Which entry cannot be as it is; undefined: all can. */
export function problemIn({ nickname, email, notify }: Entered): keyof typeof problems | undefined {
  if (!isNickname(nickname)) return "nickname";
  if (email !== null && !isEmail(email)) return "email";
  if (notify && email === null) return "notify";
  return undefined;
}

function requireForm(entered: Entered): void {
  const problem = problemIn(entered);
  if (problem) throw new Refusal("registration-malformed", problems[problem]);
}
