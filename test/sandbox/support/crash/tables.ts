import type { Db, Tables } from "../../../../src/sandbox/store/schema.ts";
import type { Line } from "./orders.ts";

/** What the store holds, by person where it is somebody's. */
export interface StoredTables {
  readonly persons: ReadonlySet<string>;
  readonly audit: ReadonlyMap<string, readonly Line[]>;
  /** The text of what was answered, by actor and idempotency key. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly ids: ReadonlyMap<string, readonly { readonly id: string; readonly state: string }[]>;
  readonly reserved: ReadonlySet<string>;
  readonly passwords: ReadonlySet<string>;
  readonly profiles: ReadonlyMap<string, unknown>;
  readonly applications: ReadonlyMap<
    string,
    { readonly serviceId: string; readonly yen: number; readonly points: number }
  >;
  readonly reports: ReadonlyMap<
    string,
    readonly { readonly key: string; readonly yen: number; readonly points: number }[]
  >;
  readonly quotas: ReadonlyMap<string, number>;
}

/** All of it at one moment, whoever writes meanwhile. */
export function readTables(db: Db): Promise<StoredTables> {
  const transaction = db.transaction().setIsolationLevel("repeatable read");
  return transaction.execute(async (of) => {
    const audit = await of.selectFrom("audit").selectAll().orderBy("sequence").execute();
    const answers = await of.selectFrom("remembered_answer").selectAll().execute();
    const ids = await of.selectFrom("mykey").selectAll().execute();
    const reservations = await of.selectFrom("reservation").selectAll().where("state", "=", "reserved").execute();
    const passwords = await of.selectFrom("password").select("person").execute();
    const profiles = await of.selectFrom("profile").selectAll().execute();
    const applications = await of.selectFrom("points_application").selectAll().execute();
    const reports = await of.selectFrom("points_report").selectAll().execute();
    const quotas = await of.selectFrom("quota").selectAll().execute();
    const persons = await of.selectFrom("person").select("id").execute();
    return {
      persons: new Set(persons.map(({ id }) => id)),
      audit: grouped(audit, ({ subject }) => subject ?? "nobody", lineIn),
      answers: new Map(
        [
          ...grouped(
            answers,
            ({ actor }) => actor,
            (row) => [row.idempotency_key, row.response] as const,
          ),
        ].map(([actor, pairs]) => [actor, new Map(pairs)]),
      ),
      ids: grouped(
        ids,
        ({ person }) => person,
        ({ id, state }) => ({ id, state }),
      ),
      reserved: new Set(reservations.map(({ person }) => person)),
      passwords: new Set(passwords.map(({ person }) => person)),
      profiles: new Map(profiles.map((row) => [row.person, profileIn(row)])),
      applications: new Map(
        applications.map((row) => [
          `${row.person}`,
          { serviceId: row.service_id, yen: row.counted_yen, points: row.points },
        ]),
      ),
      reports: grouped(
        reports,
        ({ person }) => person,
        ({ report_id, yen, points }) => ({ key: report_id, yen, points }),
      ),
      quotas: new Map(quotas.map(({ name, taken }) => [name, taken])),
    };
  });
}

/** A line but for the certificate that it names, which is no part of what was ordered. */
function lineIn({ actor, action, details }: Tables["audit"]): Line {
  const { issuer: _issuer, serialNumber: _serialNumber, ...rest } = JSON.parse(details) as Record<string, unknown>;
  return { actor, action, details: rest };
}

const profileIn = (row: Tables["profile"]) => ({
  email: row.email,
  notify: row.notify === 1,
  pointsMunicipality: row.points_municipality,
});

function grouped<R, T>(rows: readonly R[], key: (row: R) => string, of: (row: R) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(of(row));
    else groups.set(key(row), [of(row)]);
  }
  return groups;
}
