import { globalOptions } from "../../src/commands/options.ts";
import { commandEntries } from "../../src/commands/registry.ts";
import { optionRows, textOf, usageLine } from "../../src/ui/help.ts";
import { loadMessages } from "../../src/ui/messages/load.ts";
import { version } from "../../src/version.ts";
import { argumentRow } from "./commands.ts";
import type { Document } from "./document.ts";
import { exitCodes } from "./exit-codes.ts";

/** Text for roff: no character of it is an instruction (groff(7), Escape Sequences). */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/gm, "\\&");

const section = (title: string, ...lines: readonly string[]): string[] => [`.SH ${title}`, ...lines];
const tagged = ([tag, meaning]: readonly [string, string]): string[] => [
  ".TP",
  `.B ${roff(tag.trim())}`,
  roff(meaning.trim()),
];

const environment: readonly (readonly [string, string])[] = [
  ["MYNAKIT_READER", "the reader, where --reader is not given"],
  ["MYNAKIT_PLATFORM", "the platform, where --platform is not given"],
  ["MYNAKIT_HOME", "the folder of all state: simulated cards, the embedded platform, sessions"],
  [
    "MYNAKIT_NOW",
    "the time (RFC 3339), for tests of expiry and waiting times; only with simulated cards and the embedded platform",
  ],
  ["LC_ALL, LC_MESSAGES, LANG", "the language, where --lang is not given: Japanese for ja, else English"],
  ["NO_COLOR", "no colour"],
];

const examples: readonly (readonly [string, string])[] = [
  ["mynakit card status -r sim:standard", "Look at the simulated card; no reader is needed."],
  ["mynakit pin tries --json", "The tries left of the card in the reader, for a script."],
  ["mynakit cert show auth --format pem -o auth.pem", "Write the authentication certificate to a file."],
];

/** docs/man/mynakit.1 */
export async function manPage(): Promise<Document> {
  const messages = await loadMessages("en");
  const commands = commandEntries.flatMap(([name, definition]) => {
    const { summary, description, argument: meaning, options } = textOf(messages, name);
    return [
      ".TP",
      `.B ${roff(usageLine(name))}`,
      roff(summary),
      ...(description ? [".br", roff(description)] : []),
      ".RS",
      ...(definition.arguments ?? []).flatMap((argument) => tagged(argumentRow(messages, argument, meaning))),
      ...optionRows(messages, definition.options ?? {}, options).flatMap(tagged),
      ".RE",
    ];
  });
  const lines = [
    '.\\" Written by npm run docs. Do not edit.',
    `.TH MYNAKIT 1 "" "mynakit ${version}" "User Commands"`,
    ...section("NAME", "mynakit \\- the command line for the Japanese My Number Card"),
    ...section("SYNOPSIS", ".B mynakit", ".I noun verb", "[options]"),
    ...section(
      "DESCRIPTION",
      "Looks at readers and cards, shows how many PIN tries are left, reads certificates, reserves a MyKey ID and logs in to",
      "Mynaportal with the card.",
      ".PP",
      "The last try of a PIN is never used: with one try left the PIN is not sent, and nothing overrides that.",
    ),
    ...section("COMMANDS", ...commands),
    ...section(
      "OPTIONS",
      ...optionRows(messages, globalOptions, messages.globalOptions).flatMap(tagged),
      ...tagged(["-h, --help", messages.help.helpOption]),
      ...tagged(["-V, --version", messages.help.versionOption]),
    ),
    ...section("EXIT STATUS", ...exitCodes.flatMap(({ exit, meaning }) => tagged([String(exit), meaning.en]))),
    ...section("ENVIRONMENT", ...environment.flatMap(tagged)),
    ...section("EXAMPLES", ...examples.flatMap(tagged)),
  ];
  return { path: "docs/man/mynakit.1", content: `${lines.join("\n")}\n` };
}
