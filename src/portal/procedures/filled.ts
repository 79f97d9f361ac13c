import type { FormProblem } from "../../errors.ts";
import type { Procedure } from "./search.ts";
import { type AttachmentDigest, fieldForms, type MediaType, type ProcedureField, type Wording } from "./wire.ts";

/** A field or attachment, and what is wrong with it. */
export interface FormFinding {
  readonly name: string;
  readonly problem: FormProblem;
}

export interface LabelledAttachment extends AttachmentDigest {
  readonly label: Wording;
}

export interface LabelledField {
  readonly name: string;
  readonly label: Wording;
  readonly answer: Wording;
}

type Values = Readonly<Record<string, string>>;

/** The fields that are filled in, in their order; empty ones are left out. */
export const filledFields = ({ fields }: Procedure, values: Values): Values =>
  Object.fromEntries(fields.flatMap(({ name }) => (values[name] ? [[name, values[name]]] : [])));

/** The same as a person reads them: what was asked for, and the answer, which of a choice is its words. */
export const labelledFields = (procedure: Pick<Procedure, "fields">, values: Values): LabelledField[] =>
  procedure.fields.flatMap(({ name, label, choices }) => {
    const value = values[name];
    if (!value) return [];
    const answer = choices.find((choice) => choice.value === value)?.label ?? { ja: value, en: value };
    return [{ name, label, answer }];
  });

/** Attachments with what their procedure calls them. */
export const labelledAttachments = (
  procedure: Pick<Procedure, "attachments">,
  given: readonly AttachmentDigest[],
): LabelledAttachment[] =>
  given.map((each) => {
    const { label = { ja: each.name, en: each.name } } =
      procedure.attachments.find(({ name }) => name === each.name) ?? {};
    return { ...each, label };
  });

/** Everything that is wrong with the fields, at once. */
export function checkFields({ fields }: Procedure, values: Values): FormFinding[] {
  const known = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(values).filter((name) => !known.has(name));
  return [
    ...unknown.map((name): FormFinding => ({ name, problem: "unknown" })),
    ...fields.flatMap((field): FormFinding[] => {
      const problem = problemOf(values[field.name] ?? "", field);
      return problem ? [{ name: field.name, problem }] : [];
    }),
  ];
}

function problemOf(text: string, { type, required, length, choices }: ProcedureField): FormProblem | undefined {
  if (text === "") return required ? "missing" : undefined;
  if (type === "choice") return choices.some(({ value }) => value === text) ? undefined : "not-a-choice";
  if (type === "digits") return new RegExp(`^[0-9]{${length}}$`).test(text) ? undefined : "malformed";
  if (type === "date") return isDay(text) ? undefined : "malformed";
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) return "malformed";
  if (type !== "text" && !fieldForms[type].test(text)) return "malformed";
  return [...text].length > length ? "too-long" : undefined;
}

function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
}

const startsWith =
  (...bytes: number[]) =>
  (content: Uint8Array) =>
    bytes.every((byte, at) => content[at] === byte);

/** Types of files by how these begin: what a file is called says nothing. */
const kinds: readonly (readonly [MediaType, (content: Uint8Array) => boolean])[] = [
  ["application/pdf", startsWith(0x25, 0x50, 0x44, 0x46, 0x2d)],
  ["image/jpeg", startsWith(0xff, 0xd8, 0xff)],
  ["image/png", startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ["application/pkcs7-mime", startsWith(0x30)],
];

/** What a file is; undefined: none of the types that procedures take. */
export const mediaTypeOf = (content: Uint8Array): MediaType | undefined => kinds.find(([, fits]) => fits(content))?.[0];

/** Everything that is wrong with the attachments to fields that are filled in. A content that is null was too large to be read. */
export function checkAttachments(
  { attachments }: Procedure,
  values: Values,
  contents: ReadonlyMap<string, Uint8Array | null>,
): FormFinding[] {
  const known = new Set(attachments.map(({ name }) => name));
  return [
    ...[...contents.keys()].filter((name) => !known.has(name)).map((name) => ({ name, problem: "unknown" as const })),
    ...attachments.flatMap(({ name, required, requiredWhere, maxBytes, mediaTypes }): FormFinding[] => {
      const content = contents.get(name);
      const needed = required || (requiredWhere && values[requiredWhere.field] === requiredWhere.value);
      if (content === undefined) return needed ? [{ name, problem: "not-attached" }] : [];
      if (content === null || content.length > maxBytes) return [{ name, problem: "too-large" }];
      const type = mediaTypeOf(content);
      return type && mediaTypes.includes(type) ? [] : [{ name, problem: "wrong-type" }];
    }),
  ];
}
