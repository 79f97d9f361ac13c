import { createHash } from "node:crypto";

/** SHA-256 as applications and receipts have it: lower-case hexadecimal. */
export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
