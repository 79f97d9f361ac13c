import { fromHex } from "../../apdu/hex.ts";
import { MynakitError } from "../../errors.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { digestLengths, type SigningKey } from "../../jpki/sign.ts";
import type { Input, Run } from "../command.ts";
import type { Context } from "../context.ts";
import { writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { signWithCard } from "./card.ts";
import { type Document, hashedDocument, hashOf, outputOf } from "./document.ts";

type Data = DataOf<"sign raw">;

/** Signs a file, or a digest made elsewhere, and hands out the bare signature: RSASSA-PKCS1-v1_5, 256 bytes. */
export const run: Run<Data> = async (context, input) => {
  const wanted = input.options.format as Data["format"] | undefined;
  const output = outputOf(context, input, {
    fallback: null,
    binary: wanted === "binary",
    document: input.arguments.file,
  });
  const format = wanted ?? (output ? "binary" : "base64");
  const document = await documentOf(context, input);
  const key = input.options.key as SigningKey;
  const { signed, result, warnings } = await signWithCard(context, {
    key,
    document,
    withCertificate: false,
    work: (signer) => signer.signDigest(document.digest),
  });
  const signature = Buffer.from(result).toString("base64");
  const content = format === "binary" ? result : `${signature}\n`;
  await reporting(signed, async () => output && writeOutput(output, content));
  return { data: { ...signed, format, signature, ...(output ? { file: output.file } : {}) }, warnings };
};

async function documentOf(context: Context, input: Input): Promise<Document> {
  const { file } = input.arguments;
  const { digest } = input.options;
  if ((file === undefined) === (digest === undefined)) {
    const problem = digest === undefined ? "missing" : "excludes";
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--digest", problem, allowed: "FILE, --digest" });
  }
  if (digest === undefined) return hashedDocument(context, String(file), hashOf(input));
  const hash = hashOf(input);
  const value = String(digest);
  if (!/^[0-9A-Fa-f]*$/.test(value) || value.length !== digestLengths[hash] * 2) {
    const allowed = `${hash}: ${digestLengths[hash] * 2} hexadecimal digits`;
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--digest", problem: "not-allowed", allowed });
  }
  return { name: null, size: null, digest: { hash, value: fromHex(value) } };
}
