import { Command, CommanderError, Option } from "commander";
import { MynakitError } from "../errors.ts";
import type { ArgumentDefinition, Input, OptionDefinition } from "./command.ts";
import { wholeNumber } from "./number.ts";
import { type GlobalOptions, globalOptions } from "./options.ts";
import { argumentFlags, type CommandName, commandEntries } from "./registry.ts";
import { switchesOf } from "./switches.ts";

export type Parsed =
  | { readonly kind: "run"; readonly command: CommandName; readonly input: Input; readonly options: GlobalOptions }
  /** `words` are those of the page asked for. */
  | { readonly kind: "help"; readonly words: readonly string[] }
  | { readonly kind: "version" };

const pinOnCommandLine = /^--?(pin|pin-?code|password|passwd|passphrase|security-?code)$/i;

/**
 * The command line, checked. Values that could be a PIN typed in the wrong place are never put into an error.
 * @throws {MynakitError} ERR_USAGE_*
 */
export function parse(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Parsed {
  const switches = switchesOf(argv);
  const secret = switches.map((word) => word.split("=", 1)[0] ?? "").find((word) => pinOnCommandLine.test(word));
  if (secret) throw new MynakitError("ERR_USAGE_PIN_ON_ARGV", { option: secret });
  if (switches.includes("--help") || switches.includes("-h")) return { kind: "help", words: helpWords(switches) };
  if (argv.length === 0) return { kind: "help", words: [] };
  if (switches.includes("--version") || switches.includes("-V")) return { kind: "version" };

  let found: Parsed | undefined;
  const program = build((command, input, globals) => {
    found = { kind: "run", command, input, options: checkGlobals(globals, env) };
  });
  try {
    program.parse(
      argv.map((word) => (word === "--wait" ? `--wait=${forEver}` : word)),
      { from: "user" },
    );
  } catch (error) {
    if (error instanceof CommanderError && error.code === "commander.help") throw verbMissing(switches);
    throw error instanceof CommanderError ? usageError(error, switches) : error;
  }
  if (!found) throw verbMissing(switches);
  return found;
}

function verbMissing(argv: readonly string[]): MynakitError {
  const [noun = ""] = helpWords(argv);
  const verbs = commandEntries.flatMap(([name]) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));
  return new MynakitError("ERR_USAGE_COMMAND", noun ? { given: noun, verbs } : { given: "" });
}

type Found = (command: CommandName, input: Input, globals: Readonly<Record<string, unknown>>) => void;

function build(found: Found): Command {
  const program = new Command("mynakit").helpOption(false).helpCommand(false).exitOverride();
  program.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const definition of Object.values(globalOptions)) program.addOption(option(definition));
  const groups = new Map<string, Command>();
  const group = (words: readonly string[]): Command => {
    const last = words.at(-1);
    if (last === undefined) return program;
    const name = words.join(" ");
    const made = groups.get(name) ?? group(words.slice(0, -1)).command(last);
    groups.set(name, made);
    return made;
  };
  for (const [name, definition] of commandEntries) {
    const words = name.split(" ");
    const command = group(words.slice(0, -1))
      .command(words.at(-1) ?? name)
      .allowExcessArguments(false);
    const declared = definition.arguments ?? [];
    for (const argument of declared) command.argument(argumentFlags(argument));
    for (const each of Object.values(definition.options ?? {})) command.addOption(option(each));
    command.action((...given: unknown[]) => {
      const values = declared.map((argument, index) => [argument.name, checkArgument(argument, given[index])] as const);
      found(name, { arguments: Object.fromEntries(values), options: command.opts() }, program.opts());
    });
  }
  return program;
}

/** What `--wait` without a value stands for: the parser knows no option whose value may be missing but never is the next word. */
const forEver = "for-ever";

/** How the contract writes it is not how the parser wants it: `--wait[=SECONDS]` never takes the next word. */
const parserFlags = (flags: string): string => flags.replace(" [=seconds]", " <seconds>");

function option(definition: OptionDefinition): Option {
  const made = new Option(parserFlags(definition.flags));
  if (definition.default !== undefined) made.default(definition.default);
  const { choices } = definition;
  const name = made.long ?? made.flags;
  if (!made.required) return made;
  return made.argParser<string | readonly string[]>((value, before) => {
    if (value === "" || isOption(value)) {
      throw new MynakitError("ERR_USAGE_OPTION", { option: name, problem: "value-missing" });
    }
    if (definition.repeatable) return [before ?? [], value].flat();
    if (!choices || choices.includes(value)) return value;
    throw new MynakitError("ERR_USAGE_OPTION", {
      option: name,
      problem: "not-allowed",
      allowed: choices.join(", "),
    });
  });
}

function checkArgument(argument: ArgumentDefinition, given: unknown): string | string[] | undefined {
  const values = Array.isArray(given) ? given.map(String) : given === undefined ? [] : [String(given)];
  const { choices } = argument;
  if (choices && !values.every((value) => choices.includes(value))) {
    throw new MynakitError("ERR_USAGE_ARGUMENT", {
      argument: argument.name,
      problem: "not-allowed",
      allowed: choices.join(", "),
    });
  }
  return argument.variadic ? values : values[0];
}

