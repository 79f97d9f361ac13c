import type { Db } from "../store/schema.ts";

/**
 * Ends sessions of a person, and takes away what they opened: tokens, the login of a browser.
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
  if (ended.length === 0) return [];
  const grants = ended.map(({ grant_id: grantId }) => grantId);
  await db.deleteFrom("oidc_payload").where("grant_id", "in", grants).execute();
  await db.deleteFrom("page_session").where("id_hash", "in", grants).execute();
  return ended.map(({ id }) => id);
}
