import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";

/** Lists the kinds of cards that can be simulated, with their PINs. */
export const run: Run<DataOf<"sim profiles">> = async ({ parts, messages }) => {
  const profiles = (await parts.simStore()).profiles();
  return {
    data: {
      profiles: profiles.map(({ name, group, description, pins }) => ({
        name,
        group,
        description: description[messages.language],
        pins: pins.map(({ id, value, remaining, max }) => ({ id, value, remaining, max })),
      })),
    },
  };
};
