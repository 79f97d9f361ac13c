import { existsSync } from "node:fs";
import { allProgrammes, periodOn, statementsBy, stateOn } from "../../mykey/points/as-of.ts";
import { programmesHere } from "../../mykey/points/client.ts";
import { amended, type Programme, type TermName, termsOf } from "../../mykey/points/programmes.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { embeddedDatabase } from "../sandbox/database.ts";
import { dayAsked } from "./day.ts";

type Shown = DataOf<"points programmes">["programmes"][number];

/**
 * What runs, what has ended, and what was known of it on a day. Needs no card. Where a platform was named or the embedded
 * one has been used, what its operator set is shown, too, and today is the platform's.
 */
export const run: Run<DataOf<"points programmes">> = async (context, { options }) => {
  const here = isThere(context) ? await programmesHere(await context.parts.platform()) : undefined;
  const asOf = here && options.asOf === undefined ? here.today : dayAsked(context, options);
  const all = allProgrammes.map((programme) => amended(programme, here?.statements ?? []));
  return { data: { asOf, programmes: all.map((programme) => shown(programme, asOf)) } };
};

/** Asking must not make an embedded platform. */
const isThere = ({ options, home }: Context): boolean =>
  options.platform !== "embedded" || existsSync(embeddedDatabase(home));

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
