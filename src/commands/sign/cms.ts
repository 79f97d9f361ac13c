import { MynakitError } from "../../errors.ts";
import { pemBlock } from "../../jpki/certificate/pem.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { createSignedData } from "../../jpki/signature/cms.ts";
import type { Run } from "../command.ts";
import { writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { signWithCard } from "./card.ts";
import { type Document, hashedDocument, hashOf, outputOf, wholeDocument } from "./document.ts";

type Data = DataOf<"sign cms">;

/**
 * Signs a file with the signing key as CMS (CAdES baseline B). Detached unless asked otherwise, as with OpenSSL: the
 * signature stands beside the file, which may be of any size.
 */
export const run: Run<Data> = async (context, input) => {
  const { attached, detached: wanted } = input.options;
  if (attached && wanted) {
    const allowed = "--attached, --detached";
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--attached", problem: "excludes", allowed });
  }
  const detached = !attached;
  const format = input.options.format as Data["format"];
  const name = String(input.arguments.file);
  const fallback = name === "-" ? null : `${name}.${detached ? "p7s" : "p7m"}`;
  const output = outputOf(context, input, { fallback, binary: format === "der", document: name });
  const hash = hashOf(input);
  const document: Document = detached
    ? await hashedDocument(context, name, hash)
    : await wholeDocument(context, name, hash);
  const { signed, result, warnings } = await signWithCard(context, {
    key: "sign",
    document,
    withCertificate: true,
    withAuthority: true,
    async work({ certificate, authority, sign }, clock) {
      const signingTime = clock();
      const der = await createSignedData({
        digest: document.digest,
        ...(document.content ? { content: document.content } : {}),
        certificates: [certificate.der, ...(authority ? [authority.der] : [])],
        signingTime,
        sign,
      });
      return { der, signingTime };
    },
  });
  const content = format === "pem" ? pemBlock(result.der, "CMS") : result.der;
  await reporting(signed, async () => output && writeOutput(output, content));
  const handed = output ? { file: output.file } : { output: Buffer.from(content).toString("base64") };
  return {
    data: { ...signed, detached, signingTime: result.signingTime.toISOString(), format, ...handed },
    warnings,
  };
};
