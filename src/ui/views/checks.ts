import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { Style } from "../style.ts";

type Result = "ok" | "failed" | "not-checked";
type Verdict = "passed" | "incomplete" | "failed";

export interface ShownCheck {
  readonly name: string;
  readonly result: Result;
  /** Empty: there is nothing to add. */
  readonly detail: string;
}

const resultStyles: Readonly<Record<Result, Style>> = { ok: "good", failed: "bad", "not-checked": "caution" };
const verdictStyles: Readonly<Record<Verdict, Style>> = { passed: "good", failed: "bad", incomplete: "caution" };

/** What was checked, in words, and what it comes to. */
export const checkBlocks = (
  checks: readonly ShownCheck[],
  verdict: Verdict,
  verdictWords: string,
  messages: Messages,
): Block[] => [
  {
    kind: "table",
    head: [messages.words.check, messages.words.state, messages.words.detail],
    rows: checks.map(({ name, result, detail }) => [
      name,
      { text: messages.words.checkResults[result], style: resultStyles[result] },
      detail,
    ]),
  },
  verdictBlock(verdict, verdictWords, messages),
];

export const verdictBlock = (verdict: Verdict, verdictWords: string, { words }: Messages): Block => ({
  kind: "fields",
  fields: [[words.verdict, { text: verdictWords, style: verdictStyles[verdict] }]],
});
