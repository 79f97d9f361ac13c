/**
 * Makes the PIN guard worse in one way after the other, in a copy of the project, and says which test notices:
 *
 *     tsx scripts/mutate-guard.ts            all, into docs/guard-mutations.md
 *     tsx scripts/mutate-guard.ts WORDS      those whose name has these words; writes nothing
 *
 * Exit code 1 where a mutation survives that is not shown to be equivalent.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { untouched } from "./mutations/conditions.ts";
import { guardFiles, type Mutation, mutations } from "./mutations/list.ts";
import { patient, sourceOf } from "./mutations/run.ts";
import { survives, tableOf, type Verdict } from "./mutations/table.ts";

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

const wanted = mutations.filter(({ name }) => name.includes(words));
const queue = wanted.entries();
const verdicts: Verdict[] = [];

async function work(): Promise<void> {
  using copy = patient();
  for (const [index, mutation] of queue) {
    const verdict: Verdict = { mutation, caughtBy: await copy.caughtBy(mutation) };
    verdicts[index] = verdict;
    console.log(`${survives(verdict) ? "SURVIVED " : ""}${nameOf(mutation)}: ${verdict.caughtBy ?? "nothing fails"}`);
  }
}

const nameOf = ({ file, name }: Mutation): string => `${file} ${name}`;

await Promise.all(Array.from({ length: Math.min(availableParallelism(), wanted.length) }, work));
if (words === "") writeFileSync(path.join(root, "docs/guard-mutations.md"), tableOf(verdicts));
const survivors = verdicts.filter(survives);
console.log(`${verdicts.length} mutations, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
