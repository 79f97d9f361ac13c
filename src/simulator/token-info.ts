import { derivedDigits } from "./derive.ts";

/** PKCS #11 CK_TOKEN_INFO flags: random generator, login required, user PIN and token initialised. */
const flags = 0x0000040d;
const unavailable = 0xffffffff;

/** EF 0006 of the JPKI application: a CK_TOKEN_INFO with big-endian numbers, 160 bytes. Source: public measurements (myna-card). */
export function tokenInfo(label: string, seed: string): Uint8Array {
  const bytes = Buffer.alloc(160, " ");
  bytes.write(label, 0, 32, "ascii");
  bytes.write("mynakit simulated card", 32, 32, "ascii");
  bytes.write("SIMULATED", 64, 16, "ascii");
  bytes.write(derivedDigits(seed, "token-serial", 16), 80, 16, "ascii");
  const sessionsAndPinLengths = [1, 0, 1, 0, 16, 6];
  const memory = [unavailable, unavailable, unavailable, unavailable];
  for (const [at, value] of [flags, ...sessionsAndPinLengths, ...memory].entries())
    bytes.writeUInt32BE(value, 96 + at * 4);
  bytes.write("03019999999999999999", 140, "ascii");
  return new Uint8Array(bytes);
}
