import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PinId } from "../../../../src/jpki/applications.ts";
import type { ApplicationDocument } from "../../../../src/portal/procedures/wire.ts";
import { verifyAudit } from "../../../../src/sandbox/store/audit-verify.ts";
import type { Db } from "../../../../src/sandbox/store/schema.ts";
import { cardFile, recordOf } from "../../../cli/support/cards.ts";

/** What clients were given and told, from which the judge goes out; it believes the store and the card alone. */
export interface Told {
  /** Numbers of applications, by their telephone; null: asked for, and nobody was told a number. */
  readonly applications: ReadonlyMap<string, string | null>;
  /** How many runs were given each PIN. */
  readonly given: Readonly<Partial<Record<PinId, number>>>;
  /**
   * Whether the last run with the card was killed. The card dies with it, and is a try short, as a real one would be,
   * where it died between counting a try and comparing the PIN; the next right PIN gives it back.
   */
  readonly cutOff: boolean;
}

const wrong = (problem: string, evidence?: unknown): Error =>
  new Error(evidence === undefined ? problem : `${problem}: ${JSON.stringify(evidence)}`);

/** @throws {Error} that says what is half, lost or doubled at the platform */
export async function judgeStore(db: Db, { applications }: Told): Promise<void> {
  const { problem } = await verifyAudit(db);
  if (problem) throw wrong("the audit log is broken", problem);
  const audit = await db.selectFrom("audit").select(["action", "details"]).execute();
  await judgeLogins(db, audit.filter(({ action }) => action === "device.approve").length);
  await judgeApplications(db, applications);
  const submitted = audit.filter(({ action }) => action === "application.submit");
  const { count } = await db
    .selectFrom("procedure_application")
    .select((of) => of.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  if (submitted.length !== Number(count)) throw wrong(`${count} applications, in the log ${submitted.length}`);
  const empty = await db.selectFrom("remembered_answer").select("request").where("response", "=", "").execute();
  if (empty.length > 0) throw wrong("changes without an answer", empty);
}

async function judgeLogins(db: Db, approvals: number): Promise<void> {
  const tokens = await db.selectFrom("oidc_payload").select("grant_id").where("model", "=", "AccessToken").execute();
  const grants = new Set(tokens.map(({ grant_id: grantId }) => grantId));
  const sessions = await db.selectFrom("login_session").selectAll().execute();
  const half = sessions.filter(({ grant_id: grantId }) => !grants.has(grantId));
  if (half.length > 0) throw wrong("half a login: a session without its token", half);
  const requests = await db.selectFrom("device_login").selectAll().execute();
  const decided = requests.filter(({ state }) => state === "approved" || state === "used");
  if (decided.length !== approvals) throw wrong(`${decided.length} devices let in, in the log ${approvals}`);
  const nobodys = decided.filter(({ person, facts }) => person === null || facts === null);
  if (nobodys.length > 0) throw wrong("half an approval", nobodys);
  const used = requests.filter(({ session }) => session !== null);
  const known = new Set(sessions.map(({ id }) => id));
  if (used.some(({ state, session }) => state !== "used" || !known.has(session ?? ""))) {
    throw wrong("half a device's login", used);
  }
  const byDevice = sessions.filter(({ way }) => way === "device").map(({ id }) => id);
  if (byDevice.length !== used.length) throw wrong("a device has two sessions, or one of nobody", byDevice);
}

async function judgeApplications(db: Db, told: Told["applications"]): Promise<void> {
  const rows = await db.selectFrom("procedure_application").selectAll().execute();
  const attachments = await db.selectFrom("procedure_attachment").selectAll().execute();
  const events = await db.selectFrom("procedure_event").selectAll().execute();
  const found = new Map<string, string>();
  for (const row of rows) {
    const document = JSON.parse(row.application) as ApplicationDocument;
    const phone = document.fields.phone ?? "";
    if (found.has(phone)) throw wrong("doubled: an application", [found.get(phone), row.id]);
    if (!told.has(phone)) throw wrong("an application that nobody made", row.id);
    found.set(phone, row.id);
    const own = attachments.filter(({ application }) => application === row.id).map(({ sha256 }) => sha256);
    const named = document.attachments.map(({ sha256 }) => sha256);
    if (own.toSorted().join() !== named.toSorted().join()) throw wrong("half an application: attachments", row.id);
    const states = events.filter(({ application }) => application === row.id).map(({ state }) => state);
    if (states.join() !== "received") throw wrong("half an application: states", states);
  }
  for (const [phone, id] of told) {
    if (id !== null && found.get(phone) !== id) throw wrong("lost: an application", { told: id, is: found.get(phone) });
  }
}

/**
 * What clients keep: every file whole, and no token of a session that has not begun.
 * @throws {Error}
 */
export async function judgeHome(db: Db, home: string): Promise<void> {
  const sessions = path.join(home, "sessions.json");
  const kept = existsSync(sessions) ? whole(sessions) : {};
  for (const session of Object.values(kept)) {
    const { accessToken = "" } = session as { accessToken?: string };
    const standing = await db
      .selectFrom("oidc_payload")
      .innerJoin("login_session", "login_session.grant_id", "oidc_payload.grant_id")
      .select("login_session.id")
      .where("oidc_payload.model", "=", "AccessToken")
      .where("oidc_payload.id", "=", accessToken)
      .executeTakeFirst();
    if (!standing) throw wrong("lost: a session that its client has");
  }
  for (const file of outboxOf(home)) whole(file);
}

/** The applications that a client keeps. */
export function outboxOf(home: string): string[] {
  const folder = path.join(home, "applications");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.join(folder, file));
}

function whole(file: string): object {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw wrong(`half a file: ${file}`);
  }
}

const pins = ["auth", "text", "sign"] as const;

/** No PIN was presented that nobody had given, none twice, and no try was lost for good. @throws {Error} */
export function judgeCard(home: string, { given, cutOff }: Told): void {
  if (!existsSync(cardFile(home, "standard"))) return;
  for (const id of pins) {
    const { verifies, remaining, max } = recordOf(home, "standard", id);
    if (remaining < max - (cutOff ? 1 : 0)) throw wrong(`${id}: ${remaining} tries of ${max}`);
    if (verifies > (given[id] ?? 0)) throw wrong(`${id} was presented ${verifies} times, and given ${given[id]} times`);
  }
}
