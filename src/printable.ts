/**
 * Control characters, which a terminal obeys, and those that end lines or turn the direction of writing, which change
 * what a person reads (Unicode UAX #9; "Trojan Source").
 */
const misleading = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A line of text from a card, a file or a platform, as it may be shown. */
export const printable = (text: string): string => text.replace(misleading, "\ufffd");

/** A JSON document that means the same, with nothing in it that could mislead. */
export const printableJson = (document: string): string =>
  document.replace(misleading, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
