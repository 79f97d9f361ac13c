import { writeFileSync } from "node:fs";
import { MynakitError } from "../../errors.ts";
import { writing } from "../../files.ts";
import type { CertificateKind } from "../../jpki/applications.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import { checkProfile } from "../../jpki/certificate/profile.ts";
import { unlockCertificate } from "../../jpki/certificate/unlock.ts";
import { validityState } from "../../jpki/certificate/validity.ts";
import { useReader } from "../card-use.ts";
import type { Run, Warning } from "../command.ts";
import type { DataOf } from "../results.ts";

type Shown = DataOf<"cert show">["certificate"];
type Format = "text" | "pem" | "der";

const day = 24 * 60 * 60 * 1000;
/** Renewal opens three months before the end; municipal notices go out then. */
const warnBefore = 90 * day;

/** Shows a certificate of the card, or hands it out as PEM or DER. Nobody checks revocation here, and the data says so. */
export const run: Run<DataOf<"cert show">> = async (context, input) => {
  const kind = (input.arguments.kind ?? "auth") as CertificateKind;
  const format = input.options.format as Format | undefined;
  const file = input.options.output === undefined ? undefined : String(input.options.output);
  if (format === "der" && !file && !context.options.json && context.host.stdout.isTTY) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--format", problem: "needs-file" });
  }
  const { reader, simulated, result } = await useReader(context, (reader, options) =>
    unlockCertificate(reader, kind, {
      ...options,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "read-certificate" }),
    }),
  );
  const { certificate, pin } = result;
  const now = context.clock({ simulatedCard: simulated })();
  const output = encode(certificate, format ?? (file ? "pem" : undefined));
  if (file && output) writeFile(file, output);
  return {
    data: {
      reader,
      certificate: shown(certificate, now),
      ...(file ? { file } : output ? { raw: Buffer.from(output).toString("base64") } : {}),
      ...pin,
    },
    warnings: warningsOf(certificate, now),
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

function warningsOf(certificate: JpkiCertificate, now: Date): Warning[] {
  const { kind, notAfter } = certificate;
  const problems = checkProfile(certificate);
  const left = notAfter.getTime() - now.getTime();
  return [
    ...(problems.length > 0
      ? [{ code: "WARN_CERT_PROFILE", details: { kind, problems: problems.join(", ") } } as const]
      : []),
    ...(left > 0 && left < warnBefore
      ? [{ code: "WARN_CERT_EXPIRES", details: { kind, notAfter: notAfter.toISOString() } } as const]
      : []),
  ];
}

/** The signing certificate holds personal data: nobody else may read it. */
const writeFile = (path: string, content: Uint8Array): void =>
  writing(path, () => writeFileSync(path, content, { mode: 0o600 }));
