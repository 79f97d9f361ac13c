import type { InferOutput } from "valibot";
import type { schemas } from "./schemas.ts";

/** The `data` of a command's JSON document. The schemas are their only definition; at run time they are not loaded. */
export type DataOf<N extends string> = N extends keyof typeof schemas ? InferOutput<(typeof schemas)[N]> : never;

/** Documents of a command that writes several, each in a line. */
export const partNames = ["mykey issue batch-line", "mykey issue batch", "portal notices notice"] as const;
export type PartName = (typeof partNames)[number];
