import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { checkTable, holderFields, verdictStyles } from "./cert.ts";

type Verification = DataOf<"verify cms">;
type Signer = Verification["signers"][number];

/** Who signed, when by his own word, every check, and what follows from them. */
export function verifySignature({ file, verdict, signers }: Verification, messages: Messages): Block[] {
  const { words } = messages;
  return [
    { kind: "fields", fields: [[words.signatureFile, file]] },
    ...(signers.length === 0 ? [lines(words.noSigner)] : signers.flatMap((signer) => signerBlocks(signer, messages))),
    verdictBlock(verdict, messages),
  ];
}

/** The same of every signature in a PDF, which says more of itself. */
export function verifyPdf({ file, verdict, signatures }: DataOf<"verify pdf">, messages: Messages): Block[] {
  const { words } = messages;
  const blocks = signatures.flatMap((signature): Block[] => {
    const { field, form, reason, location } = signature;
    const fields = [
      [words.signatureField, { text: field, style: "strong" as const }] as const,
      [words.signatureForm, form ?? words.unknown] as const,
      ...(reason === null ? [] : [[words.signatureReason, reason] as const]),
      ...(location === null ? [] : [[words.signatureLocation, location] as const]),
    ];
    return [{ kind: "fields", fields }, ...signerBlocks(signature, messages)];
  });
  return [{ kind: "fields", fields: [[words.signatureFile, file]] }, ...blocks, verdictBlock(verdict, messages)];
}

const verdictBlock = (verdict: Verification["verdict"], { words }: Messages): Block => ({
  kind: "fields",
  fields: [[words.verdict, { text: words.signatureVerdicts[verdict], style: verdictStyles[verdict] }]],
});

const lines = (text: string): Block => ({ kind: "lines", lines: [{ text, style: "bad" }] });

export function signerBlocks({ certificate, holder, claimedTime, checks }: Signer, messages: Messages): Block[] {
  const { words } = messages;
  const fields: (readonly [label: string, value: Cell | string])[] = [
    [words.signer, { text: certificate ? words.certificates[certificate.kind] : words.unknown, style: "strong" }],
    ...(holder ? holderFields(holder, messages) : []),
    ...(certificate
      ? [
          [words.issuer, certificate.issuer] as const,
          [words.serialNumber, `${certificate.serialNumber} (${certificate.serialNumberHex})`] as const,
        ]
      : []),
    [words.claimedTime, claimedTime ? shownTime(claimedTime) : words.unknown],
  ];
  return [{ kind: "fields", fields }, checkTable(checks, words)];
}
