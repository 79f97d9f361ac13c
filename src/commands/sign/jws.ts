import { reporting } from "../../jpki/pin/reporting.ts";
import type { SigningKey } from "../../jpki/sign.ts";
import { createJws, jwsAlgorithms } from "../../jpki/signature/jws.ts";
import type { Run } from "../command.ts";
import { writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { signWithCard } from "./card.ts";
import { hashOf, outputOf, wholeDocument } from "./document.ts";

/** Signs a file as a JWS in compact form, with the certificate in its header. */
export const run: Run<DataOf<"sign jws">> = async (context, input) => {
  const detached = input.options.detached === true;
  const hash = hashOf(input);
  const output = outputOf(context, input, { fallback: null, binary: false, document: input.arguments.file });
  const document = await wholeDocument(context, String(input.arguments.file), hash);
  const { signed, result, warnings } = await signWithCard(context, {
    key: input.options.key as SigningKey,
    document,
    withCertificate: true,
    async work({ certificate, sign }, clock) {
      const signingTime = clock();
      const { content: payload } = document;
      const jws = await createJws({ payload, hash, certificate: certificate.der, signingTime, detached, sign });
      return { jws, signingTime };
    },
  });
  await reporting(signed, async () => output && writeOutput(output, `${result.jws}\n`));
  const handed = output ? { file: output.file } : { jws: result.jws };
  const signingTime = result.signingTime.toISOString();
  return { data: { ...signed, detached, signingTime, algorithm: jwsAlgorithms[hash], ...handed }, warnings };
};
