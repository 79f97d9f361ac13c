import type { OptionDefinition } from "../command.ts";
import { globalOptions } from "../options.ts";
import { type CommandName, commandEntries } from "../registry.ts";

export type Shell = "bash" | "zsh" | "fish";

interface Completable {
  readonly name: CommandName;
  /** Long options, without values. */
  readonly options: readonly string[];
  readonly choices: readonly string[];
}

const longOf = ({ flags }: OptionDefinition): string => /--[a-z-]+/.exec(flags)?.[0] ?? "";
const globals = Object.values<OptionDefinition>(globalOptions).map(longOf);
const allOptions: readonly OptionDefinition[] = [
  ...Object.values<OptionDefinition>(globalOptions),
  ...commandEntries.flatMap(([, command]) => Object.values(command.options ?? {})),
];
/** Values of options that have a fixed set, global or of any command: they mean the same everywhere. */
const optionChoices: readonly (readonly [option: string, choices: readonly string[]])[] = allOptions.flatMap(
  (option) => (option.choices ? [[longOf(option), option.choices] as const] : []),
);

/** `--output` and `-o`: options whose value is a file. */
const fileOptions: readonly string[] = [
  ...new Set(allOptions.flatMap(({ flags }) => (flags.endsWith("<file>") ? (flags.match(/--?[a-z-]+/g) ?? []) : []))),
];

const completables: readonly Completable[] = commandEntries.map(([name, command]) => ({
  name,
  options: Object.values(command.options ?? {}).map(longOf),
  choices: (command.arguments ?? []).flatMap(({ choices }) => choices ?? []),
}));

/** Every beginning of a command, whole words, and the words that may follow it; "": the first ones. */
const following = new Map<string, Set<string>>();
for (const { name } of completables) {
  let before = "";
  for (const word of name.split(" ")) {
    following.set(before, (following.get(before) ?? new Set()).add(word));
    before = before ? `${before} ${word}` : word;
  }
}
const groups = [...following].filter(([before]) => before !== "");
const nouns = [...(following.get("") ?? [])];

/** A completion script for a shell, from the same definitions as parser and help. It never touches a reader. */
export function completionScript(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

const words = (list: readonly string[]): string => list.join(" ");

function bash(): string {
  const groupCases = groups.map(([before, next]) => `    "${before}") words="${words([...next])}" ;;`);
  const commandCases = completables.map(
    ({ name, options, choices }) => `    "${name}") words="${words([...choices, ...options])}" ;;`,
  );
  const valueCases = optionChoices.map(
    ([option, choices]) => `    ${option}) COMPREPLY=($(compgen -W "${words(choices)}" -- "$current")); return ;;`,
  );
  const known = `|${[...groups.map(([before]) => before), ...completables.map(({ name }) => name)].join("|")}|`;
  return `# mynakit completion for bash: source <(mynakit completion bash)
_mynakit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word words=""
  COMPREPLY=()
  case "$previous" in
${valueCases.join("\n")}
    ${fileOptions.join("|")}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ "${known}" == *"|\${command:+$command }$word|"* ]] && command="\${command:+$command }$word"
  done
  case "$command" in
    "") words="${words(nouns)} --help --version" ;;
${groupCases.join("\n")}
${commandCases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words ${words(globals)} --help" -- "$current"))
}
complete -F _mynakit mynakit
`;
}

function zsh(): string {
  return `#compdef mynakit
# mynakit completion for zsh: source <(mynakit completion zsh)
autoload -U +X bashcompinit && bashcompinit
${bash().split("\n").slice(1).join("\n")}`;
}

function fish(): string {
  const first = nouns.map((noun) => `complete -c mynakit -n __fish_use_subcommand -a ${noun}`);
  const next = groups.map(([before, after]) => {
    const list = words([...after]);
    return `complete -c mynakit -n "${seen(before)}; and not __fish_seen_subcommand_from ${list}" -a "${list}"`;
  });
  const perCommand = completables.flatMap(({ name, options, choices }) => {
    const condition = seen(name);
    return [
      ...(choices.length > 0 ? [`complete -c mynakit -n "${condition}" -a "${words(choices)}"`] : []),
      ...options.map((option) => `complete -c mynakit -n "${condition}" -l ${option.slice(2)}`),
    ];
  });
  const common = globals.map((option) => {
    const choices = optionChoices.find(([name]) => name === option)?.[1];
    return `complete -c mynakit -l ${option.slice(2)}${choices ? ` -x -a "${words(choices)}"` : ""}`;
  });
  return `# mynakit completion for fish: mynakit completion fish | source
complete -c mynakit -f
${[...first, ...next, ...perCommand, ...common].join("\n")}
`;
}

/** The condition that these words stand on the line. */
const seen = (name: string): string =>
  name
    .split(" ")
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join("; and ");
