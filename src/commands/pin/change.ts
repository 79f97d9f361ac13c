import { replacePin } from "../../jpki/pin/change.ts";
import type { HolderPinId } from "../../jpki/pin/references.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";

/** Sets another PIN in place of the old one, which the guard presents once. */
export const run: Run<DataOf<"pin change">> = async (context, input) => {
  const id = input.arguments.pin as HolderPinId;
  const allowObvious = input.options.allowObvious === true;
  const { reader, result } = await useReader(context, (reader, options) =>
    replacePin(reader, id, {
      ...options,
      allowObvious,
      askPins: (prompt) => context.askPinChange({ ...prompt, purpose: "pin-change", allowObvious }),
    }),
  );
  return { data: { reader, id, name: context.messages.pins[id].name, ...result } };
};
