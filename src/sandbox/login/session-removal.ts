import type { LoginTables } from "../store/login-schema.ts";
import type { Db } from "../store/schema.ts";

/**
 * Ends sessions of a person, and takes away what they opened.
 * @param which one, or all of them
 * @returns the identifiers of those that stood
 */
export async function removeSessions(
  db: Db,
  { person, which, now }: { readonly person: string; readonly which: string | "all"; readonly now: number },
): Promise<string[]> {
  const ended = await db
    .deleteFrom("login_session")
    .where("person", "=", person)
    .where("expires_at", ">", now)
    .$if(which !== "all", (query) => query.where("id", "=", which))
    .returning(["id", "grant_id"])
    .execute();
  await removeOpened(db, ended);
  return ended.map(({ id }) => id);
}

/**
 * Takes away what sessions opened: tokens, the logins of browsers.
 * @returns whether any of it still opened something
 */
export async function removeOpened(
  db: Db,
  sessions: readonly Pick<LoginTables["login_session"], "grant_id">[],
): Promise<boolean> {
  if (sessions.length === 0) return false;
  const grants = sessions.map(({ grant_id: grantId }) => grantId);
  const pages = await db.deleteFrom("page_session").where("id_hash", "in", grants).returning("id_hash").execute();
  const tokens = await db.deleteFrom("oidc_payload").where("grant_id", "in", grants).returning("model").execute();
  return pages.length > 0 || tokens.some(({ model }) => model === "AccessToken");
}
