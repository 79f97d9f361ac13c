import type {
  FieldValue,
  MediaType,
  ProcedureAttachment,
  ProcedureField,
  Wording,
} from "../../portal/procedures/wire.ts";

/** What the forms of procedures are made of. */

const words = (ja: string, en: string): Wording => ({ ja, en });

type Naming = readonly [name: string, ja: string, en: string];
type Optional = { readonly optional?: true };

export const field = (
  type: ProcedureField["type"],
  [name, ja, en]: Naming,
  length: number,
  { optional }: Optional = {},
): ProcedureField => ({ name, label: words(ja, en), type, required: !optional, length, choices: [] });

export const text = (naming: Naming, length = 100, optional: Optional = {}): ProcedureField =>
  field("text", naming, length, optional);

export const day = (naming: Naming): ProcedureField => field("date", naming, "YYYY-MM-DD".length);

/** Exactly so many of them. */
export const digits = (naming: Naming, length: number): ProcedureField => field("digits", naming, length);

export const choice = (naming: Naming, ...choices: readonly Naming[]): ProcedureField => ({
  ...field("choice", naming, Math.max(...choices.map(([value]) => value.length))),
  choices: choices.map(([value, ja, en]) => ({ value, label: words(ja, en) })),
});

/** What a phone's photograph needs, and a scan. */
const mostBytes = 2 * 1024 * 1024;

const attachment = (
  [name, ja, en]: Naming,
  mediaTypes: readonly MediaType[],
  { optional }: Optional = {},
): ProcedureAttachment => ({
  name,
  label: words(ja, en),
  required: !optional,
  requiredWhere: null,
  mediaTypes,
  maxBytes: mostBytes,
});

/** A photograph or a scan. */
export const copyOf = (naming: Naming, optional: Optional = {}): ProcedureAttachment =>
  attachment(naming, ["application/pdf", "image/jpeg", "image/png"], optional);

export const pdf = (naming: Naming): ProcedureAttachment => attachment(naming, ["application/pdf"]);

/** A document in the CMS signature of somebody else, necessary where a field has a value. */
export const signedByAnother = (naming: Naming, requiredWhere: FieldValue): ProcedureAttachment => ({
  ...attachment(naming, ["application/pkcs7-mime"], { optional: true }),
  requiredWhere,
});