function checkGlobals(
  given: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): GlobalOptions {
  const text = (name: string): string | undefined => (typeof given[name] === "string" ? given[name] : undefined);
  return {
    reader: text("reader") ?? (env.MYNAKIT_READER || undefined),
    json: given.json === true,
    input: given.input !== false,
    wait: waitTime(text("wait")),
    platform: text("platform") ?? (env.MYNAKIT_PLATFORM || "embedded"),
    platformNamed: text("platform") !== undefined,
    trace: text("trace"),
    tracePersonal: tracePersonal(given),
    minTries: given.minTries === undefined ? 0 : wholeNumber("--min-tries", given.minTries, [0, 15]),
    pinStdin: given.pinStdin === true,
    pinFd: given.pinFd === undefined ? undefined : wholeNumber("--pin-fd", given.pinFd, [0, 1023]),
    pinFile: text("pinFile"),
    quiet: given.quiet === true,
    verbose: given.verbose === true,
  };
}

/** An option that says something of another one is nothing without it. */
function tracePersonal({ trace, tracePersonal: personal }: Readonly<Record<string, unknown>>): boolean {
  if (personal === true && trace === undefined) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--trace", problem: "missing" });
  }
  return personal === true;
}

function waitTime(seconds: string | undefined): number {
  if (seconds === undefined) return 0;
  if (seconds === forEver) return Number.POSITIVE_INFINITY;
  if (/^\d{1,6}(\.\d{1,3})?$/.test(seconds)) return Number(seconds) * 1000;
  throw new MynakitError("ERR_USAGE_OPTION", { option: "--wait", problem: "not-allowed", allowed: "--wait=SECONDS" });
}

/** The command words of a line that asks for help, wherever options stand between them; the most that are a command. */
function helpWords(argv: readonly string[]): string[] {
  const names = commandEntries.map(([name]) => name);
  const noun = argv.find((word) => names.some((name) => name.split(" ")[0] === word));
  if (noun === undefined) return [];
  const commands = names.map((name) => name.split(" ")).filter(([first]) => first === noun);
  return (
    commands
      .toSorted((one, other) => other.length - one.length)
      .find((words) => words.every((word) => argv.includes(word))) ?? [noun]
  );
}

/** Every option, global or of any command. */
const allOptions: readonly OptionDefinition[] = [
  globalOptions,
  ...commandEntries.map(([, command]) => command.options ?? {}),
].flatMap((options) => Object.values<OptionDefinition>(options));

const optionWords: ReadonlySet<string> = new Set(
  allOptions.flatMap(({ flags }) => flags.match(/(?<![\w-])--?[a-z-]+/gi) ?? []),
);

/** True for `--json`, `-o` and `--lang=ja`: in the place of a value they say that the value was forgotten. */
const isOption = (word: string): boolean => optionWords.has(word.split("=", 1)[0] ?? "");

/** An option, of any command, that is given or not given, and has no value. */
const isSwitch = (flags: string): boolean => allOptions.some((definition) => definition.flags === flags);

/** Only words that no PIN looks like are repeated. */
const harmless = (word: string): string => /^-{0,2}[a-z][a-z-]*/.exec(word)?.[0] ?? "…";

/** Whether a word stands where the verb of a noun should be. */
function isVerb(word: string, argv: readonly string[]): boolean {
  const [noun = ""] = helpWords(argv);
  return noun !== "" && argv.indexOf(noun) < argv.lastIndexOf(word);
}

function usageError(error: CommanderError, switches: readonly string[]): MynakitError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownCommand": {
      const suggestion = /\(Did you mean (?:one of )?([a-z-]+)/.exec(error.message)?.[1];
      const whole =
        suggestion && commandEntries.map(([name]) => name).find((name) => name.split(" ").includes(suggestion));
      if (!whole && isVerb(quoted, switches)) return verbMissing(switches);
      return new MynakitError("ERR_USAGE_COMMAND", {
        given: harmless(quoted),
        ...(whole ? { suggestion: whole.endsWith(` ${suggestion}`) ? whole : suggestion } : {}),
      });
    }
    case "commander.unknownOption": {
      const option = harmless(quoted);
      const known = quoted.includes("=") && isSwitch(option);
      return new MynakitError("ERR_USAGE_OPTION", { option, problem: known ? "value-not-taken" : "unknown" });
    }
    case "commander.optionMissingArgument":
      return new MynakitError("ERR_USAGE_OPTION", {
        option: /--[a-z-]+/.exec(quoted)?.[0] ?? harmless(quoted),
        problem: "value-missing",
      });
    case "commander.missingArgument":
      return new MynakitError("ERR_USAGE_ARGUMENT", { argument: quoted, problem: "missing" });
    case "commander.excessArguments":
      return new MynakitError("ERR_USAGE_ARGUMENT", { argument: "…", problem: "too-many" });
    default:
      return new MynakitError("ERR_USAGE_OPTION", { option: harmless(quoted), problem: "not-allowed" });
  }
}
