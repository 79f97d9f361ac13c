import { derBlocks } from "../../jpki/certificate/pem.ts";
import { verifySignedData } from "../../jpki/signature/cms.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { contentFile, hashedContent, signatureFile, trustOf, verification } from "./signature.ts";

/** Verifies a CMS signature, in DER or PEM, with the content in it or beside it. */
export const run: Run<DataOf<"verify cms">> = async (context, input) => {
  const file = String(input.arguments.file);
  const content = contentFile(input);
  const trust = await trustOf(context, input);
  const bytes = await signatureFile(context, file);
  return verification({ file, format: "cms", content }, trust, async () => {
    return verifySignedData(derOf(bytes), content === null ? null : hashedContent(context, content), trust);
  });
};

/** What is signed may hold PEM itself: only a file that begins as PEM is taken for that. */
function derOf(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  if (!/^\s*-----BEGIN /.test(head)) return bytes;
  const [der, ...more] = derBlocks(bytes, "CMS", "PKCS7");
  if (more.length > 0) throw new SyntaxError("there is more than one signature in it");
  return der;
}
