import { MynakitError } from "../../errors.ts";
import { knownOn } from "../../mykey/points/as-of.ts";
import { type LumpSum, lumpSums, premium, premiumTermsOn } from "../../mykey/points/calculate.ts";
import { type Programme, programmes } from "../../mykey/points/programmes.ts";
import type { Input, Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { dayAsked } from "./day.ts";

const mostYen = 999_999_999;

/** What a programme gives for charges and purchases, by the terms known on a day. Needs no card and no platform. */
export const run: Run<DataOf<"points calc">> = async (context, { options }) => {
  const asOf = dayAsked(context, options);
  const programme = options.programme === "2" ? programmes[2] : programmes[1];
  const charges = [options.charge ?? []].flat().map((yen) => wholeNumber("--charge", yen, [0, mostYen]));
  const terms = premiumTermsOn(programme, asOf);
  if (!terms) throw notThen("--as-of", programme, "premium-points");
  const sums = (Object.keys(lumpSums) as LumpSum[])
    .filter((name) => isAsked(options, name))
    .map((name) => ({ name, points: lumpSum(programme, name, asOf) }));
  const { points, ...counted } = premium(terms, charges);
  const total = sums.reduce((sum, each) => sum + each.points, points);
  const { percent, ofYen, mostPoints } = terms;
  return {
    data: {
      programme: programme.number,
      asOf,
      charges,
      premium: { percent, ofYen, mostPoints, points, ...counted },
      lumpSums: sums,
      points: total,
    },
  };
};

const isAsked = (options: Input["options"], name: LumpSum): boolean =>
  (name === "health-insurance" ? options.healthInsurance : options.publicAccount) === true;

function lumpSum(programme: Programme, name: LumpSum, day: string): number {
  const points = knownOn(programme, lumpSums[name], day);
  if (points === undefined) throw notThen(`--${name}`, programme, lumpSums[name]);
  return points;
}

/** Nobody knew of it on that day; or it is no part of the programme, on no day. */
function notThen(option: string, { terms }: Programme, name: keyof Programme["terms"]): MynakitError {
  const known = terms[name]?.[0].known;
  const allowed = known === undefined ? "--programme 2" : `--as-of ${known}`;
  return new MynakitError("ERR_USAGE_OPTION", { option, problem: "not-allowed", allowed });
}
