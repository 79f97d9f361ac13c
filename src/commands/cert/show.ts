import { MynakitError } from "../../errors.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import { checkProfile } from "../../jpki/certificate/profile.ts";
import { validityState } from "../../jpki/certificate/validity.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import type { Run, Warning } from "../command.ts";
import { type Output, requireFree, writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { certificateSource } from "./source.ts";
import { expiryWarnings } from "./warnings.ts";

type Shown = DataOf<"cert show">["certificate"];
type Format = "text" | "pem" | "der";

/** Shows a certificate of the card or of a file, or hands it out as PEM or DER. Nobody checks revocation here, and the data says so. */
export const run: Run<DataOf<"cert show">> = async (context, input) => {
  const format = input.options.format as Format | undefined;
  const file = input.options.output === undefined ? undefined : String(input.options.output);
  if (format === "der" && !file && !context.options.json && context.host.stdout.isTTY) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--format", problem: "needs-file" });
  }
  if (file !== undefined && format === "text") {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--format", problem: "not-in-file", allowed: "pem, der" });
  }
  const target: Output | undefined = file === undefined ? undefined : { file, force: input.options.force === true };
  if (target) requireFree(target);
  const source = await certificateSource(context, input, { withAuthority: false });
  const { certificate, reader, simulated, pin } = source;
  const now = context.clock({ simulatedCard: simulated })();
  const output = encode(certificate, format ?? (file ? "pem" : undefined));
  if (target && output) await reporting(pin, async () => writeOutput(target, output));
  return {
    data: {
      reader,
      certificate: shown(certificate, now),
      ...(file ? { file } : output ? { raw: Buffer.from(output).toString("base64") } : {}),
      ...pin,
    },
    warnings: [...source.warnings, ...profileWarnings(certificate), ...expiryWarnings(certificate, now)],
  };
};

function encode({ pem, der }: JpkiCertificate, format: Format | undefined): Uint8Array | undefined {
  if (format === "pem") return Buffer.from(pem);
  return format === "der" ? der : undefined;
}

function shown(certificate: JpkiCertificate, now: Date): Shown {
  const { kind, serialNumber, notBefore, notAfter, keyUsage, policies, fingerprintSha256, holder, pem } = certificate;
  return {
    kind,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: serialNumber.number,
    serialNumberHex: serialNumber.hex,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    state: validityState(certificate, now),
    revocation: "not-checked",
    keyUsage: [...keyUsage],
    policies: [...policies],
    fingerprintSha256,
    ...(holder
      ? {
          holder: {
            ...holder,
            nameSubstitutes: [...holder.nameSubstitutes],
            addressSubstitutes: [...holder.addressSubstitutes],
          },
        }
      : {}),
    pem,
  };
}

function profileWarnings(certificate: JpkiCertificate): Warning[] {
  const problems = checkProfile(certificate);
  if (problems.length === 0) return [];
  return [{ code: "WARN_CERT_PROFILE", details: { kind: certificate.kind, problems: problems.join(", ") } }];
}
