import * as v from "valibot";
import { pin, pinReport } from "./common.ts";

const holderPin = { reader: v.string(), id: v.picklist(["auth", "sign", "text"]), name: v.string() };

export const pinSchemas = {
  "pin tries": v.object({ reader: v.string(), pins: v.array(pin) }),
  "pin check": v.object({ ...holderPin, ...pinReport }),
  "pin change": v.object({ ...holderPin, ...pinReport, changed: v.literal(true) }),
} as const;
