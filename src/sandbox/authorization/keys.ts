import type { JWK, JWKS } from "oidc-provider";
import { newKey } from "../../new-key.ts";
import type { Db } from "../store/schema.ts";

const name = "signing-keys";

/** The platform's signing keys, made at its first start; of several processes starting at once, one makes them. */
export async function signingKeys(db: Db): Promise<JWKS> {
  const known = await read(db);
  if (known) return known;
  const jwk = { ...newKey().export({ format: "jwk" }), kid: "1", use: "sig", alg: "ES256" } as JWK;
  await db
    .insertInto("meta")
    .values({ name, value: JSON.stringify({ keys: [jwk] }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read(db)) ?? { keys: [jwk] };
}

async function read(db: Db): Promise<JWKS | undefined> {
  const row = await db.selectFrom("meta").select("value").where("name", "=", name).executeTakeFirst();
  return row && (JSON.parse(row.value) as JWKS);
}
