import { cookieIn, setCookie } from "./cookies.ts";
import type { PageContext } from "./visit.ts";
import { type Language, languages } from "./words.ts";

/** The query parameter that chooses a language; the choice is kept. */
export const languageParameter = "lang";

const languageNamed = (name: string | undefined): Language | undefined => languages.find((each) => each === name);

/** The language that was chosen now or before; else the first of ours that the browser asks for; else Japanese. */
export function languageOf(context: PageContext): Language {
  const { req } = context;
  return (
    languageNamed(req.query(languageParameter)) ??
    languageNamed(cookieIn(context, "language")) ??
    preferred(req.header("accept-language") ?? "")
  );
}

/** Keeps a choice that the address names. */
export function keepLanguage(context: PageContext): void {
  const chosen = languageNamed(context.req.query(languageParameter));
  if (chosen && chosen !== cookieIn(context, "language")) setCookie(context, "language", chosen);
}

/** RFC 9110, 12.5.4: ranges with weights, of which the first among the heaviest wins. */
export function preferred(header: string): Language {
  const ranges = header
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [range = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const weight = parameters.find((text) => text.startsWith("q="))?.slice(2);
      return { language: languageNamed(range.split("-")[0]), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ language, weight }) => language && weight > 0);
  return ranges.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? "ja";
}
