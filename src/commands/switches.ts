/** The words of a command line up to `--`, behind which nothing is an option (POSIX.1-2017, 12.2, guideline 10). */
export function switchesOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

/** The value of an option before the line is parsed: errors of parsing need language and form, too. The last one counts. */
export function optionValue(switches: readonly string[], name: string): string | undefined {
  const at = switches.findLastIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = switches[at];
  return word?.includes("=") ? word.slice(name.length + 1) : switches[at + 1];
}
