import { MynakitError } from "../errors.ts";
import type { MykeyRules } from "./wire.ts";

/** What the MyKey Platform asked for in 2020; at an issue the platform says what it asks for now. */
export const usualWaitingTime = { waitingTimeSeconds: 24 * 60 * 60 } as const;

/** The moment from which the MyKey Platform takes a certificate. */
export function earliestUse(notBefore: Date, rules: Pick<MykeyRules, "waitingTimeSeconds">): Date {
  return new Date(notBefore.getTime() + rules.waitingTimeSeconds * 1000);
}

/**
 * Refuses a certificate that the platform would refuse as too new, before a PIN is asked for.
 * @throws {MynakitError} ERR_CERT_TOO_NEW
 */
export function requireWaited(notBefore: Date, rules: Pick<MykeyRules, "waitingTimeSeconds">, now: Date): void {
  const earliest = earliestUse(notBefore, rules);
  if (now.getTime() >= earliest.getTime()) return;
  throw new MynakitError("ERR_CERT_TOO_NEW", {
    kind: "auth",
    notBefore: notBefore.toISOString(),
    earliest: earliest.toISOString(),
  });
}
