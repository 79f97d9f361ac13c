/**
 * Makes the PIN guard worse in one way after the other, in a copy of the project, and says which test notices:
 *
 *     tsx scripts/mutate-guard.ts            all, into docs/guard-mutations.md
 *     tsx scripts/mutate-guard.ts WORDS      those whose name has these words, and those of which the document says nothing
 *
 * Exit code 1 where a mutation survives that is not shown to be equivalent.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { untouched } from "./mutations/conditions.ts";
import { guardFiles, type Mutation, mutations } from "./mutations/list.ts";
import { patient, sourceOf } from "./mutations/run.ts";
import { survives, tableOf, type Verdict, verdictIn } from "./mutations/table.ts";

const root = path.dirname(import.meta.dirname);
const words = process.argv.slice(2).join(" ");

for (const file of guardFiles) {
  const source = readFileSync(path.join(root, sourceOf(file)), "utf8");
  const missing = untouched(
    source,
    mutations.filter((mutation) => mutation.file === file),
  );
  for (const { line, text } of missing) throw new Error(`${file}:${line}: no mutation touches ${text}`);
}

const document = path.join(root, "docs/guard-mutations.md");
const told = words !== "" && existsSync(document) ? readFileSync(document, "utf8") : "";
const verdicts = mutations.map((mutation) => (mutation.name.includes(words) ? undefined : verdictIn(told, mutation)));
const wanted = mutations.map((mutation, index) => ({ mutation, index })).filter(({ index }) => !verdicts[index]);
const queue = wanted.values();

async function work(): Promise<void> {
  using copy = patient();
  for (const { mutation, index } of queue) {
    const verdict: Verdict = { mutation, caughtBy: await copy.caughtBy(mutation) };
    verdicts[index] = verdict;
    console.log(`${survives(verdict) ? "SURVIVED " : ""}${nameOf(mutation)}: ${verdict.caughtBy ?? "nothing fails"}`);
  }
}

const nameOf = ({ file, name }: Mutation): string => `${file} ${name}`;

await Promise.all(Array.from({ length: Math.min(availableParallelism(), wanted.length) }, work));
const all = verdicts.filter((verdict) => verdict !== undefined);
writeFileSync(document, tableOf(all));
const survivors = all.filter(survives);
console.log(`${all.length} mutations, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
