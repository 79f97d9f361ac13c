import { MynakitError } from "../../errors.ts";
import { operatorTerms } from "../../mykey/points/wire.ts";
import type { OperatorTerms } from "../../sandbox/operator/programmes.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { isDay } from "../time.ts";
import { programmes } from "./programme.ts";

type Kind = (typeof operatorTerms)[keyof typeof operatorTerms];

/** Sets terms of a programme: TERM=VALUE. */
export const run: Run<DataOf<"sandbox programme set">> = async (context, input) => {
  const kinds = new Map<string, Kind>(Object.entries(operatorTerms));
  const allowed = [...kinds].map(([term, kind]) => `${term}=${forms[kind]}`).join(", ");
  const given = (input.arguments.terms ?? []) as readonly string[];
  const notAllowed = () =>
    new MynakitError("ERR_USAGE_ARGUMENT", { argument: "terms", problem: "not-allowed", allowed });
  const change = given.map((word) => {
    const [, term = "", text = ""] = /^([a-z-]+)=(.+)$/.exec(word) ?? [];
    const kind = kinds.get(term);
    const value = kind && readers[kind](text);
    if (value === undefined) throw notAllowed();
    return [term, value] as const;
  });
  if (change.length === 0) throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "terms", problem: "missing" });
  // Of a term said twice, nobody knows which value was meant.
  if (new Map(change).size < change.length) throw notAllowed();
  return programmes(context, input, async () => Object.fromEntries(change) as OperatorTerms);
};

const forms = { day: "2027-04-01", number: "100", percent: "0–100", flag: "yes|no" } as const;

const readers: Readonly<Record<Kind, (text: string) => string | number | boolean | undefined>> = {
  day: (text) => (isDay(text) ? text : undefined),
  number: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  percent: (text) => (/^(\d{1,2}|100)$/.test(text) ? Number(text) : undefined),
  flag: (text) => (["yes", "no"].includes(text) ? text === "yes" : undefined),
};
