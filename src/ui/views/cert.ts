import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { checkBlocks, type ShownCheck } from "./checks.ts";
import type { View } from "./index.ts";

type Shown = Parameters<View<"cert show">>[0];
type Holder = NonNullable<Shown["certificate"]["holder"]>;
type Field = readonly [label: string, value: Cell | string];

export const certShow: View<"cert show"> = (data, messages) => {
  const { words } = messages;
  if (data.raw !== undefined) return [{ kind: "raw", content: Buffer.from(data.raw, "base64") }];
  if (data.file) return [{ kind: "lines", lines: [{ text: words.writtenTo(data.file) }] }];
  const { certificate } = data;
  const fields: Field[] = [
    [words.certificate, { text: words.certificates[certificate.kind], style: "strong" }],
    [
      words.state,
      { text: words.certificateStates[certificate.state], style: certificate.state === "valid" ? "good" : "bad" },
    ],
    [words.revocation, words.revocations[certificate.revocation]],
    [words.subject, certificate.subject],
    [words.issuer, certificate.issuer],
    [words.serialNumber, `${certificate.serialNumber} (${certificate.serialNumberHex})`],
    [words.validFrom, shownTime(certificate.notBefore)],
    [words.validUntil, shownTime(certificate.notAfter)],
    [words.keyUsage, words.list(certificate.keyUsage)],
    [words.policies, words.list(certificate.policies)],
    [words.fingerprint, certificate.fingerprintSha256],
  ];
  const blocks: Block[] = [{ kind: "fields", fields }];
  if (certificate.holder) blocks.push({ kind: "fields", fields: holderFields(certificate.holder, messages) });
  return blocks;
};

export const certCheck: View<"cert check"> = (data, messages) => {
  const { words } = messages;
  const { certificate, revocation, verdict } = data;
  return [
    {
      kind: "fields",
      fields: [
        [words.certificate, { text: words.certificates[certificate.kind], style: "strong" }],
        [words.issuer, certificate.issuer],
        [words.serialNumber, `${certificate.serialNumber} (${certificate.serialNumberHex})`],
        [words.validUntil, shownTime(certificate.notAfter)],
        [words.daysLeft, String(data.daysLeft)],
        ...(revocation.sources.length < 2
          ? []
          : revocation.sources.map(
              ({ method, status }) => [words.revocationSources[method], words.revocations[status]] as const,
            )),
        ...(revocation.at ? [[words.revokedAt, `${shownTime(revocation.at)} ${revocation.reason}`] as const] : []),
      ],
    },
    ...checkBlocks(shownChecks(data.checks, messages), verdict, words.verdicts[verdict], messages),
  ];
};

type SignatureChecks = DataOf<"verify cms">["signers"][number]["checks"];

/** The checks of a certificate, or of a signature, in words. */
export const shownChecks = (checks: SignatureChecks, { words }: Messages): ShownCheck[] =>
  checks.map(({ name, result, detail }) => ({
    name: words.checks[name],
    result,
    detail: detail ? words.checkDetails[detail] : "",
  }));

export function holderFields(holder: Holder, { words }: Messages): Field[] {
  const text = (value: string | null, substitutes: readonly number[]): string =>
    [
      value ?? words.unknown,
      ...(substitutes.length > 0 ? [words.substituted(words.list(substitutes.map(String)))] : []),
    ].join(" ");
  const birth = holder.birthDate;
  return [
    [words.holderName, text(holder.name, holder.nameSubstitutes)],
    [words.holderAddress, text(holder.address, holder.addressSubstitutes)],
    [words.holderBirthDate, birth?.western ? `${birth.western} (${birth.japanese ?? "?"})` : words.unknown],
    [words.holderSex, words.sexes[holder.sex ?? "unknown"]],
  ];
}
