import { periodOn, stateOn } from "../../mykey/points/as-of.ts";
import { operatorSource, type Programme, type ProgrammeNumber, termsOf } from "../../mykey/points/programmes.ts";
import type { OperatorTerms } from "../../sandbox/operator/programmes.ts";
import type { Store } from "../../sandbox/store/store.ts";
import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

type Shown = DataOf<"sandbox programme list">["programmes"][number];

/** What the operator wants to be so, by the platform's time and what is so; null: what was published. */
export type ProgrammeChange = (now: number, programme: Programme) => Promise<OperatorTerms | null>;

/** Which programme a command is about; the parser takes no others. */
export const programmeIn = ({ arguments: { programme } }: Input): ProgrammeNumber => (programme === "1" ? 1 : 2);

/** Shows the programmes of the platform, or one, after changing it where a change is given. */
export function programmes(
  context: Context,
  input: Input,
  change?: ProgrammeChange,
): Promise<Result<DataOf<"sandbox programme list">>> {
  const only = input.arguments.programme === undefined ? undefined : programmeIn(input);
  const work = async (store: Store) => {
    const { programmesOf, setTerms } = await import("../../sandbox/operator/programmes.ts");
    const { dayAt } = await import("../../sandbox/points/day.ts");
    if (change && only !== undefined) {
      const before = (await programmesOf(store.db))[only];
      await setTerms(only, await change(store.now(), before), operatorParts(context, store));
    }
    const today = dayAt(store.now());
    const all = Object.values(await programmesOf(store.db));
    const shown = all.filter(({ number }) => only === undefined || number === only);
    return { data: { database: store.name, today, programmes: shown.map((programme) => shownOn(programme, today)) } };
  };
  return withStore(context, input, work, change !== undefined);
}

function shownOn(programme: Programme, today: string): Shown {
  const { from, until } = periodOn(programme, today);
  const set = termsOf(programme).flatMap((term) => {
    const said = programme.terms[term]?.at(-1);
    return said?.source === operatorSource ? [{ term, value: said.value, known: said.known }] : [];
  });
  return {
    programme: programme.number,
    state: stateOn(programme, today),
    from: from ?? null,
    until: until ?? null,
    setByOperator: set,
  };
}
