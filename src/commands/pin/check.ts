import { checkPin } from "../../jpki/pin/check.ts";
import type { HolderPinId } from "../../jpki/pin/references.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";

/** Tells whether a PIN is the right one, by presenting it, once, through the guard. A wrong one is an error and costs a try. */
export const run: Run<DataOf<"pin check">> = async (context, input) => {
  const id = input.arguments.pin as HolderPinId;
  const { reader, result } = await useReader(context, (reader, options) =>
    checkPin(reader, id, {
      ...options,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "pin-check" }),
    }),
  );
  return { data: { reader, id, name: context.messages.pins[id].name, ...result } };
};
