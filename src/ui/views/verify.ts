import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { holderFields, shownChecks } from "./cert.ts";
import { checkBlocks, verdictBlock } from "./checks.ts";

type Verification = DataOf<"verify cms">;
type Signer = Verification["signers"][number];
type Field = readonly [label: string, value: Cell | string];

/** Who signed, when by his own word, every check, and what follows from them. */
export function verifySignature({ file, verdict, signers }: Verification, messages: Messages): Block[] {
  const { words } = messages;
  const overall = verdictBlock(verdict, words.signatureVerdicts[verdict], messages);
  return [
    { kind: "fields", fields: [[words.signatureFile, file]] },
    ...signers.flatMap((signer) => signerBlocks(signer, messages)),
    ...(signers.length === 0 ? [noSigner(messages)] : []),
    ...(signers.length === 1 ? [] : [overall]),
  ];
}

const noSigner = ({ words }: Messages): Block => ({ kind: "lines", lines: [{ text: words.noSigner, style: "bad" }] });

/** The same of every signature in a PDF, which says more of itself. */
export function verifyPdf({ file, verdict, signatures }: DataOf<"verify pdf">, messages: Messages): Block[] {
  const { words } = messages;
  const blocks = signatures.flatMap((signature): Block[] => {
    const { field, form, reason, location } = signature;
    const fields: Field[] = [
      [words.signatureField, { text: field, style: "strong" }],
      [words.signatureForm, form ?? words.unknown],
      ...(reason === null ? [] : [[words.signatureReason, reason] as const]),
      ...(location === null ? [] : [[words.signatureLocation, location] as const]),
    ];
    return [{ kind: "fields", fields }, ...signerBlocks(signature, messages)];
  });
  const overall = verdictBlock(verdict, words.signatureVerdicts[verdict], messages);
  const several = signatures.length === 1 ? [] : [overall];
  return [{ kind: "fields", fields: [[words.signatureFile, file]] }, ...blocks, ...several];
}

/** One signer, with the verdict on that one. */
export function signerBlocks(signer: Signer, messages: Messages): Block[] {
  const { verdict, certificate, holder, claimedTime, checks } = signer;
  const { words } = messages;
  const fields: Field[] = [
    [words.signer, { text: certificate ? words.certificates[certificate.kind] : words.unknown, style: "strong" }],
    ...(holder ? holderFields(holder, messages) : []),
    ...(certificate ? certificateFields(certificate, messages) : []),
    [words.claimedTime, claimedTime ? shownTime(claimedTime) : words.unknown],
  ];
  return [
    { kind: "fields", fields },
    ...checkBlocks(shownChecks(checks, messages), verdict, words.signatureVerdicts[verdict], messages),
  ];
}

const certificateFields = (
  { issuer, serialNumber, serialNumberHex }: NonNullable<Signer["certificate"]>,
  { words }: Messages,
): Field[] => [
  [words.issuer, issuer],
  [words.serialNumber, `${serialNumber} (${serialNumberHex})`],
];
