import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { setClosing } from "./closing.ts";

/** Opens the platform again. */
export const run: Run<DataOf<"sandbox open">> = (context, input) => setClosing(context, input, null);
