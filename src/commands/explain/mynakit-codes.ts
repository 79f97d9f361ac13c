import { isError } from "../../errors.ts";
import { errorText, warningText } from "../../ui/envelope.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import { errorCodes, sampleErrors, sampleWarnings, warningCodes } from "../../ui/messages/samples.ts";
import type { DataOf } from "../results.ts";

type Explanation = NonNullable<DataOf<"explain">["explanation"]>;
type Case = Explanation["cases"][number];

/** Every code that mynakit itself gives. */
export const mynakitCodes: readonly string[] = [...errorCodes, ...warningCodes];

/**
 * What a code of mynakit says in each case that its words know; names and numbers are examples.
 * @param id one of `mynakitCodes`
 */
export function mynakitExplanation(id: string, messages: Messages): Explanation {
  const errors = errorCodes.filter((code) => code === id).flatMap(sampleErrors);
  const warnings = warningCodes.filter((code) => code === id).flatMap(sampleWarnings);
  const cases = [
    ...errors.map((error) => {
      const { message, hint } = errorText(messages, error);
      const reason = isError(error, "ERR_PLATFORM_REFUSED") ? `${error.details.reason}: ` : "";
      return { cause: `${reason}${message}`, remedy: hint };
    }),
    ...warnings.map((warning) => ({ cause: warningText(messages, warning), remedy: "" })),
  ];
  const [error] = errors;
  return {
    id,
    kind: "mynakit-code",
    title: id,
    paragraphs: [],
    steps: [],
    addresses: [],
    sources: [],
    cases: distinct(cases),
    exit: error?.exit ?? null,
    retryable: error?.retryable ?? null,
  };
}

const distinct = (cases: readonly Case[]): Case[] => [
  ...new Map(cases.map((each) => [JSON.stringify(each), each])).values(),
];
