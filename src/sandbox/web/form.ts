import { Refusal } from "../refusal.ts";
import { isStorable } from "../store/text.ts";
import type { PageContext } from "./visit.ts";

/** What the form asks for is named by it, so that sending it twice does it once. @throws {Refusal} request-malformed */
export function keyIn({ var: { form } }: PageContext): string {
  const key = form.get("key") ?? "";
  if (/^[\w-]{43}$/.test(key)) return key;
  throw new Refusal("request-malformed", "the form has no key");
}

/** An identifier that the form carries unseen. @throws {Refusal} request-malformed */
export function identifierIn({ var: { form } }: PageContext, name: string): string {
  const identifier = form.get(name) ?? "";
  if (identifier !== "" && isStorable(identifier)) return identifier;
  throw new Refusal("request-malformed", `the form has no ${name}`);
}
