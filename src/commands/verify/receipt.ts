import type { JSONWebKeySet } from "jose";
import { MynakitError } from "../../errors.ts";
import { verifySignedData } from "../../jpki/signature/cms.ts";
import { requestJson } from "../../login/http.ts";
import { members } from "../../login/shape.ts";
import { sha256Of } from "../../portal/procedures/digest.ts";
import {
  jsonIn,
  openReceipt,
  parseReceiptFile,
  type Receipt,
  type ReceiptFile,
} from "../../portal/procedures/receipt.ts";
import type { Input, Run } from "../command.ts";
import { readContent, readContentOrInput } from "../content.ts";
import type { Context } from "../context.ts";
import { namedValues } from "../portal/form-input.ts";
import type { DataOf } from "../results.ts";
import { trustOf } from "./signature.ts";

type Data = DataOf<"verify receipt">;
type Check = Data["checks"][number];

const mostBytes = 16 * 1024 * 1024;

/**
 * Verifies a receipt: the platform's signature over it, that the platform is the one that was applied to, that it is of
 * this application and signature, the applicant's own signature, and the attachments that are given. Without `--jwks`
 * the platform is asked for its keys. Exit code 1 where something does not hold.
 */
export const run: Run<Data> = async (context, input) => {
  const file = String(input.arguments.file);
  const content = await readContentOrInput(context.host, file, mostBytes);
  const kept = await orMalformed(file, async () => parseReceiptFile(content));
  const { keys, issuer } = await keysOf(context, input);
  const receipt = await orMalformed(file, () => openReceipt(kept.receipt, keys));
  const checks: Check[] = [{ name: "platform-signature", subject: null, result: receipt ? "ok" : "failed" }];
  if (receipt) {
    const named = [platformIn(kept.application), ...(issuer === null ? [] : [issuer])];
    const same = named.every((url) => url === receipt.issuer);
    checks.push({ name: "platform", subject: null, result: result(same) });
    checks.push(...(await checksOf(context, input, kept, receipt)));
  }
  const failed = checks.some(({ result }) => result === "failed");
  return {
    data: {
      file,
      valid: !failed,
      id: receipt?.id ?? null,
      receivedAt: receipt?.receivedAt ?? null,
      platform: receipt && { url: receipt.issuer, sandbox: receipt.sandbox },
      checks,
    },
    ...(failed ? { exit: 1 } : {}),
  };
};

const result = (holds: boolean): Check["result"] => (holds ? "ok" : "failed");

/** The platform that an application is addressed to; null: it is none. */
function platformIn(application: string): string | null {
  try {
    return members(JSON.parse(application)).text("platform");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function checksOf(context: Context, input: Input, kept: ReceiptFile, receipt: Receipt): Promise<Check[]> {
  const { attachments } = receipt;
  const given = new Map(namedValues(input.options.attach, "--attach"));
  const unknown = [...given.keys()].filter((name) => !attachments.some((each) => each.name === name));
  const checks: Check[] = [
    { name: "application", subject: null, result: result(sha256Of(kept.application) === receipt.applicationSha256) },
    { name: "signature", subject: null, result: result(sha256Of(kept.signature) === receipt.signatureSha256) },
    { name: "applicant-signature", subject: null, result: result(await isSigned(context, input, kept, receipt)) },
    ...unknown.map((subject): Check => ({ name: "attachment", subject, result: "failed" })),
  ];
  for (const { name, sha256 } of attachments) {
    const path = given.get(name);
    const same = path === undefined ? null : sha256Of(await readContent(context.host, path, mostBytes)) === sha256;
    checks.push({ name: "attachment", subject: name, result: same === null ? "not-checked" : result(same) });
  }
  return checks;
}

/**
 * When it was received, by a certificate of an authority of `--ca`; without it, of the simulated one, the only one whose
 * cards a sandbox takes.
 */
async function isSigned(
  context: Context,
  { options, ...input }: Input,
  { application, signature }: ReceiptFile,
  { receivedAt }: Receipt,
): Promise<boolean> {
  const simulated = options.ca === undefined;
  const trust = await trustOf(context, { ...input, options: { ...options, at: receivedAt, simulated } });
  try {
    const { verdict, detached } = await verifySignedData(signature, Buffer.from(application), trust);
    return detached && verdict !== "failed";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The keys of `--jwks`, else those that the platform names, and who that is. */
async function keysOf(context: Context, { options }: Input): Promise<{ keys: JSONWebKeySet; issuer: string | null }> {
  if (options.jwks !== undefined) {
    const file = String(options.jwks);
    const content = await readContent(context.host, file, mostBytes);
    const keys = await orMalformed(file, async () => keySet(jsonIn(content)));
    return { keys, issuer: null };
  }
  const platform = await context.parts.platform();
  const keys = await requestJson(platform, {
    method: "GET",
    path: "/jwks",
    parse: (answer) => keySet({ keys: answer.list("keys").map((key) => publicKey(key.text)) }),
  });
  return { keys, issuer: platform.url };
}

/** Of a key of ECDSA what verifies (RFC 7518, 6.2.1). */
const publicKey = (text: (name: string) => string) => ({
  kty: text("kty"),
  crv: text("crv"),
  x: text("x"),
  y: text("y"),
  kid: text("kid"),
  alg: text("alg"),
});

/** @throws {SyntaxError} */
function keySet(value: unknown): JSONWebKeySet {
  const { keys } = Object(value) as { keys?: unknown };
  if (Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null)) return { keys };
  throw new SyntaxError("no key set");
}

async function orMalformed<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_VERIFY_MALFORMED", { file, format: "receipt", problem: cause.message }, { cause });
  }
}
