import { MynakitError } from "../../errors.ts";
import { dayInJapan, parseWrittenDay, westernDay } from "../../jpki/certificate/japanese-date.ts";
import type { Input } from "../command.ts";
import type { Context } from "../context.ts";

/** The day of `--as-of`, as `2020-07-01`; without it, today in Japan. @throws {MynakitError} ERR_USAGE_OPTION */
export function dayAsked({ clock }: Context, { asOf }: Input["options"]): string {
  if (asOf === undefined) return westernDay(dayInJapan(clock({})()));
  const day = parseWrittenDay(String(asOf));
  if (day) return westernDay(day);
  throw new MynakitError("ERR_USAGE_OPTION", { option: "--as-of", problem: "malformed", allowed: "2020-07-01" });
}
