import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { appendAudit } from "../../../src/sandbox/store/audit.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { exportPlatform } from "../../../src/sandbox/store/moving/export.ts";
import { checkExport, importPlatform } from "../../../src/sandbox/store/moving/import.ts";
import { openExport } from "../../../src/sandbox/store/moving/read.ts";
import { byName, movedTables } from "../../../src/sandbox/store/moving/tables.ts";
import type { Db } from "../../../src/sandbox/store/schema.ts";
import { openStore, type Store } from "../../../src/sandbox/store/store.ts";
import { temporaryFolder } from "./sandbox.ts";

const time = Date.parse("2026-04-01T00:00:00Z");
const { signal } = new AbortController();
const secret = "stays-behind";
/** In another order by their UTF-16 units, their bytes, and the rules of a language. */
const persons = ["a", "B", "b", "\u{1f600}", "～", "か", "カ"];

/** Puts something into every table. */
async function fill(db: Db): Promise<void> {
  for (const [at, id] of persons.entries()) {
    const mykey = `MYKEY00${at}`;
    const times = { not_before: time, not_after: time, first_seen: time };
    await db
      .insertInto("person")
      .values({ id, linkage: `l ${id}`, created_at: time })
      .execute();
    const certificate = { issuer: "CN=試験", serial_number: `0${at}`, person: id, linked_at: null, unlinked_at: null };
    await db
      .insertInto("certificate")
      .values({ ...certificate, ...times })
      .execute();
    const issued = { furigana: "カナ", state: "active" as const, issued_at: time, ended_at: null };
    await db
      .insertInto("mykey")
      .values({ id: mykey, person: id, ...issued })
      .execute();
    await db.insertInto("reservation").values({ person: id, state: "reserved", reserved_at: time }).execute();
    await appendAudit(db, [{ actor: `person ${id}`, action: "mykey.issue", subject: id }], time + at);
  }
  const person = "a";
  const profile = { email: 'a"b\\\n@example', notify: 1, points_municipality: null, changed_at: time };
  await db
    .insertInto("profile")
    .values({ person, ...profile })
    .execute();
  await db.insertInto("password").values({ person, hash: "scrypt$…", changed_at: time }).execute();
  const revoked = { issuer: "CN=試験", serial_number: "01", revoked_at: time, reason: "keyCompromise" };
  await db.insertInto("revoked_certificate").values(revoked).execute();
  const answer = { actor: "person a", idempotency_key: "k", request: "[]", response: "{}", created_at: time };
  await db.insertInto("remembered_answer").values(answer).execute();
  await db.updateTable("quota").set({ taken: persons.length, most: 9_007_199_254_740_991 }).execute();
  await db.insertInto("setting").values({ name: "clock", value: "0", set_at: time }).execute();
  const client = { id: "c", name: "健康", redirect_uris: "[]", scope: "openid", created_at: time };
  await db.insertInto("oauth_client").values(client).execute();
  await db.insertInto("points_service").values({ id: "pay", token_hash: "h", created_at: time }).execute();
  const account = { service: "pay", service_id: "s", code_hash: "h", holder: "a", ward: "b" };
  await db.insertInto("points_account").values(account).execute();
  const counted = { service: "pay", service_id: "s", person, programme: 1 as const, points: 5000 };
  const application = { reserved_at: time, applied_at: time, counted_yen: 20_000 };
  await db
    .insertInto("points_application")
    .values({ ...counted, ...application })
    .execute();
  const report = { report_id: "r", kind: "charge" as const, yen: 20_000, reported_at: time };
  await db
    .insertInto("points_report")
    .values({ ...counted, ...report })
    .execute();
  const user = { nickname: "太郎", email: null, notify: 0, registered_at: time, changed_at: time };
  await db
    .insertInto("portal_user")
    .values({ person, ...user })
    .execute();
  const notice = { number: 1, kind: "registered" as const, about: null, at: time, read_at: null };
  await db
    .insertInto("portal_notice")
    .values({ person, ...notice })
    .execute();
  const request = { number: 1, topic: "tax" as const, from_day: null, until_day: null, requested_at: time };
  await db
    .insertInto("portal_request")
    .values({ person, ...request, answered_at: time })
    .execute();
  const parties = { requester: "municipality", provider: "tax-office" } as const;
  const exchange = { number: 1, at: time, topic: "tax", ground: "number-act-19-8", outcome: "provided" } as const;
  await db
    .insertInto("portal_exchange")
    .values({ person, ...parties, ...exchange })
    .execute();
  const handedIn = { id: "ff", person, procedure: "131105-moving-out", corrects: null, application: "{}", digest: "d" };
  const first = { ...handedIn, state: "corrected" as const, signature: "AA==", receipt: "e30", received_at: time };
  await db.insertInto("procedure_application").values(first).execute();
  // Its identifier comes before that of the one which it corrects.
  const second = { ...first, id: "aa", state: "received" as const, corrects: "ff", digest: "e", received_at: time + 1 };
  await db.insertInto("procedure_application").values(second).execute();
  const attachment = { application: "ff", name: "photo", media_type: "image/png", sha256: "ab", content: "AA==" };
  await db.insertInto("procedure_attachment").values(attachment).execute();
  const event = { application: "ff", number: 1, at: time, state: "received" as const, reason: null };
  await db.insertInto("procedure_event").values(event).execute();
  await db.insertInto("meta").values({ name: "key", value: secret }).execute();
  await db.insertInto("challenge").values({ nonce: secret, used: 0, expires_at: time, bound_to: null }).execute();
  await db.insertInto("proposal").values({ id: secret, person, mykey_id: "PROPOSED", expires_at: time }).execute();
  await fillTheRest(db);
}

