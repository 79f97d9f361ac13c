import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

const reportIdBytes = 16;

/** Reports a charge or purchase as the cashless service would, which grants points. */
export const run: Run<DataOf<"sandbox charge">> = (context, input) =>
  withStore(context, input, async (store) => {
    const { grant, mostYen } = await import("../../sandbox/points/report.ts");
    const yen = yenIn(input.arguments.yen, mostYen);
    const service = String(input.arguments.service);
    const serviceId = String(input.arguments["service-id"]);
    const reportId = String(input.options.report ?? Buffer.from(context.host.random(reportIdBytes)).toString("hex"));
    const kind = input.options.purchase === true ? "purchase" : "charge";
    const { sandbox: _sandbox, ...granted } = await grant(
      { service, serviceId, kind, yen, reportId },
      operatorParts(context, store),
    );
    return { data: { database: store.name, service, serviceId, reportId, kind, yen, ...granted } };
  });

function yenIn(given: unknown, most: number): number {
  try {
    return wholeNumber("yen", given, [1, most]);
  } catch (cause) {
    const allowed = `1–${most}`;
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "yen", problem: "not-allowed", allowed }, { cause });
  }
}
