import { reservationQuota } from "../mykey/rules.ts";
import { limitQuota } from "../store/quota.ts";
import { type OperatorParts, operate } from "./operate.ts";

/**
 * Sets how many persons can reserve. Below what is taken already, nobody else can; raised again, the next one can.
 * @param most null: as many as was published
 */
export async function setCapacity(most: number | null, parts: OperatorParts): Promise<void> {
  await operate(parts, ["capacity.set", most], async (db) => {
    const before = await limitQuota(db, reservationQuota, most);
    const entry = { actor: "operator", action: "capacity.set", subject: null, details: { most, before } } as const;
    return { answer: null, audit: before === most ? [] : [entry] };
  });
}
