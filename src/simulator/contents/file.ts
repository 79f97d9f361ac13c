import { toHex } from "../../apdu/hex.ts";
import type { ApplicationName, PinId } from "../../jpki/applications.ts";
import type { FileImage } from "../image.ts";

/** A transparent EF just as large as its content. `read`: any one of these PINs opens it; none: free. */
export function fileIn(application: ApplicationName, file: number, content: Uint8Array, read: PinId[] = []): FileImage {
  return { application, file, content: toHex(content), size: content.length, read };
}

export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "ascii"));

/** What stands in files whose meaning is not known. Source: public measurements (myna-card). */
export const unexplained: Uint8Array = new Uint8Array(16).fill(0xff);
