import { MynakitError } from "../errors.ts";
import { isEmail } from "../mykey/settings.ts";

/** An address of `--email` that has the form of one. @throws {MynakitError} ERR_USAGE_OPTION */
export function requireEmail(given: unknown): void {
  if (isEmail(String(given))) return;
  throw new MynakitError("ERR_USAGE_OPTION", { option: "--email", problem: "malformed", allowed: "name@example.jp" });
}
