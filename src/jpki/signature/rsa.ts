import { constants, type KeyObject, publicDecrypt } from "node:crypto";
import { type Digest, digestInfo } from "../sign.ts";

/**
 * Whether a key made the signature: RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2) over a message of which only the digest is at hand.
 * What the padding holds must be the DigestInfo to the last byte. Never throws.
 */
export function isSignatureOf(digest: Digest, signature: Uint8Array, key: KeyObject): boolean {
  const bits = key.asymmetricKeyType === "rsa" ? key.asymmetricKeyDetails?.modulusLength : undefined;
  if (bits === undefined || signature.length !== Math.ceil(bits / 8)) return false;
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(digestInfo(digest));
  } catch {
    return false;
  }
}
