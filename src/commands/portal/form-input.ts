import { isError, MynakitError } from "../../errors.ts";
import { members } from "../../login/shape.ts";
import { sha256Of } from "../../portal/procedures/digest.ts";
import {
  checkAttachments,
  checkFields,
  type FormFinding,
  filledFields,
  mediaTypeOf,
} from "../../portal/procedures/filled.ts";
import type { Procedure } from "../../portal/procedures/search.ts";
import type { AttachmentDigest } from "../../portal/procedures/wire.ts";
import type { Input } from "../command.ts";
import { readContent } from "../content.ts";
import type { Context } from "../context.ts";

/** A form that is whole. */
export interface Filled {
  readonly fields: Readonly<Record<string, string>>;
  readonly attachments: readonly (AttachmentDigest & { readonly content: Uint8Array })[];
}

const mostFormBytes = 1024 * 1024;

/**
 * What the command line fills in: `--form` first, then `--set`; and the files of `--attach`. Every finding is told at once.
 * @throws {MynakitError} ERR_USAGE_FORM, ERR_USAGE_OPTION, ERR_IO_READ, ERR_CANCELLED
 */
export async function filledForm(context: Context, input: Input, procedure: Procedure): Promise<Filled> {
  const { values, findings } = await valuesOf(context, input, procedure);
  const contents = await contentsOf(context, input, procedure);
  const all = [...findings, ...checkFields(procedure, values), ...checkAttachments(procedure, values, contents)];
  if (all.length > 0) {
    const missing = all
      .filter(({ problem }) => problem === "missing" || problem === "not-attached")
      .map(({ name }) => name);
    throw new MynakitError("ERR_USAGE_FORM", { procedure: procedure.id, missing, findings: all });
  }
  return {
    fields: filledFields(procedure, values),
    attachments: procedure.attachments.flatMap(({ name }) => {
      const content = contents.get(name);
      const mediaType = content && mediaTypeOf(content);
      if (!content || !mediaType) return [];
      return [{ name, mediaType, size: content.length, sha256: sha256Of(content), content }];
    }),
  };
}

async function valuesOf(
  context: Context,
  { options }: Input,
  procedure: Procedure,
): Promise<{ values: Record<string, string>; findings: FormFinding[] }> {
  const file = options.form === undefined ? undefined : String(options.form);
  const form = file === undefined ? undefined : await formIn(context, file);
  const findings: FormFinding[] =
    form && (form.procedure !== procedure.id || form.version !== procedure.version)
      ? [{ name: "--form", problem: "another-form" }]
      : [];
  return { values: { ...form?.fields, ...Object.fromEntries(namedValues(options.set, "--set")) }, findings };
}

async function formIn({ host }: Context, file: string) {
  const bytes = await readContent(host, file, mostFormBytes);
  try {
    const form = members(JSON.parse(Buffer.from(bytes).toString("utf8")), "form");
    const fields = form.object("fields");
    const names = Object.keys(Object(JSON.parse(Buffer.from(bytes).toString("utf8"))).fields as object);
    return {
      procedure: form.text("procedure"),
      version: form.number("version"),
      fields: Object.fromEntries(names.map((name) => [name, fields.text(name)])),
    };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--form", problem: "not-a-form", allowed: file }, { cause });
  }
}

/** `name=value`, each name once: what fields hold, or the files of attachments. @throws {MynakitError} ERR_USAGE_OPTION */
export function namedValues(given: Input["options"][string], option: string): [string, string][] {
  const found = ((given ?? []) as readonly string[]).map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "malformed", allowed: "name=value" });
  });
  const names = found.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice === undefined) return found;
  throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "repeated", allowed: twice });
}

/** The files by name; null: larger than any that is wanted. */
async function contentsOf(
  { host }: Context,
  { options }: Input,
  { attachments }: Procedure,
): Promise<Map<string, Uint8Array | null>> {
  const most = Math.max(0, ...attachments.map(({ maxBytes }) => maxBytes));
  const contents = new Map<string, Uint8Array | null>();
  for (const [name, file] of namedValues(options.attach, "--attach")) {
    contents.set(name, await orTooLarge(() => readContent(host, file, most)));
  }
  return contents;
}

async function orTooLarge(read: () => Promise<Uint8Array>): Promise<Uint8Array | null> {
  try {
    return await read();
  } catch (error) {
    if (isError(error, "ERR_IO_READ") && error.cause instanceof RangeError) return null;
    throw error;
  }
}
