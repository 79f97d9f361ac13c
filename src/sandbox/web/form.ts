import { Refusal } from "../refusal.ts";
import type { PageContext } from "./visit.ts";

/** What the form asks for is named by it, so that sending it twice does it once. @throws {Refusal} request-malformed */
export function keyIn({ var: { form } }: PageContext): string {
  const key = form.get("key") ?? "";
  if (/^[\w-]{43}$/.test(key)) return key;
  throw new Refusal("request-malformed", "the form has no key");
}
