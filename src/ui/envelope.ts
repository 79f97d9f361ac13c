import type { Result, Warning } from "../commands/command.ts";
import { schemaName } from "../commands/registry.ts";
import type { MynakitError } from "../errors.ts";
import { printableJson } from "../printable.ts";
import type { Messages } from "./messages/messages.ts";

/** Text of a warning; each code is paired with its own details. */
export function warningText(messages: Messages, warning: Warning): string {
  const text = messages.warnings[warning.code] as (details: Warning["details"]) => string;
  return text(warning.details);
}

/** What happened and what to do, in the chosen language. */
export function errorText(messages: Messages, error: MynakitError): { message: string; hint: string } {
  const text = messages.errors[error.code] as (details: typeof error.details) => { message: string; hint: string };
  return text(error.details);
}

const warningsOf = (messages: Messages, warnings: readonly Warning[]) =>
  warnings.map((warning) => ({
    code: warning.code,
    message: warningText(messages, warning),
    details: warning.details,
  }));

const document = (content: object): string => printableJson(JSON.stringify(content));

/** The JSON document of a success (contract of the command line, section JSON envelope). */
export function successDocument(
  messages: Messages,
  command: string,
  result: Result<unknown>,
  warnings: readonly Warning[],
): string {
  return document({
    schema: schemaName(command),
    ok: true,
    data: result.data,
    warnings: warningsOf(messages, warnings),
  });
}

const errorObject = (messages: Messages, error: MynakitError) => ({
  code: error.code,
  exit: error.exit,
  ...errorText(messages, error),
  retryable: error.retryable,
  ...error.pin,
  details: { ...error.details, ...(error.step !== undefined && { step: error.step }) },
});

/** The JSON document of a failure. */
export function failureDocument(messages: Messages, error: MynakitError, warnings: readonly Warning[]): string {
  return document({
    schema: "mynakit.error/1",
    ok: false,
    error: errorObject(messages, error),
    warnings: warningsOf(messages, warnings),
  });
}

/** One of several JSON documents of a command; with what it failed of, where it did. */
export function partDocument(
  messages: Messages,
  name: string,
  part: { readonly data: unknown; readonly error: MynakitError | undefined; readonly warnings: readonly Warning[] },
): string {
  const { data, error, warnings } = part;
  return document({
    schema: schemaName(name),
    ok: error === undefined,
    data,
    ...(error && { error: errorObject(messages, error) }),
    warnings: warningsOf(messages, warnings),
  });
}
