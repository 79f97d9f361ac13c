import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import type { Db } from "../store/schema.ts";
import { isStorable } from "../store/text.ts";
import { metadataOf, registeredClient } from "./clients.ts";

/**
 * Where oidc-provider keeps its grants and tokens, and finds the clients that the operator registered. What has run out by
 * the platform's clock is not found any more.
 * @param model the kind of thing, e.g. `AccessToken`
 */
export function createAdapter(db: Db, model: string, now: () => number): Adapter {
  const find = async (column: "id" | "uid" | "user_code", value: string): Promise<AdapterPayload | undefined> => {
    if (!isStorable(value)) return undefined;
    const row = await db
      .selectFrom("oidc_payload")
      .select(["payload", "consumed_at"])
      .where("model", "=", model)
      .where(column, "=", value)
      .where((of) => of.or([of("expires_at", "is", null), of("expires_at", ">", now())]))
      .executeTakeFirst();
    if (!row) return undefined;
    const payload = JSON.parse(row.payload) as AdapterPayload;
    return row.consumed_at === null ? payload : { ...payload, consumed: Math.floor(row.consumed_at / 1000) };
  };
  return {
    async find(id) {
      if (model !== "Client") return find("id", id);
      const client = await registeredClient(db, id);
      return client && metadataOf(client);
    },
    findByUid: (uid) => find("uid", uid),
    findByUserCode: (userCode) => find("user_code", userCode),
    async upsert(id, payload, expiresIn) {
      const row = {
        payload: JSON.stringify(payload),
        grant_id: payload.grantId ?? null,
        user_code: payload.userCode ?? null,
        uid: payload.uid ?? null,
        expires_at: expiresIn === undefined ? null : now() + expiresIn * 1000,
      };
      await db
        .insertInto("oidc_payload")
        .values({ model, id, consumed_at: null, ...row })
        .onConflict((conflict) => conflict.columns(["model", "id"]).doUpdateSet(row))
        .execute();
    },
    async consume(id) {
      const consumed = await db
        .updateTable("oidc_payload")
        .set({ consumed_at: now() })
        .where("model", "=", model)
        .where("id", "=", id)
        .where("consumed_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      // Of any number of requests at once that have found it unused, one uses it.
      if (!consumed) throw new errors.InvalidGrant(`${model} already consumed`);
    },
    async destroy(id) {
      await db.deleteFrom("oidc_payload").where("model", "=", model).where("id", "=", id).execute();
    },
    async revokeByGrantId(grantId) {
      await db.deleteFrom("oidc_payload").where("model", "=", model).where("grant_id", "=", grantId).execute();
    },
  };
}
