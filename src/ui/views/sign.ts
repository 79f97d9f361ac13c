import type { Block } from "../layout.ts";
import type { Words } from "../messages/messages.ts";
import type { View } from "./index.ts";

export const signRaw: View<"sign raw"> = ({ file, format, signature }, { words }) => {
  if (file !== undefined) return written(file, words);
  return format === "binary" ? raw(Buffer.from(signature, "base64")) : raw(`${signature}\n`);
};

export const signCms: View<"sign cms"> = ({ file, output = "" }, { words }) =>
  file === undefined ? raw(Buffer.from(output, "base64")) : written(file, words);

export const signPdf: View<"sign pdf"> = ({ file, output = "" }, { words }) =>
  file === undefined ? raw(Buffer.from(output, "base64")) : written(file, words);

export const signJws: View<"sign jws"> = ({ file, jws = "" }, { words }) =>
  file === undefined ? raw(`${jws}\n`) : written(file, words);

const raw = (content: string | Uint8Array): Block[] => [{ kind: "raw", content }];
const written = (file: string, words: Words): Block[] => [{ kind: "lines", lines: [{ text: words.writtenTo(file) }] }];
