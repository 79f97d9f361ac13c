import { dayOf, range, yearsAfter } from "./days.ts";
import { type Draw, drawFrom } from "./draw.ts";

export interface Member {
  /** `self`, `spouse`, `child-1`. */
  readonly name: string;
  readonly birth: string;
  /** When they came into the household. */
  readonly joined: string;
}

/** Where a household lives from a day on. */
export interface Home {
  readonly from: string;
  readonly address: string;
}

/** A synthetic person's life from birth to death: what has happened of it depends on the day on which one looks. */
export interface Life {
  readonly draw: Draw;
  readonly self: Member;
  readonly spouse: Member | null;
  readonly children: readonly Member[];
  /** Where they have lived since they have a household of their own, the first first. */
  readonly homes: readonly Home[];
  /** When they began to work, changed their employer, and retired. */
  readonly jobs: readonly string[];
  readonly retired: string;
  /** Yen a year, in the first job. */
  readonly firstSalary: number;
}

/** Years of birth, so that all are grown up. */
const births = { first: 1955, years: 44 } as const;
const workBegins = 22;
const workEnds = 65;

/** The life that goes with a seed: nothing in it is of the card or its holder. */
export function lifeOf(seed: string): Life {
  const draw = drawFrom(seed);
  const birthday = (name: string, year: number): string =>
    dayOf(year, 1 + draw(`${name} month`, 12), 1 + draw(`${name} day`, 28));
  const birth = birthday("self", births.first + draw("year", births.years));
  const bornIn = Number(birth.slice(0, 4));
  const worksFrom = dayOf(bornIn + workBegins + 1, 4, 1);
  const married = birthday("marriage", bornIn + 26 + draw("marriage", 8));
  const spouse =
    draw("marries", 10) < 7
      ? { name: "spouse", birth: birthday("spouse", bornIn - 3 + draw("spouse", 7)), joined: married }
      : null;
  const children = range(0, spouse ? draw("children", 4) : 0).map((at) => {
    const born = birthday(`child ${at}`, Number(married.slice(0, 4)) + 2 + at * 3 + draw(`child ${at}`, 2));
    return { name: `child-${at + 1}`, birth: born, joined: born };
  });
  const changes = range(0, draw("changes", 3)).map((at) =>
    dayOf(bornIn + 30 + at * 10 + draw(`change ${at}`, 8), 4, 1),
  );
  return {
    draw,
    self: { name: "self", birth, joined: worksFrom },
    spouse,
    children,
    homes: homesOf(draw, [worksFrom, spouse?.joined, children[0]?.birth]),
    jobs: [worksFrom, ...changes],
    retired: yearsAfter(birth, workEnds),
    firstSalary: 2_400_000 + draw("salary", 160) * 10_000,
  };
}

/** Towns that do not exist. */
const towns = ["模擬市見本町", "試験市例示台", "架空市仮名町", "例題町字想定"] as const;

/** One for each day on which a household grows, where it then moves. */
const homesOf = (draw: Draw, growing: readonly (string | undefined)[]): Home[] =>
  growing.flatMap((from, at) => {
    if (from === undefined || (at > 0 && draw(`move ${at}`, 3) === 0)) return [];
    const [town, block, house] = [draw(`town ${at}`, towns.length), draw(`block ${at}`, 5), draw(`house ${at}`, 30)];
    return [{ from, address: `見本県${towns[town]}${block + 1}丁目${house + 1}番${at + 1}号` }];
  });

/** The household, the person first. */
export const membersOf = ({ self, spouse, children }: Life): Member[] => [
  self,
  ...(spouse ? [spouse] : []),
  ...children,
];
