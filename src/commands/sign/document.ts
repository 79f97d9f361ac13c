import { createHash } from "node:crypto";
import { MynakitError } from "../../errors.ts";
import { type Digest, digestOf, type HashName } from "../../jpki/sign.ts";
import type { Input } from "../command.ts";
import { readContentOrInput, streamContent } from "../content.ts";
import type { Context } from "../context.ts";
import { isSameFile, type Output, requireFree } from "../output.ts";

/** What is to be signed. */
export interface Document {
  /** As it was given; null where only a digest was. */
  readonly name: string | null;
  readonly size: number | null;
  readonly digest: Digest;
  /** Where it has to be in memory. */
  readonly content?: Uint8Array;
}

/** Beyond this no document is taken into memory: a detached signature needs none there. */
const mostBytes = 64 * 1024 * 1024;

export const hashOf = ({ options }: Input): HashName => options.hash as HashName;

/**
 * Hashes a file (`-`: standard input) of any size, part by part.
 * @throws {MynakitError} ERR_IO_READ, ERR_CANCELLED, what `requirePinSource` throws
 */
export async function hashedDocument(context: Context, name: string, hash: HashName): Promise<Document> {
  requirePinSource(context, name);
  const hashing = createHash(hash);
  let size = 0;
  await streamContent(context.host, name, (part) => {
    hashing.update(part);
    size += part.length;
  });
  return { name, size, digest: { hash, value: new Uint8Array(hashing.digest()) } };
}

/** As `hashedDocument`, with the content, which must not be too large. */
export async function wholeDocument(
  context: Context,
  name: string,
  hash: HashName,
): Promise<Document & { readonly content: Uint8Array }> {
  const content = await readDocument(context, name, mostBytes);
  return { name, size: content.length, digest: digestOf(hash, content), content };
}

/**
 * The bytes of a document of which only a part or another form is hashed.
 * @throws {MynakitError} as `wholeDocument`
 */
export function readDocument(context: Context, name: string, mostBytes: number): Promise<Uint8Array> {
  requirePinSource(context, name);
  return readContentOrInput(context.host, name, mostBytes);
}

/**
 * Where standard input brings the document, it can bring no PIN, and there is no terminal to ask at.
 * @throws {MynakitError} ERR_USAGE_OPTION, ERR_USAGE_INPUT_NEEDED
 */
function requirePinSource({ options }: Context, name: string): void {
  if (name !== "-") return;
  if (options.pinStdin) throw new MynakitError("ERR_USAGE_OPTION", { option: "--pin-stdin", problem: "stdin-taken" });
  if (options.pinFile !== undefined || options.pinFd !== undefined) return;
  throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what: "pin", option: "--pin-file" });
}

interface OutputRules {
  /** Where no option says it. */
  readonly fallback: string | null;
  /** What does not go to a terminal. */
  readonly binary: boolean;
  /** The file that a signature beside it must not take the place of. */
  readonly document?: unknown;
}

/**
 * Where the signature goes; null: to standard output, as `-o -` asks for.
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE, ERR_USAGE_OPTION
 */
export function outputOf(
  context: Context,
  { options }: Input,
  { fallback, binary, document }: OutputRules,
): Output | null {
  const file = options.output === undefined ? fallback : String(options.output);
  if (file !== null && file !== "-") {
    const output = { file, force: options.force === true };
    if (typeof document === "string" && isSameFile(file, document)) {
      throw new MynakitError("ERR_USAGE_OPTION", { option: "--output", problem: "is-the-input" });
    }
    requireFree(output);
    return output;
  }
  if (binary && !context.options.json && context.host.stdout.isTTY) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--output", problem: "needs-file" });
  }
  return null;
}
