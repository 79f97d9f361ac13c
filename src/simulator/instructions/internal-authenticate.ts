import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { commonFiles } from "../../jpki/applications.ts";
import { type CardOs, findKey, Refusal, success } from "../os.ts";
import { modulusLength, signSha256 } from "../rsa.ts";

const maxChallenge = 255;
const keyReference = 0x80 + commonFiles.internalAuthenticationKey;

/**
 * INTERNAL AUTHENTICATE (ISO/IEC 7816-4, 11.5.2): RSASSA-PKCS1-v1_5 with SHA-256 over the challenge, without any PIN, by the one
 * key that does so; 6985 in every other application. Source: public measurements (myna-card).
 */
export function internalAuthenticate(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (!data || data.length > maxChallenge || le === undefined || le < modulusLength) throw new Refusal(0x6700);
  const key = findKey(os, "internal-authentication");
  if (!key) throw new Refusal(0x6985);
  if (p1 !== 0 || p2 !== keyReference) throw new Refusal(0x6a86);
  return success(signSha256(key.privateKey, data));
}
