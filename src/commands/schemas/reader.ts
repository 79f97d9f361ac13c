import * as v from "valibot";
import { hex } from "./common.ts";

export const readerSchemas = {
  "reader list": v.object({
    readers: v.array(
      v.object({
        name: v.string(),
        uri: v.string(),
        backend: v.picklist(["pcsc", "sim", "replay", "vpcd"]),
        card: v.nullable(v.object({ atr: v.nullable(hex), kind: v.string(), name: v.string() })),
      }),
    ),
  }),
} as const;
