import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/**
 * A new private key on the curve P-256. It is read back from its encoding: a key straight from the generator shares a lock
 * with it, and where the generator is collected as garbage during an export of the key, Node.js 20 waits for itself.
 */
export function newKey(): KeyObject {
  const { privateKey: key } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return createPrivateKey({ key, type: "pkcs8", format: "der" });
}
