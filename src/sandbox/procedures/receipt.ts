import { CompactSign, importJWK, type JWK } from "jose";
import type { ReceiptClaims } from "../../portal/procedures/wire.ts";
import { signingKeys } from "../authorization/keys.ts";
import type { Db } from "../store/schema.ts";

/** Signs a receipt with the platform's key: a compact JWS (RFC 7515), ES256. */
export async function signReceipt(db: Db, claims: ReceiptClaims): Promise<string> {
  const [jwk] = (await signingKeys(db)).keys;
  if (!jwk?.kid) throw new TypeError("the platform has no key");
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "ES256", kid: jwk.kid, typ: "mynakit-receipt+jws" })
    .sign(await importJWK(jwk as JWK, "ES256"));
}
