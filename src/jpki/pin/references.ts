import { type PinId, type PinReference, pinReferences } from "../applications.ts";

const byId = new Map(pinReferences.map((reference) => [reference.id, reference]));

/** The PINs that people choose themselves, and may change. */
export type HolderPinId = Extract<PinId, "auth" | "sign" | "text">;

/** The PIN with an id. */
export function pinReference(id: PinId): PinReference {
  const reference = byId.get(id);
  if (!reference) throw new TypeError(`there is no PIN ${id}`);
  return reference;
}
