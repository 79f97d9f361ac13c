import { createHash } from "node:crypto";
import {
  type DeviceDecision,
  type DeviceRequest,
  newUserCode,
  shownUserCode,
  userCodeIn,
} from "../../login/device/wire.ts";
import { clientId } from "../../login/wire.ts";
import { registeredClient } from "../authorization/clients.ts";
import { addressSubject, guess } from "../mykey/throttle.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type ChangeParts, inTransaction } from "../store/change.ts";
import type { LoginTables } from "../store/login-schema.ts";
import type { Db } from "../store/schema.ts";
import { removeOpened } from "./session-removal.ts";

/** How long a request can be approved, in seconds. */
export const deviceLoginLife = 10 * 60;
/** Seconds between two questions of the device. */
export const pollInterval = 2;
const codeBytes = 32;
/** The client of browsers that wait at a page of ours. At the token endpoint there is none of this name. */
export const browserClient = "browser";
/** Wrong user codes of one address that cost no waiting. */
const freeGuesses = 10;

export type DeviceLogin = LoginTables["device_login"];

export interface DeviceOrder {
  readonly client: string;
  readonly scope: string;
  readonly device: string | null;
  readonly address: string | null;
  readonly thumbprint: string | null;
}

interface RequestParts extends ChangeParts {
  random(length: number): Uint8Array;
}

/** The store knows device codes by their hashes alone. */
const idOf = (deviceCode: string): string => createHash("sha256").update(deviceCode).digest("hex");

/** A device asks to be let in (RFC 8628, 3.1). @returns its secret code, and the one for people */
export async function requestDeviceLogin(order: DeviceOrder, { db, now, random }: RequestParts) {
  const deviceCode = Buffer.from(random(codeBytes)).toString("base64url");
  const at = now();
  for (;;) {
    const userCode = newUserCode(random);
    const row = {
      ...order,
      id: idOf(deviceCode),
      user_code: userCode,
      state: "pending" as const,
      person: null,
      facts: null,
      session: null,
      created_at: at,
      expires_at: at + deviceLoginLife * 1000,
      poll_interval: pollInterval,
      poll_after: at,
    };
    const made = await db
      .insertInto("device_login")
      .values(row)
      .onConflict((conflict) => conflict.column("user_code").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made) return { deviceCode, userCode };
  }
}

/**
 * Who asks under a user code. Wrong codes count against the address.
 * @param address where the question comes from; null: from this process
 * @throws {Refusal} throttled, user-code-unknown, device-login-*
 */
export async function lookUp(typed: string, address: string | null, parts: ChangeParts): Promise<DeviceRequest> {
  const code = userCodeIn(typed);
  const find = async (db: Db) =>
    code === undefined
      ? undefined
      : db.selectFrom("device_login").selectAll().where("user_code", "=", code).executeTakeFirst();
  const suspect = { subject: `code from ${addressSubject(address ?? "")}`, free: freeGuesses };
  const found = await (address === null ? find(parts.db) : guess(parts, suspect, find));
  if (!found) throw new Refusal("user-code-unknown", "no device has asked with this code");
  requirePending(found, parts.now());
  return {
    sandbox: true,
    request: found.id,
    userCode: shownUserCode(found.user_code),
    client: found.client,
    service: await serviceAsking(found.client, parts.db),
    scope: found.scope,
    device: found.device,
    address: found.address,
    requestedAt: rfc3339(found.created_at),
    expiresAt: rfc3339(found.expires_at),
  };
}

/** What an external service is called, while it is registered and after; null: mynakit itself asks, or a page of ours. */
async function serviceAsking(client: string, db: Db): Promise<string | null> {
  if (client === clientId || client === browserClient) return null;
  return (await registeredClient(db, client))?.name ?? client;
}

/** @throws {Refusal} device-login-*: it can be decided on no more, or never was */
export async function requireDecidable(db: Db, request: string, now: number): Promise<void> {
  const found = await db
    .selectFrom("device_login")
    .select(["state", "expires_at"])
    .where("id", "=", request)
    .executeTakeFirst();
  requirePending(found, now);
}

function requirePending(found: Pick<DeviceLogin, "state" | "expires_at"> | undefined, now: number): void {
  if (!found) throw new Refusal("device-login-unknown", "there is no such request");
  if (found.state === "denied") throw new Refusal("device-login-denied", "the request was denied");
  if (found.state === "cancelled") throw new Refusal("device-login-cancelled", "the device took its request back");
  if (found.state !== "pending") throw new Refusal("device-login-used", "the request was approved before");
  if (found.expires_at <= now) throw new Refusal("device-login-expired", "the request is too old");
}

type Decision = DeviceDecision["state"];

