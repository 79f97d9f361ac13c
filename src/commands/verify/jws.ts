import { verifyJws } from "../../jpki/signature/jws.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { contentFile, signatureFile, trustOf, verification } from "./signature.ts";

/** Verifies a JWS in compact form, with the payload in it or beside it. */
export const run: Run<DataOf<"verify jws">> = async (context, input) => {
  const file = String(input.arguments.file);
  const content = contentFile(input);
  const trust = await trustOf(context, input);
  const jws = Buffer.from(await signatureFile(context, file))
    .toString("latin1")
    .trimEnd();
  const payload = content === null ? null : await signatureFile(context, content);
  return verification({ file, format: "jws", content }, trust, () => verifyJws(jws, payload, trust));
};
