import type { ArgumentDefinition } from "../../src/commands/command.ts";
import { globalOptions } from "../../src/commands/options.ts";
import { argumentFlags, commandEntries, schemaName } from "../../src/commands/registry.ts";
import { optionRows, textOf, usageLine } from "../../src/ui/help.ts";
import { type Language, loadMessages } from "../../src/ui/messages/load.ts";
import type { Messages } from "../../src/ui/messages/messages.ts";
import { cellText, type Document, generatedMark, page, table } from "./document.ts";
import { exitCodeTable } from "./exit-codes.ts";
import { schemaPath } from "./schemas.ts";

const words = {
  en: {
    title: "# Commands",
    about: "`mynakit <noun> <verb>`. Global options may stand anywhere on the line.",
    global: "## Global options",
    exits: "## Exit codes",
    exitsAbout: "Each error code with its words: [errors.md](errors.md).",
    option: ["Option", "Meaning"],
    argument: ["Argument", "Meaning"],
    command: ["Command", "Does"],
    json: "JSON document",
  },
  ja: {
    title: "# コマンド",
    about: "`mynakit <名詞> <動詞>` の形で使います。共通のオプションは、どこに書いてもかまいません。",
    global: "## 共通のオプション",
    exits: "## 終了コード",
    exitsAbout: "エラーコードごとのメッセージは [errors.ja.md](errors.ja.md) にあります。",
    option: ["オプション", "意味"],
    argument: ["引数", "意味"],
    command: ["コマンド", "すること"],
    json: "JSON の形式",
  },
} as const satisfies Record<Language, unknown>;

const nounOf = (name: string): string => name.split(" ")[0] ?? name;

const rows = (pairs: readonly (readonly [string, string])[]): string[][] =>
  pairs.map(([flags, meaning]) => [`\`${flags.trim()}\``, cellText(meaning)]);

/** `[kind]` and what it means, with the choices. */
export const argumentRow = (messages: Messages, argument: ArgumentDefinition, meaning = ""): [string, string] => [
  argumentFlags(argument),
  argument.choices ? `${meaning}${messages.help.choices(argument.choices.join(", "))}` : meaning,
];

function commandSections(
  language: Language,
  messages: Messages,
  [name, definition]: (typeof commandEntries)[number],
): string[] {
  const text = words[language];
  const { summary, description = "", argument: meaning, options } = textOf(messages, name);
  const argumentsOf = rows((definition.arguments ?? []).map((argument) => argumentRow(messages, argument, meaning)));
  const optionsOf = rows(optionRows(messages, definition.options ?? {}, options));
  const schema = schemaPath(schemaName(name)).replace("docs/", "");
  return [
    `### mynakit ${name}`,
    summary,
    description,
    `\`\`\`\n${usageLine(name)}\n\`\`\``,
    argumentsOf.length > 0 ? table(text.argument, argumentsOf) : "",
    optionsOf.length > 0 ? table(text.option, optionsOf) : "",
    `${text.json}: [\`${schemaName(name)}\`](${schema})`,
  ];
}

async function commandPage(language: Language): Promise<Document> {
  const text = words[language];
  const messages = await loadMessages(language);
  const nouns = [...new Set(commandEntries.map(([name]) => nounOf(name)))];
  const overview = commandEntries.map(([name]) => [
    `[\`${name}\`](#mynakit-${name.replaceAll(" ", "-")})`,
    cellText(textOf(messages, name).summary),
  ]);
  return {
    path: language === "en" ? "docs/commands.md" : `docs/commands.${language}.md`,
    content: page([
      generatedMark,
      text.title,
      text.about,
      table(text.command, overview),
      ...nouns.flatMap((noun) => [
        `## ${messages.nouns[noun] ?? noun}`,
        ...commandEntries
          .filter(([name]) => nounOf(name) === noun)
          .flatMap((entry) => commandSections(language, messages, entry)),
      ]),
      text.global,
      table(text.option, rows(optionRows(messages, globalOptions, messages.globalOptions))),
      text.exits,
      exitCodeTable(language),
      text.exitsAbout,
    ]),
  };
}

/** docs/commands.md and docs/commands.ja.md: every command with its arguments, options and JSON document. */
export const commandPages = (): Promise<Document[]> => Promise.all([commandPage("en"), commandPage("ja")]);
