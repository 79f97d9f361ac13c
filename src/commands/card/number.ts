import { readMyNumber } from "../../jpki/text/read.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { proof } from "./shown.ts";

/** Shows the My Number: after a yes, and masked unless all of it is asked for. */
export const run: Run<DataOf<"card number">> = async (context, input) => {
  const revealed = input.options.reveal === true;
  if (input.options.yes !== true) await context.confirmNumber({ revealed });
  const { reader, result } = await useReader(context, (reader, options) =>
    readMyNumber(reader, { ...options, askPin: (prompt) => context.askPin({ ...prompt, purpose: "card-number" }) }),
  );
  const { number, checks } = result;
  const { data, exit } = proof(checks);
  return {
    data: { reader, number: revealed ? number.revealed() : number.masked(), revealed, ...data, ...result.pin },
    warnings: [{ code: "WARN_NUMBER_OF_OTHERS", details: {} }],
    ...exit,
  };
};
