import { exitCodeOf } from "../../src/errors.ts";
import { errorText, warningText } from "../../src/ui/envelope.ts";
import { type Language, loadMessages } from "../../src/ui/messages/load.ts";
import type { Messages } from "../../src/ui/messages/messages.ts";
import { errorCodes, sampleErrors, sampleWarnings, warningCodes } from "../../src/ui/messages/samples.ts";
import { cellText, type Document, generatedMark, page, table } from "./document.ts";
import { exitCodes } from "./exit-codes.ts";

const words = {
  en: {
    title: "# Errors and warnings",
    about:
      "Every error code with its exit code, what it says and what it advises; names and numbers are examples. Codes are stable: scripts may rely on them. `↻`: the same command may succeed when tried again.",
    exit: (exit: number, meaning: string) => `## Exit ${exit}: ${meaning}`,
    head: ["Code", "Message", "What to do"],
    warnings: "## Warnings",
    warningsAbout: "The command did its work; these stand in `warnings` of its JSON document.",
    warningHead: ["Code", "Message"],
  },
  ja: {
    title: "# エラーと警告",
    about:
      "すべてのエラーコードと、その終了コード、メッセージ、対処の一覧です（名前や数字は例）。コードは変わらないので、スクリプトで使えます。「↻」は、もう一度実行すると成功する可能性があるものです。",
    exit: (exit: number, meaning: string) => `## 終了コード ${exit}: ${meaning}`,
    head: ["コード", "メッセージ", "対処"],
    warnings: "## 警告",
    warningsAbout: "コマンドは目的を果たしています。JSON では `warnings` に入ります。",
    warningHead: ["コード", "メッセージ"],
  },
} as const satisfies Record<Language, unknown>;

function errorRows(messages: Messages, exit: number): string[][] {
  return errorCodes
    .filter((code) => exitCodeOf(code) === exit)
    .flatMap((code) =>
      sampleErrors(code).map((error, index) => {
        const { message, hint } = errorText(messages, error);
        const name = `\`${code}\`${error.retryable ? " ↻" : ""}`;
        return [index === 0 ? name : "", cellText(message), cellText(hint)];
      }),
    );
}

async function errorPage(language: Language): Promise<Document> {
  const text = words[language];
  const messages = await loadMessages(language);
  const sections = exitCodes.flatMap(({ exit, meaning }) => {
    const rows = errorRows(messages, exit);
    return rows.length === 0 ? [] : [text.exit(exit, meaning[language]), table(text.head, rows)];
  });
  const warnings = warningCodes.flatMap((code) =>
    sampleWarnings(code).map((warning) => [`\`${code}\``, cellText(warningText(messages, warning))]),
  );
  return {
    path: language === "en" ? "docs/errors.md" : `docs/errors.${language}.md`,
    content: page([
      generatedMark,
      text.title,
      text.about,
      ...sections,
      text.warnings,
      text.warningsAbout,
      table(text.warningHead, warnings),
    ]),
  };
}

/** docs/errors.md and docs/errors.ja.md: every code with its words. */
export const errorPages = (): Promise<Document[]> => Promise.all([errorPage("en"), errorPage("ja")]);
