import { guardFiles, type Mutation } from "./list.ts";

export interface Verdict {
  readonly mutation: Mutation;
  /** Null: no test fails. */
  readonly caughtBy: string | null;
}

const heading = `# Mutations of the guard

Each condition of the PIN guard, removed or turned round, and the first test that fails then. Written by
\`npx tsx scripts/mutate-guard.ts\`; a test compares the list with the sources, and finds conditions that no mutation
touches.
`;

/** The document; a mutation that survives and is not shown to be equivalent stands out. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const sections = guardFiles.map((file) => {
    const rows = verdicts.filter(({ mutation }) => mutation.file === file).map(rowOf);
    return `\n## src/jpki/pin/${file}\n\n| A guard that … | is caught by |\n| --- | --- |\n${rows.join("")}`;
  });
  const caught = verdicts.filter(({ caughtBy }) => caughtBy !== null).length;
  const equivalent = verdicts.filter(isExcused).length;
  const sum = `\n${verdicts.length} mutations: ${caught} caught, ${equivalent} equivalent, ${verdicts.filter(survives).length} survived.\n`;
  return `${heading}${sum}${sections.join("")}`;
}

const isExcused = ({ mutation, caughtBy }: Verdict): boolean => caughtBy === null && mutation.equivalent !== undefined;

/** True where a test is missing: nothing fails, and nothing says why nothing could. */
export const survives = (verdict: Verdict): boolean => verdict.caughtBy === null && !isExcused(verdict);

const cell = (text: string): string => text.replaceAll("|", "\\|");

function rowOf({ mutation, caughtBy }: Verdict): string {
  const excuse = mutation.equivalent ? `equivalent: ${mutation.equivalent}` : "**SURVIVED**";
  return `| ${cell(mutation.name)} | ${cell(caughtBy ?? excuse)} |\n`;
}

/** What a document says of a mutation; undefined: nothing. */
export function verdictIn(document: string, mutation: Mutation): Verdict | undefined {
  const [, section = ""] = document.split(`## src/jpki/pin/${mutation.file}\n`);
  const row = section
    .split("\n## ")[0]
    ?.split("\n")
    .find((line) => line.startsWith(`| ${cell(mutation.name)} | `));
  if (!row) return undefined;
  const caughtBy = row.slice(cell(mutation.name).length + 5, -2).replaceAll("\\|", "|");
  return { mutation, caughtBy: caughtBy.startsWith("equivalent: ") || caughtBy === "**SURVIVED**" ? null : caughtBy };
}
