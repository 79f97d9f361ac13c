/** A system error code found in `reason`, in words that `texts` has for it; the code stays for those who search for it. */
export function systemErrorText(texts: Readonly<Record<string, string>>, reason: string): string {
  const code = /\bE[A-Z]{3,}\b/.exec(reason)?.[0] ?? "";
  return texts[code] ? `${texts[code]} (${code})` : reason;
}

/** Items one below the other, set in. */
export const listed = (items: readonly string[]): string => items.map((item) => `\n  ${item}`).join("");
