import { isDeepStrictEqual } from "node:util";
import { verifyAudit } from "../../../../src/sandbox/store/audit-verify.ts";
import type { Db } from "../../../../src/sandbox/store/schema.ts";
import { hasReservation, type Life, lineOf, type Order, type Standing, service, standingAfter } from "./orders.ts";
import { readTables, type StoredTables } from "./tables.ts";

/**
 * Compares the store with what was ordered and what was acknowledged, and knows nothing else. Clients may go on
 * meanwhile: of an order without an answer, nothing or all of it must be there.
 * @param cap how many reservations there may be
 * @throws {Error} that says what was lost or done twice
 */
export async function judge(db: Db, lives: readonly Life[], cap: number): Promise<void> {
  const acknowledged = new Map(lives.map((life) => [life, life.orders.filter(isDone).length]));
  const known = lives.flatMap(({ person }) => person ?? []);
  const tables = await readTables(db);
  const { problem } = await verifyAudit(db);
  if (problem) throw new Error(`the audit log is broken: ${JSON.stringify(problem)}`);
  const standings = lives.map((life) => judgeLife(life, acknowledged.get(life) ?? 0, tables));
  judgeSums(standings, known, cap, tables);
}

const isDone = ({ outcome }: Order): boolean => outcome === "done";

/** What a person's certificate, and the operator for them, leaves in the log beside their deeds. */
const beside: ReadonlySet<string> = new Set(["certificate.see", "certificate.link", "service.account"]);

function judgeLife(life: Life, acknowledged: number, tables: StoredTables): Standing {
  const { person = "" } = life;
  const expect = expecting(`${life.name} (${person})`);
  const log = tables.audit.get(person) ?? [];
  const lines = log.filter(({ action }) => !beside.has(action));
  const possible = life.orders.filter(({ outcome }) => outcome !== "refused");
  if (lines.length < acknowledged) expect("lost: deeds in the log", lines.length, acknowledged);
  if (lines.length > possible.length) expect("done twice: deeds in the log", lines.length, possible.length);
  const orders = possible.slice(0, lines.length);
  const deeds = orders.map(({ deed }) => deed);
  const before = deeds.map((_, at) => standingAfter(deeds.slice(0, at)));
  expect(
    "log",
    lines,
    deeds.map((deed, at) => lineOf(deed, person, before[at] ?? standingAfter([]))),
  );
  for (const action of ["certificate.see", "certificate.link"]) {
    const times = log.filter((line) => line.action === action).length;
    if (times > 1) expect(`${action} in the log`, times, 1);
  }
  for (const order of orders) judgeAnswer(order, person, tables, expect);
  const own = orders.filter(({ deed }) => deed.kind !== "grant" && deed.kind !== "lift");
  expect("remembered answers", tables.answers.get(`person ${person}`)?.size ?? 0, own.length);
  const standing = standingAfter(deeds);
  judgeStanding(standing, person, tables, expect);
  judgeReports(orders, standing, tables.reports.get(person) ?? [], expect);
  return standing;
}

type Expect = (what: string, found: unknown, expected: unknown) => void;

const expecting =
  (where: string): Expect =>
  (what, found, expected) => {
    if (isDeepStrictEqual(found, expected)) return;
    throw new Error(`${where}: ${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  };

function judgeAnswer({ key, deed, answer }: Order, person: string, { answers }: StoredTables, expect: Expect): void {
  const remembered = answers.get(actorOf(deed.kind, person))?.get(key) ?? "null";
  if (answer !== null) expect(`remembered answer to ${deed.kind}`, JSON.parse(remembered), JSON.parse(answer));
  else if (remembered === "null") expect(`remembered answer to ${deed.kind}`, null, "any");
}

function actorOf(kind: Order["deed"]["kind"], person: string): string {
  if (kind === "grant") return `service ${service}`;
  return kind === "lift" ? "operator" : `person ${person}`;
}

const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);

function judgeStanding(standing: Standing, person: string, tables: StoredTables, expect: Expect): void {
  expect("IDs", tables.ids.get(person)?.toSorted(byId) ?? [], standing.ids.toSorted(byId));
  expect("reservation", tables.reserved.has(person), hasReservation(standing));
  expect("password", tables.passwords.has(person), standing.password);
  const none = { email: null, notify: false, pointsMunicipality: null };
  expect("profile", tables.profiles.get(person) ?? none, { ...none, ...standing.profile });
  expect("application", tables.applications.get(person) ?? null, standing.application);
}

function judgeReports(
  orders: readonly Order[],
  standing: Standing,
  reports: readonly { readonly key: string; readonly yen: number; readonly points: number }[],
  expect: Expect,
): void {
  const expected = orders.flatMap(({ deed, key }) => (deed.kind === "grant" ? [`${key} ${deed.yen}`] : []));
  expect("reports", reports.map(({ key, yen }) => `${key} ${yen}`).toSorted(), expected.toSorted());
  const points = reports.reduce((sum, report) => sum + report.points, 0);
  expect("points of all reports", points, standing.application?.points ?? 0);
}

function judgeSums(standings: readonly Standing[], known: readonly string[], cap: number, tables: StoredTables): void {
  const expect = expecting("in all");
  const reserved = standings.filter(hasReservation).length;
  expect("reservations", tables.reserved.size, reserved);
  expect("quota of reservations", tables.quotas.get("reservation") ?? 0, reserved);
  if (reserved > cap) expect("reservations above the cap", reserved, cap);
  const applications = standings.filter(({ application }) => application !== null).length;
  expect("applications", tables.applications.size, applications);
  expect("quota of applications", tables.quotas.get("application-2") ?? 0, applications);
  const ids = standings.flatMap((standing) => standing.ids.map(({ id }) => id));
  expect("IDs that were somebody's before", ids.length - new Set(ids).size, 0);
  expect(
    "persons that are lost",
    known.filter((person) => !tables.persons.has(person)),
    [],
  );
  if (tables.persons.size > standings.length) expect("persons", tables.persons.size, standings.length);
}