/**
 * Decides on a request: of any number of decisions at once, one gets through.
 * @throws {Refusal} device-login-*
 */
export async function decide(
  db: Db,
  request: string,
  decision: { readonly state: Decision; readonly person?: string; readonly facts?: string },
  now: number,
): Promise<void> {
  const decided = await db
    .updateTable("device_login")
    .set(decision)
    .where("id", "=", request)
    .where("state", "=", "pending")
    .where("expires_at", ">", now)
    .returning("id")
    .executeTakeFirst();
  if (decided) return;
  await requireDecidable(db, request, now);
  throw new Refusal("device-login-used", "the request was decided on at the same moment");
}

/** The device takes its request back; one that is decided or over stays as it is. */
export async function cancel(deviceCode: string, { db, now }: ChangeParts): Promise<void> {
  await decide(db, idOf(deviceCode), { state: "cancelled" }, now()).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** A device's request that was approved, and by whom. */
export interface ApprovedLogin extends DeviceLogin {
  readonly person: string;
  readonly facts: string;
}

interface Poll {
  readonly deviceCode: string;
  readonly client: string;
  /** Of the key that the device has proven. */
  readonly thumbprint: string | null;
}

/**
 * The device asks what became of its request (RFC 8628, 3.4). One that was used is given again to the key, or the
 * browser, that it is bound to: the answer may have been lost.
 * @throws {Refusal} authorization-pending, slow-down, device-login-*
 */
export async function poll({ deviceCode, client, thumbprint }: Poll, parts: ChangeParts): Promise<ApprovedLogin> {
  const { db, now } = parts;
  const found = await ownRequest(deviceCode, client, db);
  if (found && found.thumbprint !== null && found.thumbprint !== thumbprint) {
    throw new Refusal("device-login-foreign", "the request is bound to another key");
  }
  if (found && found.expires_at <= now()) throw new Refusal("device-login-expired", "the request is too old");
  const { person, facts } = found ?? {};
  // A browser's code is a cookie, as secret as that of the session which it would get again.
  const bound = found?.thumbprint !== null || client === browserClient;
  const given = found?.state === "approved" || (found?.state === "used" && bound);
  if (given && person && facts) return { ...found, person, facts };
  requirePending(found, now());
  throw await pace(found as DeviceLogin, parts);
}

/** What a device has asked for, whatever became of it. */
export function ownRequest(deviceCode: string, client: string, db: Db): Promise<DeviceLogin | undefined> {
  return db
    .selectFrom("device_login")
    .selectAll()
    .where("id", "=", idOf(deviceCode))
    .where("client", "=", client)
    .executeTakeFirst();
}

/**
 * Has the device wait: as long as it was told, and five seconds longer from now on if it came too soon. One in this
 * process spares nobody by waiting, and its clock may be standing still.
 */
async function pace(
  { id, address, poll_interval, poll_after }: DeviceLogin,
  { db, now }: ChangeParts,
): Promise<Refusal> {
  const early = address !== null && now() < poll_after;
  const interval = early ? poll_interval + 5 : poll_interval;
  await db
    .updateTable("device_login")
    .set({ poll_interval: interval, poll_after: now() + interval * 1000 })
    .where("id", "=", id)
    .execute();
  if (early) return new Refusal("slow-down", `wait ${interval} s between two questions`);
  return new Refusal("authorization-pending", "nobody has decided yet");
}

/**
 * Begins the session of an approved request, and ends the one that came of it before: of any number of answers at once,
 * one is good for something in the end.
 * @param begin what makes the new tokens good
 * @throws {Refusal} device-login-used
 */
export function handOver(
  { id, session }: ApprovedLogin,
  begin: (db: Db) => Promise<string>,
  { db }: ChangeParts,
): Promise<void> {
  return inTransaction(db, async (transaction) => {
    const taken = await transaction
      .updateTable("device_login")
      .set({ state: "used" })
      .where("id", "=", id)
      .where("state", "in", ["approved", "used"])
      .where("session", "is not distinct from", session)
      .returning("id")
      .executeTakeFirst();
    if (!taken) throw new Refusal("device-login-used", "the request was used at the same moment");
    if (session !== null && !(await end(transaction, session))) {
      throw new Refusal("device-login-used", "the session of this request has ended");
    }
    const begun = await begin(transaction);
    await transaction.updateTable("device_login").set({ session: begun }).where("id", "=", id).execute();
  });
}

/** @returns whether it stood: one that somebody ended must not rise again */
async function end(db: Db, session: string): Promise<boolean> {
  const ended = await db.deleteFrom("login_session").where("id", "=", session).returning("grant_id").executeTakeFirst();
  return ended !== undefined && removeOpened(db, [ended]);
}
