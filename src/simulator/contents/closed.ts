import type { ApplicationName } from "../../jpki/applications.ts";
import type { ClosedFileImage } from "../image.ts";

/**
 * EFs that were found on cards and that no client can use; what they are for is not known, except that 0016 of JPKI refers to
 * the key of the terminals' authority. 0010 of JPKI answers the retry query; with what is not published, here as one that is
 * blocked. 0012 of the text application was blocked on every card seen. Source: public measurements (myna-card).
 */
const found: readonly (readonly [ApplicationName, ClosedFileImage["as"], ...number[]])[] = [
  ["jpki", "data", 0x09],
  ["jpki", "internal", 0x05, 0x16, 0x19, 0x1c, 0x1e],
  ["jpki", "blocked", 0x10],
  ["text", "internal", 0x10, 0x1c, 0x1e],
  ["text", "blocked", 0x12],
  ["visual", "internal", 0x14, 0x15, 0x1c, 0x1e],
  ["common", "internal", 0x1e],
  ["isd", "internal", 0x1e],
];

/** Those of the given applications. */
export const closedFilesOf = (applications: readonly ApplicationName[]): ClosedFileImage[] =>
  found
    .filter(([application]) => applications.includes(application))
    .flatMap(([application, as, ...files]) => files.map((file) => ({ application, file, as })));
