import type { PinPrompt } from "../commands/context.ts";
import { MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { Messages } from "./messages/messages.ts";

/** Whether a person sits at a terminal and may be asked. */
export const canAsk = (host: Host, input: boolean): boolean =>
  input && host.stdin.isTTY === true && host.stderr.isTTY === true;

/** No tick before an entry: what is typed may be refused yet. */
const theme = { prefix: "?" } as const;

type Question =
  | {
      readonly type: "password";
      readonly message: string;
      readonly mask: string;
      readonly toggleMask: false;
    }
  | { readonly type: "input"; readonly message: string };

async function ask(host: Host, question: Question): Promise<string> {
  const { default: inquirer } = await import("inquirer");
  const { stdin, stderr, interrupted } = host;
  // At the end of input (Ctrl-D) inquirer lets go of it without a word, and its answer would never come.
  const ended = new AbortController();
  const end = (): void => ended.abort();
  stdin.once("pause", end);
  const signal = AbortSignal.any([interrupted, ended.signal]);
  const prompt = inquirer.createPromptModule({ input: stdin, output: stderr, signal });
  try {
    const { answer } = await prompt<{ answer: string }>([{ ...question, theme, name: "answer" }]);
    return answer;
  } catch (error) {
    const reason = interrupted.aborted ? String(interrupted.reason) : "prompt";
    throw new MynakitError("ERR_CANCELLED", { signal: reason }, { cause: error });
  } finally {
    stdin.off("pause", end);
  }
}

/** The words of the PIN prompt: which PIN, its form, the tries left, and what it is for. */
export function pinQuestion(messages: Messages, prompt: PinPrompt): string {
  const pin = messages.pins[prompt.reference.id];
  return messages.prompt.pin({
    ...pin,
    tries: prompt.tries,
    max: prompt.max,
    purpose: messages.purposes[prompt.purpose],
  });
}

/**
 * Asks at the terminal, on standard error, without showing what is typed.
 * `malformed` answers what is wrong with a text, or nothing; it is asked again until the form is right, and no try is spent.
 * @throws {MynakitError} ERR_CANCELLED on Ctrl-C, a closed input or a vanished terminal
 */
export async function askSecret(
  host: Host,
  message: string,
  malformed: (text: string) => string | undefined,
): Promise<string> {
  // A prompt of its own for each entry: inquirer's `validate` leaves what was refused in the field, unseen, and the next
  // entry would be added to it.
  for (;;) {
    const text = await ask(host, { type: "password", message, mask: "*", toggleMask: false });
    const problem = malformed(text);
    if (problem === undefined) return text;
    tellBetween(host, problem);
  }
}

/** Says why a secret is asked for again. */
export function tellBetween(host: Host, problem: string): void {
  // With the prompt its silence has gone, too: the terminal would show what is typed before the next one stands.
  host.stdin.setRawMode(true);
  host.stderr.write(`${problem}\n`);
}

const yes = /^(y|yes|はい)$/i;

/** Whether it is a yes, in either language, in full width or not. */
export const isYes = (typed: string): boolean => yes.test(typed.normalize("NFKC").trim());

/** Asks for a word. @throws {MynakitError} ERR_CANCELLED */
export const askWord = (host: Host, message: string): Promise<string> => ask(host, { type: "input", message });

/** Asks for a yes; anything else is no. @throws {MynakitError} ERR_CANCELLED */
export const askYes = async (host: Host, message: string): Promise<boolean> => isYes(await askWord(host, message));
