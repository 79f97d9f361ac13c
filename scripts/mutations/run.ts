import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Mutation } from "./list.ts";

const root = path.join(import.meta.dirname, "../..");
const copied = ["src", "test", "scripts", "package.json", "tsconfig.json", "vitest.config.ts"];

/** The quick tests first; the lives of cards for what they leave. */
const stages: readonly (readonly string[])[] = [
  ["--project", "unit", "test/jpki/pin-", "test/jpki/one-way", "test/jpki/card.test"],
  ["--project", "guard", "test/guard/model", "test/guard/sensitivity"],
];
/** So many steps find what the property finds at all. */
const steps = "10000";

/** A copy of the project in which one file after the other can be made worse. */
export interface Patient extends Disposable {
  /** The tests that fail with this mutation: the first, and how many more; null: none does. */
  caughtBy(mutation: Mutation): Promise<string | null>;
}

export const sourceOf = (file: string): string => path.join("src/jpki/pin", file);

export function patient(): Patient {
  const folder = mkdtempSync(path.join(tmpdir(), "mynakit-mutant-"));
  for (const each of copied) cpSync(path.join(root, each), path.join(folder, each), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return {
    async caughtBy({ file, from, to }) {
      const source = path.join(folder, sourceOf(file));
      const original = readFileSync(source, "utf8");
      writeFileSync(
        source,
        original.replace(from, () => to),
      );
      try {
        for (const stage of stages) {
          const failure = await failuresOf(folder, stage);
          if (failure !== null) return failure;
        }
        return null;
      } finally {
        writeFileSync(source, original);
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** @throws {Error} where the tests could not run, which proves nothing */
async function failuresOf(folder: string, stage: readonly string[]): Promise<string | null> {
  const report = path.join(folder, "report.json");
  rmSync(report, { force: true });
  const words = ["run", ...stage, "--reporter=json", `--outputFile.json=${report}`];
  const { NODE_EXTRA_CA_CERTS: _slowsEveryStart, ...env } = process.env;
  const child = spawn(path.join(folder, "node_modules/.bin/vitest"), words, {
    cwd: folder,
    // No program has to be compiled for these tests.
    env: { ...env, MYNAKIT_PROGRAM: "none", MYNAKIT_GUARD_STEPS: steps },
    stdio: "ignore",
  });
  const [code] = await once(child, "exit");
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const failures: string[] = [];
  for (const { name, message, assertionResults } of testResults) {
    if (assertionResults.length === 0 && message) throw new Error(`${name} did not run: ${message}`);
    const failed = assertionResults.filter(({ status }) => status === "failed");
    failures.push(...failed.map(({ fullName }) => `${path.relative(folder, name)}: ${fullName}`));
  }
  if (code !== 0 && failures.length === 0) throw new Error(`the tests ended with ${code} and no failure`);
  const [first, ...more] = failures.sort();
  return first === undefined || more.length === 0 ? (first ?? null) : `${first}, and ${more.length} more`;
}
