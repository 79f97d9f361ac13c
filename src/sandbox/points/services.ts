import { createHash, timingSafeEqual } from "node:crypto";
import { randomMykeyId } from "../mykey/identifier.ts";
import { Refusal } from "../refusal.ts";
import { appendAudit } from "../store/audit.ts";
import { type ChangeParts, inTransaction } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

export interface ServiceParts extends ChangeParts {
  random(length: number): Uint8Array;
}

const tokenBytes = 32;

const hashOf = (...secret: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(secret)).digest("hex");

const same = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * Registers a cashless service of the simulation. Its token is told once; only its hash is kept.
 * @throws {Refusal} service-exists
 */
export async function addService(id: string, { db, now, random }: ServiceParts): Promise<{ token: string }> {
  const token = `${id}.${Buffer.from(random(tokenBytes)).toString("base64url")}`;
  await inTransaction(db, async (transaction) => {
    const added = await transaction
      .insertInto("points_service")
      .values({ id, token_hash: hashOf(token), created_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!added) throw new Refusal("service-exists", `there is a service ${id} already`);
    const entry = { actor: "operator", action: "service.add", subject: null, details: { service: id } } as const;
    await appendAudit(transaction, [entry], now());
  });
  return { token };
}

export interface AccountOrder {
  readonly service: string;
  readonly serviceId: string;
  /** The MyKey ID of the person whose account it is. */
  readonly holder: string;
  /** That of a minor whose legal guardian the holder is. */
  readonly ward: string | null;
}

/**
 * Opens an account at a cashless service of the simulation. Its security code is told once; only its hash is kept.
 * @throws {Refusal} service-unknown, service-account-exists, mykey-id-unknown
 */
export async function addAccount(order: AccountOrder, parts: ServiceParts): Promise<{ securityCode: string }> {
  const { service, serviceId } = order;
  const securityCode = randomMykeyId(parts.random);
  await inTransaction(parts.db, async (db) => {
    await requireService(db, service);
    const holder = await personOf(db, order.holder);
    const ward = order.ward === null ? null : await personOf(db, order.ward);
    const code_hash = hashOf(service, serviceId, securityCode);
    const added = await db
      .insertInto("points_account")
      .values({ service, service_id: serviceId, code_hash, holder, ward })
      .onConflict((conflict) => conflict.doNothing())
      .returning("service")
      .executeTakeFirst();
    if (!added) throw new Refusal("service-account-exists", "the service has such an account already");
    const details = { service, ward: ward !== null };
    await appendAudit(db, [{ actor: "operator", action: "service.account", subject: holder, details }], parts.now());
  });
  return { securityCode };
}

/** @throws {Refusal} service-unknown */
export async function requireService(db: Db, id: string): Promise<void> {
  const found = await db.selectFrom("points_service").select("id").where("id", "=", id).executeTakeFirst();
  if (!found) throw new Refusal("service-unknown", "no such cashless service takes part");
}

async function personOf(db: Db, mykeyId: string): Promise<string> {
  const found = await db
    .selectFrom("mykey")
    .select("person")
    .where("id", "=", mykeyId)
    .where("state", "=", "active")
    .executeTakeFirst();
  if (!found) throw new Refusal("mykey-id-unknown", "nobody has this MyKey ID");
  return found.person;
}

/**
 * Makes sure that the account at the service may be this person's: the code is right, and the person is its holder or
 * a minor whose guardian is.
 * @throws {Refusal} service-unknown, service-account-refused (no such account, or a wrong code: not told which),
 *   service-of-another
 */
export async function requireOwnAccount(
  db: Db,
  person: string,
  {
    service,
    serviceId,
    securityCode,
    guardian,
  }: { service: string; serviceId: string; securityCode: string; guardian: boolean },
): Promise<void> {
  await requireService(db, service);
  const account = await db
    .selectFrom("points_account")
    .select(["code_hash", "holder", "ward"])
    .where("service", "=", service)
    .where("service_id", "=", serviceId)
    .executeTakeFirst();
  const given = hashOf(service, serviceId, securityCode.normalize("NFKC").trim().toUpperCase());
  if (!account || !same(account.code_hash, given)) {
    throw new Refusal("service-account-refused", "the service knows no such account with this security code");
  }
  if (account.holder !== person && !(guardian && account.ward === person)) {
    throw new Refusal("service-of-another", "the account at the service is another person's");
  }
}

/**
 * The service that a bearer token is of.
 * @throws {Refusal} session-missing, session-expired
 */
export async function serviceOf(db: Db, authorization: string | undefined): Promise<string> {
  const [, token, id] = /^Bearer ((\w[\w-]*)\.[\w-]+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined || id === undefined) {
    throw new Refusal("session-missing", "the request carries no token of a service");
  }
  const service = await db.selectFrom("points_service").select("token_hash").where("id", "=", id).executeTakeFirst();
  if (!service || !same(service.token_hash, hashOf(token))) {
    throw new Refusal("session-expired", "this token is of no service");
  }
  return id;
}
