import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import type { ApplicationName } from "../../jpki/applications.ts";
import { type CardOs, Refusal, success } from "../os.ts";

/*
 * Commands that the card knows and that no client gets done. Secure messaging is not simulated, only how the card declines it.
 * Source: public measurements (myna-card).
 */

/** Before a PIN, or where no key can be delivered. It is never an unknown instruction. */
const withoutSessionKey: Record<ApplicationName, number> = {
  text: 0x6982,
  common: 0x66f1,
  visual: 0x66f1,
  jpki: 0x6982,
  juki: 0x6982,
  isd: 0x6982,
};

/** SET SESSION KEY. After a PIN of the text application every key is taken for a wrong one. */
export function setSessionKey({ session }: CardOs): ResponseApdu {
  const { application, verified } = session;
  throw new Refusal(application === "text" && verified.size > 0 ? 0x6a80 : withoutSessionKey[application ?? "isd"]);
}

/** SET PUBLIC IC KEY: the parameters under which a card takes a terminal's certificate are not published. */
export function setPublicIcKey(): ResponseApdu {
  throw new Refusal(0x6a86);
}

/** The mark of an iPhone's last command; a card knows it not. */
export function lastCommand({ image }: CardOs, { p1, p2, data }: CommandApdu): ResponseApdu {
  if (!image.switches.lastCommandMark) throw new Refusal(0x6700);
  if (p1 !== 0 || p2 !== 0) throw new Refusal(0x6a86);
  if (data) throw new Refusal(0x6700);
  return success();
}

/** Commands of the issuer. What a real card answers anybody else is not published. */
export function issuersAlone(): ResponseApdu {
  throw new Refusal(0x6982);
}
