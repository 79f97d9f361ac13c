import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { commandEntries } from "../../src/commands/registry.ts";
import { cellText, type Document, page, table } from "./document.ts";

/** Something that people did with the card's services, as public guides of 2020 to 2022 tell it. */
export interface Row {
  readonly number: number;
  readonly ja: string;
  readonly en: string;
  readonly commands: readonly string[];
  /** `history: …`: why nothing works for it; `later: …`: the part that does not exist yet. */
  readonly remark: string;
}

interface Tagged {
  readonly file: string;
  readonly title: string;
}

const root = path.resolve(import.meta.dirname, "../..");

/** `…" [row 25]"`, `… [rows 25, 39]` at the end of a test's name. */
const tag = /(["'`])((?:(?!\1)[^\n])+?) \[rows? (\d+(?:, \d+)*)\]\1/g;

function readRows(): { sections: { title: string; rows: Row[] }[]; rows: Row[] } {
  const sections: { title: string; rows: Row[] }[] = [];
  for (const line of readFileSync(path.join(root, "fixtures/coverage.tsv"), "utf8").trimEnd().split("\n")) {
    if (line.startsWith("# ")) sections.push({ title: line.slice(2), rows: [] });
    else {
      const [number = "", ja = "", en = "", commands = "", remark = ""] = line.split("\t");
      const names = commands === "" ? [] : commands.split(", ");
      sections.at(-1)?.rows.push({ number: Number(number), ja, en, commands: names, remark });
    }
  }
  return { sections, rows: sections.flatMap(({ rows }) => rows) };
}

/** The tagged names in the source of tests, and the rows that each shows. */
export function tagsIn(source: string): { title: string; rows: number[] }[] {
  return [...source.matchAll(tag)].map(([, , title = "", numbers = ""]) => ({
    title,
    rows: numbers.split(", ").map(Number),
  }));
}

function readTags(): Map<number, Tagged[]> {
  const found = new Map<number, Tagged[]>();
  const files = readdirSync(path.join(root, "test"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  for (const file of files.sort()) {
    for (const { title, rows } of tagsIn(readFileSync(path.join(root, "test", file), "utf8"))) {
      for (const row of rows) found.set(row, [...(found.get(row) ?? []), { file: `test/${file}`, title }]);
    }
  }
  return found;
}

/** What of the rows and tags does not fit together. */
export function problemsOf(rows: readonly Row[], tags: ReadonlyMap<number, unknown>): string[] {
  const numbers = rows.map(({ number }) => number);
  const known: ReadonlySet<string> = new Set(commandEntries.map(([name]) => name));
  return [
    ...(numbers.every((number, at) => number === at + 1) ? [] : ["rows are not numbered one after the other"]),
    ...[...tags.keys()].filter((number) => !numbers.includes(number)).map((number) => `there is no row ${number}`),
    ...rows.flatMap(({ number, commands }) =>
      commands.filter((name) => !known.has(name)).map((name) => `row ${number}: there is no command ${name}`),
    ),
    ...rows.flatMap(({ number, remark }) => {
      if (!tags.has(number) && remark === "") return [`row ${number} has no test and no reason`];
      if (tags.has(number) && remark !== "") return [`row ${number} has a test and says that there is none`];
      return [];
    }),
  ];
}

function lineOf({ number, ja, en, commands, remark }: Row, tests: readonly Tagged[] = []): string[] {
  const shown = tests.map(({ file, title }) => `[${path.basename(file)}](../${file}): ${title}`);
  const reason = remark.replace(/^later: /, "not yet: ");
  return [
    String(number),
    `${cellText(ja)}<br>${cellText(en)}`,
    commands.map((name) => `\`${name}\``).join(", "),
    shown.length > 0 ? shown.map(cellText).join("<br>") : cellText(reason),
  ].map((cell) => cell.replaceAll("&lt;br>", "<br>"));
}

/**
 * docs/coverage.md: what mynakit is for, row by row, and the tests that show it.
 * @throws {Error} where a row has neither a test nor a reason, or a tag is of no row
 */
export function coverage(): Document {
  const { sections, rows } = readRows();
  const tags = readTags();
  const problems = problemsOf(rows, tags);
  if (problems.length > 0) throw new Error(`docs/coverage.md: ${problems.join("; ")}`);
  const tested = rows.filter(({ number }) => tags.has(number)).length;
  const history = rows.filter(({ remark }) => remark.startsWith("history: ")).length;
  return {
    path: "docs/coverage.md",
    content: page([
      "<!-- Written by `npm run docs` from fixtures/coverage.tsv and the names of tests. Do not edit. -->",
      "# Coverage",
      "What people did with the My Number Card's services, as public guides of 2020 to 2022 tell it, and what shows that it " +
        "works here: a test says in its name which rows it shows, as in `[row 25]`. The real services have no public " +
        "interface, so all of it is about the sandbox and simulated cards, but for what is said of real readers.",
      `Of ${rows.length} rows ${tested} are shown by tests, ${history} are history, ${rows.length - tested - history} are not here yet.`,
      ...sections.flatMap(({ title, rows: within }) => [
        `## ${title}`,
        table(
          ["Row", "What", "Commands", "Shown by"],
          within.map((row) => lineOf(row, tags.get(row.number))),
        ),
      ]),
    ]),
  };
}
