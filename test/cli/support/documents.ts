import * as v from "valibot";
import { expect } from "vitest";
import type { DataOf } from "../../../src/commands/results.ts";
import { schemas } from "../../../src/commands/schemas.ts";
import { type ErrorCode, exitCodeOf } from "../../../src/errors.ts";
import type { Outcome } from "./program.ts";

type Command = keyof typeof schemas;

const tries = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)));
const words = v.pipe(v.string(), v.minLength(1));
const warnings = v.array(
  v.strictObject({ code: v.pipe(v.string(), v.startsWith("WARN_")), message: words, details: v.looseObject({}) }),
);

const failure = v.strictObject({
  schema: v.literal("mynakit.error/1"),
  ok: v.literal(false),
  error: v.strictObject({
    code: v.pipe(v.string(), v.startsWith("ERR_")),
    exit: v.number(),
    message: words,
    hint: words,
    retryable: v.boolean(),
    pinSent: v.boolean(),
    triesBefore: tries,
    triesAfter: tries,
    changed: v.optional(v.nullable(v.boolean())),
    details: v.record(v.string(), v.unknown()),
  }),
  warnings,
});

export type Failure = v.InferOutput<typeof failure>["error"];

/** A name in the data that the schema does not have is a promise that nobody wrote down. */
const strictly = ({ entries }: (typeof schemas)[Command]) => v.strictObject(entries as v.ObjectEntries);

const batchLine = {
  schema: v.literal("mynakit.mykey.issue.batch-line/1"),
  data: strictly(schemas["mykey issue batch-line"]),
  warnings,
};
const batchSuccess = v.strictObject({ ...batchLine, ok: v.literal(true) });
const batchFailure = v.strictObject({ ...batchLine, ok: v.literal(false), error: failure.entries.error });

const batchSummary = v.strictObject({
  schema: v.literal("mynakit.mykey.issue.batch/1"),
  ok: v.literal(true),
  data: strictly(schemas["mykey issue batch"]),
  warnings,
});

export interface BatchLine {
  readonly data: DataOf<"mykey issue batch-line">;
  readonly error?: Failure;
}

/** The documents of a batch: those of its lines, by their numbers, and the last one. Half a line is none. */
export function batch({ stdout }: Outcome): { lines: BatchLine[]; summary: DataOf<"mykey issue batch"> | undefined } {
  const whole = stdout.slice(0, stdout.lastIndexOf("\n") + 1);
  const documents = whole
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const last = documents.at(-1)?.schema === "mynakit.mykey.issue.batch/1" ? documents.pop() : undefined;
  const lines = documents.map(
    (document) => v.parse(document.ok ? batchSuccess : batchFailure, document) as unknown as BatchLine,
  );
  const summary = last && (v.parse(batchSummary, last).data as DataOf<"mykey issue batch">);
  return { lines: lines.sort((one, other) => one.data.line - other.data.line), summary };
}
export type Warnings = v.InferOutput<typeof warnings>;

/** Control characters belong to a terminal; of them only the line end stands in a text. */
export const plain = (text: string): boolean => !/[^\P{Cc}\n]/u.test(text);

function onlyDocument({ stdout }: Outcome): unknown {
  expect(stdout.endsWith("\n"), stdout).toBe(true);
  expect(stdout.trimEnd().split("\n"), stdout).toHaveLength(1);
  expect(plain(stdout), stdout).toBe(true);
  return JSON.parse(stdout);
}

/** The `data` of the one document that a successful command wrote, checked against its schema. */
export function success<N extends Command>(command: N, outcome: Outcome): { data: DataOf<N>; warnings: Warnings } {
  expect(outcome, `${outcome.stdout}${outcome.stderr}`).toMatchObject({ code: 0 });
  return answer(command, outcome);
}

/** The same for a question that may have been answered no. */
export function answer<N extends Command>(command: N, outcome: Outcome): { data: DataOf<N>; warnings: Warnings } {
  const envelope = v.strictObject({
    schema: v.literal(`mynakit.${command.replaceAll(" ", ".")}/1`),
    ok: v.literal(true),
    data: strictly(schemas[command]),
    warnings,
  });
  const { data, warnings: told } = v.parse(envelope, onlyDocument(outcome));
  return { data: data as DataOf<N>, warnings: told };
}

/** The error in the one document that a failed command wrote; its exit code is that of the process. */
export function failed(outcome: Outcome, code: ErrorCode): Failure {
  const { error } = v.parse(failure, onlyDocument(outcome));
  expect(error.code, error.message).toBe(code);
  expect({ exit: error.exit, process: outcome.code }).toEqual({ exit: exitCodeOf(code), process: exitCodeOf(code) });
  return error;
}

/** The same error in words: nothing on standard output, the code in the last line of standard error. */
export function failedInWords(outcome: Outcome, code: ErrorCode): string {
  expect(outcome, `${outcome.stdout}${outcome.stderr}`).toMatchObject({ code: exitCodeOf(code), stdout: "" });
  expect(plain(outcome.stderr), outcome.stderr).toBe(true);
  expect(outcome.stderr.trimEnd().split("\n").at(-1)).toBe(`${code} (${exitCodeOf(code)})`);
  return outcome.stderr;
}
