import { japaneseDay, parseDay, westernDay } from "../../jpki/certificate/japanese-date.ts";
import { type IntegrityCheck, type IntegrityVerdict, verdictOf } from "../../jpki/integrity.ts";
import { sexOf } from "../../jpki/text/attributes.ts";

/** A day of the card, as it has it and as people read it; null where the digits are no day. */
export function shownDay(raw: string): { raw: string; western: string | null; japanese: string | null } {
  const day = parseDay(raw);
  return { raw, western: day && westernDay(day), japanese: day && japaneseDay(day) };
}

/** The two attributes that text and face of the card have in common. */
export const shownPerson = ({ birth, sex }: { readonly birth: string; readonly sex: string }) => ({
  birthDate: shownDay(birth),
  sex: sexOf(sex),
  sexCode: sex,
});

/** What was checked, what came of it, and the exit code: data that is not proven is an answer, and the answer is no. */
export function proof(checks: readonly IntegrityCheck[]): {
  data: { verdict: IntegrityVerdict; checks: IntegrityCheck[] };
  exit: { exit?: 1 };
} {
  const verdict = verdictOf(checks);
  return { data: { verdict, checks: [...checks] }, exit: verdict === "failed" ? { exit: 1 } : {} };
}
