import type { PinReport } from "../../errors.ts";
import { noPinTouched } from "../../errors.ts";
import type { CertificateKind } from "../../jpki/applications.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import { unlockCertificate } from "../../jpki/certificate/unlock.ts";
import { useReader } from "../card-use.ts";
import type { Input, Warning } from "../command.ts";
import type { Context } from "../context.ts";
import { certificateFile } from "./files.ts";

export interface Source {
  readonly certificate: JpkiCertificate;
  /** What the card says its issuer is; only where it was asked for. */
  readonly authority: JpkiCertificate | null;
  /** Null: a file. */
  readonly reader: string | null;
  readonly simulated: boolean;
  readonly pin: PinReport;
  readonly warnings: readonly Warning[];
}

/**
 * The certificate that a command is about: that of `--file`, without touching a card, or that of the card.
 * @throws {MynakitError} what `certificateFile`, `useReader` and `unlockCertificate` throw
 */
export async function certificateSource(
  context: Context,
  input: Input,
  { withAuthority }: { readonly withAuthority: boolean },
): Promise<Source> {
  const kind = input.arguments.kind as CertificateKind | undefined;
  if (input.options.file !== undefined) return fromFile(context, String(input.options.file), kind);
  const { reader, simulated, result } = await useReader(context, (reader, options) =>
    unlockCertificate(reader, kind ?? "auth", {
      ...options,
      withAuthority,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "read-certificate" }),
    }),
  );
  return { ...result, reader, simulated, warnings: [] };
}

async function fromFile(context: Context, path: string, kind: CertificateKind | undefined): Promise<Source> {
  const certificate = await certificateFile(context.host, path, kind);
  const ofPerson = certificate.kind === "auth" || certificate.kind === "sign";
  return {
    certificate,
    authority: null,
    reader: null,
    simulated: false,
    pin: noPinTouched,
    warnings: ofPerson ? [{ code: "WARN_CERT_OF_OTHERS", details: {} }] : [],
  };
}
