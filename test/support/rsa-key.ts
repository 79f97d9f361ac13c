import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** A new private key, read back from its encoding for the reason that `src/new-key.ts` gives. */
export function newRsaKey(modulusLength = 2048): KeyObject {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return createPrivateKey(privateKey);
}
