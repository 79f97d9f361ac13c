import type { OptionDefinition } from "../commands/command.ts";
import { globalOptions } from "../commands/options.ts";
import { argumentFlags, type CommandName, commandEntries } from "../commands/registry.ts";
import type { Block } from "./layout.ts";
import type { CommandText, Messages } from "./messages/messages.ts";

/** Words of a command, without the types that tie them to it. */
export const textOf = (messages: Messages, name: CommandName): CommandText<CommandName> =>
  messages.commands[name] as CommandText<CommandName>;

/** `--wait [=seconds]` as a person writes it. */
export const shownFlags = (flags: string): string => flags.replace(" [=seconds]", "[=seconds]");

/** Rows of flags and what they mean, with choices and default. */
export function optionRows(
  messages: Messages,
  options: Readonly<Record<string, OptionDefinition>>,
  texts: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  return Object.entries(options).map(([key, { flags, choices, default: value }]) => {
    const remarks = [
      texts[key] ?? "",
      ...(choices ? [messages.help.choices(choices.join(", "))] : []),
      ...(value === undefined ? [] : [messages.help.defaultValue(value)]),
    ];
    return [`  ${shownFlags(flags)}`, remarks.join("")] as const;
  });
}

/** `mynakit cert show [kind] [options]` */
export function usageLine(name: CommandName): string {
  const definition = commandEntries.find(([each]) => each === name)?.[1];
  const words = (definition?.arguments ?? []).map(argumentFlags);
  return ["mynakit", name, ...words, "[options]"].join(" ");
}

/** The help page of the whole program, of a noun, or of a command. */
export function helpPage(messages: Messages, words: readonly string[]): Block[] {
  const { help } = messages;
  const command = commandEntries.find(([name]) => name === words.join(" "));
  if (command) return commandPage(messages, command[0], command[1]);
  const [noun] = words;
  const listed = commandEntries.filter(([name]) => !noun || name.split(" ")[0] === noun);
  const common = optionRows(messages, globalOptions, messages.globalOptions);
  const own: (readonly [string, string])[] = [
    ["  -h, --help", help.helpOption],
    ["  -V, --version", help.versionOption],
  ];
  return [
    { kind: "lines", lines: [{ text: noun ? (messages.nouns[noun] ?? noun) : help.description }] },
    { kind: "lines", lines: [{ text: `${help.usage} mynakit ${noun ?? "<noun>"} <verb> [options]` }] },
    {
      kind: "fields",
      title: help.commands,
      fields: listed.map(([name]) => [`  ${name}`, textOf(messages, name).summary]),
    },
    { kind: "fields", title: help.globalOptions, fields: noun ? common : [...common, ...own] },
    ...(noun ? [] : [{ kind: "lines" as const, lines: help.closing.split("\n").map((text) => ({ text })) }]),
  ];
}

function commandPage(messages: Messages, name: CommandName, definition: (typeof commandEntries)[number][1]): Block[] {
  const { help } = messages;
  const text = textOf(messages, name);
  const lines = [text.summary, ...(text.description ? [text.description] : [])];
  const section = (heading: string, rows: (readonly [string, string])[]): Block[] =>
    rows.length === 0 ? [] : [{ kind: "fields", title: heading, fields: rows }];
  const argumentsShown = (definition.arguments ?? []).map((argument) => {
    const choices = argument.choices ? help.choices(argument.choices.join(", ")) : "";
    return [`  ${argumentFlags(argument)}`, `${text.argument ?? ""}${choices}`] as const;
  });
  return [
    { kind: "lines", lines: lines.map((line) => ({ text: line })) },
    { kind: "lines", lines: [{ text: `${help.usage} ${usageLine(name)}` }] },
    ...section(help.arguments, argumentsShown),
    ...section(help.options, optionRows(messages, definition.options ?? {}, text.options)),
    ...section(help.globalOptions, optionRows(messages, globalOptions, messages.globalOptions)),
  ];
}
