import { readSerial } from "../../jpki/common/serial.ts";
import { useCard } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { shownDay } from "./shown.ts";

/** Shows the numbers that a card tells everybody: no PIN is needed. */
export const run: Run<DataOf<"card serial">> = (context) =>
  useCard(context, async (card, { uri }) => {
    const { expiry, ...serial } = await readSerial(card);
    return { data: { reader: uri, ...serial, expiry: shownDay(expiry) } };
  });
