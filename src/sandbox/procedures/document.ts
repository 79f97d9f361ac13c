import { createHash } from "node:crypto";
import {
  type ApplicationDocument,
  type AttachmentDigest,
  canonicalJson,
  fieldForms,
  type MediaType,
  type ProcedureField,
  type ProcedureKind,
  type Submission,
} from "../../portal/procedures/wire.ts";
import { Refusal } from "../refusal.ts";
import { isStorable } from "../store/text.ts";

/** The attachments of a submission, as bytes. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/**
 * The application in its one spelling: what was signed can be read in one way only.
 * @throws {Refusal} request-malformed
 */
export function documentIn(text: string): ApplicationDocument {
  const document = parsed(text);
  // First, as it tells how deep the rest can be.
  if (!isDocument(document)) throw malformed("a member is missing, or is something else");
  if (!isStorable(text) || canonicalJson(document) !== text) throw malformed("it is not canonical JSON");
  return document;
}

const malformed = (problem: string): Refusal => new Refusal("request-malformed", `the application: ${problem}`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("it is not JSON");
  }
}

/** Of an application. */
const memberCount = 10;

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

function isDocument(value: unknown): value is ApplicationDocument {
  if (!isBag(value) || value.type !== "mynakit.application/1") return false;
  if (Object.keys(value).length !== memberCount) return false;
  const { applicant, fields, attachments, corrects, version } = value;
  const texts = [value.platform, value.procedure, value.nonce, value.time];
  return (
    texts.every(isText) &&
    Number.isSafeInteger(version) &&
    (corrects === null || isText(corrects)) &&
    isBag(applicant) &&
    [applicant.name, applicant.address, applicant.birth, applicant.sex].every(isText) &&
    Object.keys(applicant).length === 4 &&
    isBag(fields) &&
    Object.values(fields).every(isText) &&
    Array.isArray(attachments) &&
    attachments.every(isDigest)
  );
}

const isDigest = (value: unknown): value is AttachmentDigest =>
  isBag(value) &&
  [value.name, value.mediaType, value.sha256].every(isText) &&
  Number.isSafeInteger(value.size) &&
  Object.keys(value).length === 4;

/** @throws {Refusal} form-refused */
export function requireForm({ fields, version }: ApplicationDocument, kind: ProcedureKind): void {
  if (version !== kind.version) throw new Refusal("form-refused", `the form is version ${kind.version}`);
  const known = new Set(kind.fields.map(({ name }) => name));
  const wrong = [
    ...Object.keys(fields).filter((name) => !known.has(name)),
    ...kind.fields.filter((field) => !fits(fields[field.name] ?? "", field)).map(({ name }) => name),
  ];
  if (wrong.length > 0) throw new Refusal("form-refused", `not filled in as it should be: ${wrong.join(", ")}`);
}

function fits(text: string, { type, required, length, choices }: ProcedureField): boolean {
  if (text === "") return !required;
  if (/\p{Cc}/u.test(text) || [...text].length > length) return false;
  if (type === "digits") return /^\d+$/.test(text) && text.length === length;
  if (type === "choice") return choices.some(({ value }) => value === text);
  if (type === "phone" || type === "kana") return fieldForms[type].test(text);
  return type === "text" || isDay(text);
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

/** SHA-256 as applications and receipts have it: lower-case hexadecimal. */
export const digestOf = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** How files of each type begin. */
const beginnings: Readonly<Record<MediaType, string>> = {
  "application/pdf": "255044462d",
  "image/jpeg": "ffd8ff",
  "image/png": "89504e470d0a1a0a",
  "application/pkcs7-mime": "30",
};

/**
 * What came with an application: what the procedure wants, and what was signed, byte for byte.
 * @throws {Refusal} attachment-refused
 */
export function requireAttachments(
  { attachments, fields }: ApplicationDocument,
  sent: Submission["attachments"],
  kind: ProcedureKind,
): Contents {
  const contents = new Map(sent.map(({ name, content }) => [name, new Uint8Array(Buffer.from(content, "base64"))]));
  const wanted = new Map(kind.attachments.map((each) => [each.name, each]));
  const refuse = (name: string, problem: string): Refusal => new Refusal("attachment-refused", `${name}: ${problem}`);
  if (contents.size !== sent.length || contents.size !== attachments.length) {
    throw refuse("the attachments", "not those that were signed");
  }
  for (const { name, mediaType, size, sha256 } of attachments) {
    const rule = wanted.get(name);
    const bytes = contents.get(name);
    if (!rule) throw refuse("an attachment", "the procedure wants none of this name");
    if (!bytes || bytes.length !== size || digestOf(bytes) !== sha256) {
      throw refuse(name, "not the one that was signed");
    }
    if (size > rule.maxBytes) throw refuse(name, "too large");
    const begins = Buffer.from(bytes.subarray(0, 8))
      .toString("hex")
      .startsWith(beginnings[mediaType] ?? "-");
    if (!rule.mediaTypes.includes(mediaType) || !begins) throw refuse(name, "another kind of file");
  }
  const missing = kind.attachments.filter(
    ({ name, required, requiredWhere }) =>
      !contents.has(name) && (required || (requiredWhere && fields[requiredWhere.field] === requiredWhere.value)),
  );
  if (missing.length > 0) throw refuse(missing.map(({ name }) => name).join(", "), "missing");
  return contents;
}