/** A row for each table that has none: of the person a, and whatever else is referred to is called x. */
async function fillTheRest(db: Db): Promise<void> {
  for (const { name, columns } of movedTables) {
    const { rows } = await byName(db)
      .selectFrom(name)
      .select((of) => of.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    if (rows > 0) continue;
    const values = columns.map(([column, kind]) => [column, column === "person" ? "a" : kind === "text" ? "x" : 1]);
    const nulls = columns.filter(([, kind]) => kind.endsWith("?")).map(([column]) => [column, null]);
    await byName(db)
      .insertInto(name)
      .values(Object.fromEntries([...values, ...nulls]))
      .execute();
  }
}

/**
 * What moves from one database to another must be the same there.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function movingContract(freshDatabase: () => Promise<string>): void {
  const folder = (): string => temporaryFolder();
  const open = async (database: string): Promise<Store> => {
    const store = await openStore(database, () => time);
    onTestFinished(() => store.close());
    return store;
  };
  const text = async (store: Store, meanwhile: () => Promise<unknown> = async () => undefined): Promise<string> => {
    let written = "";
    let others: Promise<unknown> | undefined;
    const moved = await exportPlatform(
      store,
      (line) => {
        written += line;
        others ??= meanwhile();
      },
      signal,
    );
    await others;
    expect(written.split("\n")).toHaveLength(moved.rows + 3);
    return written;
  };
  const into = async (store: Store, exported: string) => {
    const file = path.join(folder(), "platform.ndjson");
    writeFileSync(file, exported);
    const opened = openExport(file);
    try {
      return await importPlatform(store, opened, signal);
    } finally {
      opened.close();
    }
  };
  const filled = async (): Promise<Store> => {
    const store = await open(await freshDatabase());
    await fill(store.db);
    return store;
  };
  const elsewhere = () => open(path.join(folder(), "sandbox.db"));

  describe("a platform that moves", () => {
    test("is the same there and back, byte for byte, with something in every table and an audit log that is whole", async () => {
      const first = await text(await filled());
      const header = JSON.parse(first.slice(0, first.indexOf("\n")));
      for (const { name, rows } of header.tables) expect(rows, name).toBeGreaterThan(0);
      expect(first).not.toContain(secret);
      const there = await elsewhere();
      const moved = await into(there, first);
      expect(moved).toMatchObject({ accounts: persons.length, auditLines: persons.length });
      expect(await text(there)).toBe(first);
      expect(await verifyAudit(there.db)).toMatchObject({ problem: null, lines: persons.length });
      const back = await open(await freshDatabase());
      await into(back, first);
      expect(await text(back)).toBe(first);
      await appendAudit(back.db, [{ actor: "platform", action: "life.goes-on", subject: null }], time);
      expect(await verifyAudit(back.db)).toMatchObject({ problem: null });
    });

    test("is written as it stood at one moment, while others go on", async () => {
      const database = await freshDatabase();
      const store = await open(database);
      await fill(store.db);
      const before = await text(store);
      const others = await open(database);
      const change = () => others.db.insertInto("person").values({ id: "0", linkage: "0", created_at: 0 }).execute();
      expect(await text(store, change)).toBe(before);
      expect(await text(store)).not.toBe(before);
    });

    test("comes into no database that has been used", async () => {
      const exported = await text(await filled());
      const used = await open(await freshDatabase());
      await used.db.insertInto("setting").values({ name: "x", value: "1", set_at: 0 }).execute();
      const before = await text(used);
      await expect(into(used, exported)).rejects.toMatchObject({ code: "ERR_IO_DATABASE_USED" });
      expect(await text(used)).toBe(before);
    });

    test("leaves nothing of a file that ends too early, was changed, or whose audit log is not whole", async () => {
      const exported = await text(await filled());
      const target = await open(await freshDatabase());
      const empty = await text(target);
      const lines = exported.split("\n").slice(0, -2);
      const signed = (changed: string): string => {
        const body = `${changed}\n`;
        return `${body}{"sha256":"${createHash("sha256").update(body).digest("hex")}"}\n`;
      };
      expect(signed(lines.join("\n"))).toBe(exported);
      const cases: [string, string][] = [
        [lines.slice(0, -1).join("\n"), "cut"],
        [exported.slice(0, -1), "cut"],
        [exported.replace("カナ", "カヌ"), "changed"],
        [`${exported}{}\n`, "changed"],
        [signed(lines.join("\n").replace('"mykey.issue"', '"mykey.steal"')), "audit"],
        [signed(lines.join("\n").replace('"カナ"', "1")), "changed"],
        [signed(lines.join("\n").replace('"カナ"', '"\\u0000"')), "changed"],
      ];
      for (const [content, problem] of cases) {
        await expect(into(target, content), problem).rejects.toMatchObject({
          code: "ERR_IO_EXPORT",
          details: { problem },
        });
      }
      const twice = signed(lines.join("\n").replace('["person","b"', '["person","a"'));
      await expect(into(target, twice)).rejects.toThrow();
      expect(await text(target)).toBe(empty);
      await into(target, exported);
      expect(await text(target)).toBe(exported);
    });
  });
}

/** What `checkExport` says of a file with this content. */
export async function verdict(content: string | Uint8Array): Promise<unknown> {
  const file = path.join(temporaryFolder(), "platform.ndjson");
  writeFileSync(file, content);
  const opened = openExport(file);
  try {
    return await checkExport(opened, signal);
  } finally {
    opened.close();
  }
}

/** A platform's export, filled. */
export async function someExport(): Promise<string> {
  const store = await openStore(path.join(temporaryFolder(), "sandbox.db"), () => time);
  await fill(store.db);
  let written = "";
  await exportPlatform(
    store,
    (line) => {
      written += line;
    },
    signal,
  );
  await store.close();
  return written;
}
