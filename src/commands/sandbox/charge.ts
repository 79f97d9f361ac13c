import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { operate } from "./operate.ts";

const reportIdBytes = 16;

/** Reports a charge or purchase as the cashless service would, which grants points. */
export const run: Run<DataOf<"sandbox charge">> = (context, input) =>
  operate(context, input, async ({ db, name }) => {
    const { grant, mostYen } = await import("../../sandbox/points/report.ts");
    const yen = yenIn(input.arguments.yen, mostYen);
    const service = String(input.arguments.service);
    const serviceId = String(input.arguments["service-id"]);
    const reportId = String(input.options.report ?? Buffer.from(context.host.random(reportIdBytes)).toString("hex"));
    const kind = input.options.purchase === true ? "purchase" : "charge";
    const now = () => context.clock({})().getTime();
    const { sandbox: _sandbox, ...granted } = await grant({ service, serviceId, kind, yen, reportId }, { db, now });
    return { data: { database: name, service, serviceId, reportId, kind, yen, ...granted } };
  });

function yenIn(given: unknown, most: number): number {
  try {
    return wholeNumber("yen", given, [1, most]);
  } catch (cause) {
    const allowed = `1–${most}`;
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "yen", problem: "not-allowed", allowed }, { cause });
  }
}
