import type { Messages } from "./messages.ts";

export type Language = "ja" | "en";

/** The words of one language; the other stays unloaded. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === "ja" ? (await import("./ja/index.ts")).ja : (await import("./en/index.ts")).en;
}

/** `--lang`, else the first of LC_ALL, LC_MESSAGES, LANG that is set (POSIX.1-2017, 8.2), else English. */
export function chooseLanguage(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  if (option === "ja" || option === "en") return option;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return /^ja([_.@-]|$)/i.test(locale) ? "ja" : "en";
}
