import { sql } from "kysely";
import type { Db } from "../../src/sandbox/store/schema.ts";
import { openStore } from "../../src/sandbox/store/store.ts";

/** How many accounts one statement adds. */
const batch = 250_000;
/** Identifiers of persons are spread over all there are, so that new ones fall between them. */
const spread = 429;

/**
 * Fills an empty database with accounts as `mykey issue` leaves them: a person, a certificate, an ID, a reservation, two
 * lines in the audit log. The log's hashes are no chain: nobody verifies it.
 */
export async function loadAccounts(database: string, count: number): Promise<void> {
  const store = await openStore(database, Date.now);
  const { db } = store;
  const sqlite = !/^postgres/.test(database);
  for (const pragma of sqlite ? ["journal_mode", "synchronous", "foreign_keys"] : []) {
    await sql.raw(`PRAGMA ${pragma} = OFF`).execute(db);
  }
  try {
    for (let first = 1; first <= count; first += batch) {
      await addAccounts(db, sqlite, first, Math.min(count, first + batch - 1));
    }
    const taken = { name: "reservation", taken: count };
    const counted = { taken: count };
    await db
      .insertInto("quota")
      .values(taken)
      .onConflict((of) => of.column("name").doUpdateSet(counted))
      .execute();
    await db
      .updateTable("audit_anchor")
      .set({ lines: 2 * count, hash: "0".repeat(64) })
      .execute();
    if (!sqlite) await sql`analyze`.execute(db);
  } finally {
    await store.close();
  }
}

/** Values as SQL, of the number `i` of an account. */
function columns(sqlite: boolean) {
  const hex = (width: number, value: string): string =>
    sqlite ? `printf('%0${width}x', ${value})` : `lpad(to_hex((${value})::bigint), ${width}, '0')`;
  const person = `${hex(8, `i * ${spread}`)} || '${"0".repeat(24)}'`;
  const issuer = "'C=JP, O=mynakit simulation, OU=accounts in bulk'";
  return { person, issuer, serial: hex(16, "i + 4294967296"), mykey: `upper(${hex(8, "i")})` };
}

async function addAccounts(db: Db, sqlite: boolean, first: number, last: number): Promise<void> {
  const { person, issuer, serial, mykey } = columns(sqlite);
  const now = Date.now();
  const numbers = sqlite
    ? `with recursive numbers(i) as (select ${first} union all select i + 1 from numbers where i < ${last})`
    : `with numbers as (select i from generate_series(${first}::bigint, ${last}::bigint) as i)`;
  const hash = sqlite ? "printf('%064x', i)" : "lpad(to_hex(i), 64, '0')";
  const details = `'{"mykeyId":"' || ${mykey} || '","issuer":"' || ${issuer} || '","serialNumber":"' || ${serial} || '"}'`;
  const statements = [
    `insert into person (id, linkage, created_at, session_epoch) ${numbers}
     select ${person}, 'subject ' || ${issuer} || ' C=JP, CN=' || ${serial}, ${now}, 0 from numbers`,
    `insert into certificate (issuer, serial_number, person, not_before, not_after, first_seen, linked_at, unlinked_at)
     ${numbers} select ${issuer}, ${serial}, ${person}, ${now}, ${now}, ${now}, ${now}, null from numbers`,
    `insert into mykey (id, furigana, person, state, issued_at, ended_at) ${numbers}
     select ${mykey}, 'エービーシーディーイーエフジーエイチ', ${person}, 'active', ${now}, null from numbers`,
    `insert into reservation (person, state, reserved_at) ${numbers} select ${person}, 'reserved', ${now} from numbers`,
    ...["certificate.see", "mykey.issue"].map(
      (action, index) => `insert into audit (sequence, at, actor, action, subject, details, hash) ${numbers}
       select 2 * i - ${1 - index}, ${now}, 'person ' || ${person}, '${action}', ${person}, ${details}, ${hash} from numbers`,
    ),
  ];
  await db.transaction().execute(async (transaction) => {
    // Each row refers to one that the same statement's neighbour made: looking them all up takes most of the time.
    if (!sqlite) await sql`set local session_replication_role = replica`.execute(transaction);
    for (const statement of statements) await sql.raw(statement).execute(transaction);
  });
}
