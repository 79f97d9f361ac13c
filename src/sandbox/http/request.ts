import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { idempotencyKeyHeader } from "../../login/wire.ts";
import { Refusal } from "../refusal.ts";
import { isStorable } from "../store/text.ts";

const maxKeyLength = 128;

/** The members of the JSON object that a request brings; none where it brings none. */
export async function bodyOf(context: Context): Promise<ReadonlyMap<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return new Map(typeof body === "object" && body !== null && !Array.isArray(body) ? Object.entries(body) : []);
}

/** A text in the body that must be there. @throws {Refusal} request-malformed */
export async function textIn(context: Context, name: string): Promise<string> {
  const value = (await bodyOf(context)).get(name);
  if (typeof value === "string" && value !== "" && isStorable(value)) return value;
  throw new Refusal("request-malformed", `the body is not a JSON object with ${name}`);
}

/** @throws {Refusal} idempotency-key-missing */
export function idempotencyKeyIn(context: Context): string {
  const key = context.req.header(idempotencyKeyHeader) ?? "";
  if (key !== "" && key.length <= maxKeyLength) return key;
  throw new Refusal("idempotency-key-missing", `the header ${idempotencyKeyHeader} is missing or too long`);
}

/** One of several texts in the body that must be there. @throws {Refusal} request-malformed */
export async function oneOfIn<T extends string>(context: Context, name: string, choices: readonly T[]): Promise<T> {
  const value = (await bodyOf(context)).get(name);
  const chosen = choices.find((one) => one === value);
  if (chosen !== undefined) return chosen;
  throw new Refusal("request-malformed", `the body is not a JSON object whose ${name} is one of: ${choices.join(" ")}`);
}

/** A text or null that the body may have, to be spread. @throws {Refusal} request-malformed */
export function textOrNullIn<N extends string>(body: ReadonlyMap<string, unknown>, name: N) {
  const value = body.get(name);
  if (value !== undefined && value !== null && typeof value !== "string") {
    throw new Refusal("request-malformed", `${name} is neither a text nor null`);
  }
  return (value === undefined ? {} : { [name]: value }) as { [Name in N]?: string | null };
}

/** The same of true or false. @throws {Refusal} request-malformed */
export function flagIn<N extends string>(body: ReadonlyMap<string, unknown>, name: N) {
  const value = body.get(name);
  if (value !== undefined && typeof value !== "boolean") {
    throw new Refusal("request-malformed", `${name} is no boolean`);
  }
  return (value === undefined ? {} : { [name]: value }) as { [Name in N]?: boolean };
}

/** A whole number in the body that must be there. @throws {Refusal} request-malformed */
export async function numberIn(context: Context, name: string): Promise<number> {
  const value = (await bodyOf(context)).get(name);
  if (typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31) return value;
  throw new Refusal("request-malformed", `the body is not a JSON object with the whole number ${name}`);
}

/** The request as Node.js knows it. */
export const requestOf = (context: Context) => (context.env as HttpBindings).incoming;

/** A path that says where it leads without being resolved first: a proxy that guards one path must not be led to another. */
export function isPlain(context: Context): boolean {
  const [path] = (requestOf(context).url ?? "").split("?");
  return new URL(context.req.url).pathname === path;
}
