import type { DataOf } from "../../commands/results.ts";
import type { MynakitError } from "../../errors.ts";
import { errorText } from "../envelope.ts";
import type { Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { PartView } from "./index.ts";
import { platformField } from "./platform.ts";

/** A line is shown before anybody knows how many there are: room for four digits keeps them in a column. */
const numberWidth = 4;

export const batchLine: PartView<"mykey issue batch-line"> = (data, messages, error) => {
  const text = error ? failure(messages, error) : outcome(data, messages);
  const line = {
    text: `${`${data.line}`.padStart(numberWidth)}  ${data.reader}  ${text}`,
    style: error ? "bad" : "good",
  } as const;
  return [{ kind: "lines", lines: [line] }];
};

function failure(messages: Messages, error: MynakitError): string {
  const [first = ""] = errorText(messages, error).message.split("\n");
  return `${first} ${error.code} (${error.exit})`;
}

function outcome({ mykeyId, created, resumed }: DataOf<"mykey issue batch-line">, { words }: Messages): string {
  const { batch } = words;
  return [mykeyId, batch.outcomes[created ? "created" : "existing"], ...(resumed ? [batch.resumed] : [])].join("  ");
}

export const batchSummary: PartView<"mykey issue batch"> = (data, { words, ...messages }) => {
  const { batch } = words;
  const troubling = (count: number): Cell => (count > 0 ? { text: `${count}`, style: "caution" } : { text: "0" });
  return [
    {
      kind: "fields",
      fields: [
        [batch.file, data.file],
        [batch.lines, `${data.lines}`],
        [batch.created, `${data.created}`],
        [batch.existing, `${data.existing}`],
        [batch.failed, troubling(data.failed)],
        [batch.left, troubling(data.left)],
        [batch.journal, data.journal],
        platformField(data.platform, { words, ...messages }),
      ],
    },
  ];
};
