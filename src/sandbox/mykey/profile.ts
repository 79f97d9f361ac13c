import { isEmail, isMunicipality } from "../../mykey/settings.ts";
import type { Profile, ProfileChange } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal } from "../refusal.ts";
import { type ChangeParts, changeOnce } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { lockAccount } from "./access.ts";
import { requireActiveId } from "./ids.ts";

export async function profileOf(db: Db, person: string): Promise<Profile> {
  const row = await db.selectFrom("profile").selectAll().where("person", "=", person).executeTakeFirst();
  return {
    sandbox: true,
    email: row?.email ?? null,
    notify: row?.notify === 1,
    pointsMunicipality: row?.points_municipality ?? null,
  };
}

/**
 * Changes what a person entered; what is not named stays.
 * @throws {Refusal} no-mykey-id, profile-malformed, session-expired, idempotency-key-reused
 */
export function changeProfile(
  session: Session,
  { change, idempotencyKey }: { readonly change: ProfileChange; readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<Profile> {
  const { person } = session;
  const actor = `person ${person}` as const;
  const request = ["mykey.profile", JSON.stringify(change)];
  return changeOnce(parts, { actor, idempotencyKey, request }, async (transaction) => {
    await lockAccount(transaction, session);
    await requireActiveId(transaction, person);
    const answer = { ...(await profileOf(transaction, person)), ...change };
    requireForm(answer);
    const row = {
      email: answer.email,
      notify: answer.notify ? 1 : 0,
      points_municipality: answer.pointsMunicipality,
      changed_at: parts.now(),
    };
    await transaction
      .insertInto("profile")
      .values({ person, ...row })
      .onConflict((conflict) => conflict.column("person").doUpdateSet(row))
      .execute();
    // Which settings, not what they say: an address is personal.
    const details = { changed: Object.keys(change).join(" ") };
    return { answer, audit: [{ actor, action: "profile.change", subject: person, details }] };
  });
}

const problems = {
  email: "the e-mail address is not one",
  notify: "a notice needs an e-mail address",
  pointsMunicipality: "the municipality's code is not six digits with the right check digit",
} as const;

/** Which setting cannot be as it is; undefined: all can. */
export function problemIn({ email, notify, pointsMunicipality }: Profile): keyof typeof problems | undefined {
  if (email !== null && !isEmail(email)) return "email";
  if (notify && email === null) return "notify";
  if (pointsMunicipality !== null && !isMunicipality(pointsMunicipality)) return "pointsMunicipality";
  return undefined;
}

function requireForm(profile: Profile): void {
  const problem = problemIn(profile);
  if (problem) throw new Refusal("profile-malformed", problems[problem]);
}
