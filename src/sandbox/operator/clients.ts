import { everyScope } from "../../portal/wire/api.ts";
import { clientIn, type RegisteredClient } from "../authorization/clients.ts";
import { requestedScope } from "../authorization/tokens.ts";
import { removeOpened } from "../login/session-removal.ts";
import { Refusal } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { type OperatorParts, operate } from "./operate.ts";

const idBytes = 8;

/** Registers an OAuth client. @throws {Refusal} scope-unknown */
export async function addClient(
  { name, redirectUris, scope }: Pick<RegisteredClient, "name" | "redirectUris" | "scope">,
  parts: OperatorParts,
): Promise<RegisteredClient> {
  const id = Buffer.from(parts.random(idBytes)).toString("hex");
  const client = { id, name, redirectUris, scope: requestedScope(scope, everyScope), createdAt: parts.now() };
  return operate(parts, ["client.add", id], async (db) => {
    const { redirectUris: uris, createdAt: created_at, ...row } = client;
    await db
      .insertInto("oauth_client")
      .values({ ...row, redirect_uris: JSON.stringify(uris), created_at })
      .execute();
    const details = { client: id, scope: client.scope };
    return { answer: client, audit: [{ actor: "operator", action: "client.add", subject: null, details }] };
  });
}

/** Every client that is registered, the oldest first. */
export async function listClients(db: Db): Promise<RegisteredClient[]> {
  const rows = await db.selectFrom("oauth_client").selectAll().orderBy("created_at").orderBy("id").execute();
  return rows.map(clientIn);
}

/**
 * Takes a client away, and ends every session that it has, and what it still asks for.
 * @returns how many sessions ended
 * @throws {Refusal} client-unknown
 */
export function removeClient(id: string, parts: OperatorParts): Promise<number> {
  return operate(parts, ["client.remove", id], async (db) => {
    const removed = await db.deleteFrom("oauth_client").where("id", "=", id).returning("id").executeTakeFirst();
    if (!removed) throw new Refusal("client-unknown", "no client of this identifier is registered");
    await db.deleteFrom("device_login").where("client", "=", id).execute();
    const ended = await db.deleteFrom("login_session").where("client", "=", id).returning("grant_id").execute();
    await removeOpened(db, ended);
    const details = { client: id, sessions: ended.length };
    return { answer: ended.length, audit: [{ actor: "operator", action: "client.remove", subject: null, details }] };
  });
}
