import { readAttributes } from "../../jpki/text/read.ts";
import type { BirthYear } from "../../jpki/verification-number.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { proof, shownPerson } from "./shown.ts";

/** Shows the four attributes of the holder, and whether the card's own records and signatures prove them. */
export const run: Run<DataOf<"card info">> = async (context, input) => {
  const pin = input.options.with === "b" ? "text-b" : "text";
  const birthYear = input.options.birthYear as BirthYear;
  const { reader, result } = await useReader(context, (reader, options) =>
    readAttributes(reader, pin, {
      ...options,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "card-info", birthYear }),
    }),
  );
  const { attributes, checks } = result;
  const { name, address } = attributes;
  const { data, exit } = proof(checks);
  return {
    data: { reader, openedWith: pin, name, address, ...shownPerson(attributes), ...data, ...result.pin },
    ...exit,
  };
};
