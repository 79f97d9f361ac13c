import { eastAsianWidth } from "get-east-asian-width";

/** Anything that takes part in a grapheme of several code points: marks and selectors, emoji, joiners. */
const composed = /\p{M}|\p{Emoji_Presentation}|\u200d/u;

/**
 * Columns a text takes in a terminal. Plain Latin and Japanese text is counted here, character by character;
 * texts with graphemes of several code points go to `string-width`, which is slow to load.
 */
export function plainWidth(text: string): number {
  let width = 0;
  for (const character of text) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}

let stringWidth: ((text: string) => number) | undefined;

/** To be called once before laying out texts; loads the slow counter only where one of them needs it. */
export async function prepareWidths(texts: readonly string[]): Promise<(text: string) => number> {
  if (!texts.some((text) => composed.test(text))) return plainWidth;
  stringWidth ??= (await import("string-width")).default;
  return stringWidth;
}
