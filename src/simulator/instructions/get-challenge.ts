import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, type ReceivedCommand, Refusal, success } from "../os.ts";

/** GET CHALLENGE (ISO/IEC 7816-4, 11.5.3): 1 to 256 random bytes in any state; the extended form is refused. */
export function getChallenge(os: CardOs, { p1, p2, data, le, extended }: ReceivedCommand): ResponseApdu {
  if (data || le === undefined) throw new Refusal(0x6700);
  if (p1 !== 0 || p2 !== 0) throw new Refusal(0x6a86);
  if (extended) throw new Refusal(0x6985);
  return success(os.random(le));
}
