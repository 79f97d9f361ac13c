/** The words of a command line up to `--`, behind which nothing is an option (POSIX.1-2017, 12.2, guideline 10). */
export function switchesOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}
