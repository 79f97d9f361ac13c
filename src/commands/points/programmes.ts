import { allProgrammes, periodOn, statementsBy, stateOn } from "../../mykey/points/as-of.ts";
import { type Programme, type TermName, termsOf } from "../../mykey/points/programmes.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { dayAsked } from "./day.ts";

type Shown = DataOf<"points programmes">["programmes"][number];

/** What runs, what has ended, and what was known of it on a day. Needs no card and no platform. */
export const run: Run<DataOf<"points programmes">> = async (context, { options }) => {
  const asOf = dayAsked(context, options);
  return { data: { asOf, programmes: allProgrammes.map((programme) => shown(programme, asOf)) } };
};

function shown(programme: Programme, day: string): Shown {
  const { from, until } = periodOn(programme, day);
  return {
    programme: programme.number,
    state: stateOn(programme, day),
    from: from ?? null,
    until: until ?? null,
    terms: termsOf(programme).map((name) => ({ name, statements: statements(programme, name, day) })),
  };
}

const statements = (programme: Programme, name: TermName, day: string) =>
  statementsBy(programme, name, day).map(({ value, known, dating, source, otherwise }) => ({
    value,
    known,
    dating,
    source,
    ...(otherwise ? { otherwise } : {}),
  }));
