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

/** The request as Node.js knows it. */
export const requestOf = (context: Context) => (context.env as HttpBindings).incoming;

/** A path that says where it leads without being resolved first: a proxy that guards one path must not be led to another. */
export function isPlain(context: Context): boolean {
  const [path] = (requestOf(context).url ?? "").split("?");
  return new URL(context.req.url).pathname === path;
}
