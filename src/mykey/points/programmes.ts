/**
 * What was published about the Mynapoint programmes, as dated statements: nothing is ever changed here, a later
 * statement is added behind. Days are those of Japan.
 */

/** `2020-07-01`; or `2021-03` where only the month was published. */
export type Day = string;

/** The day that stands for no end. */
export const neverEnds: Day = "9999-12-31";

/** What a programme can be known by. Money in yen, points in points (one is worth a yen). */
export interface Terms {
  /** When charges and purchases count. */
  "grants-from": Day;
  "grants-until": Day;
  /** 申込: when a cashless service can be chosen. */
  "applications-from": Day;
  "applications-until": Day;
  /** Until when a My Number Card must have been applied for. */
  "card-applications-until": Day;
  "no-more-extension": true;
  /** Points for charges and purchases: their share in percent, of so many yen, at the most. */
  "premium-percent": number;
  "premium-of-yen": number;
  "premium-points": number;
  "charge-or-purchase": true;
  /** Points given as one sum. */
  "health-insurance-from": Day;
  "health-insurance-points": number;
  "public-account-from": Day;
  "public-account-points": number;
  "budget-yen": number;
  "budget-people": number;
  "closes-when-spent": true;
  "one-service": true;
  "service-final": true;
  "own-service": true;
  "guardian-for-minor": boolean;
  "valid-certificate": true;
  /** Left open when the programme was announced. */
  "purchase-conditions": null;
  "eligible-purchases": null;
  "use-of-points": null;
  "points-expiry": null;
  "grant-unit": null;
  "prepayment-method": null;
}

export type TermName = keyof Terms;

/** In the order in which they are shown. */
export const termNames = [
  "grants-from",
  "grants-until",
  "applications-from",
  "applications-until",
  "card-applications-until",
  "no-more-extension",
  "premium-percent",
  "premium-of-yen",
  "premium-points",
  "charge-or-purchase",
  "health-insurance-from",
  "health-insurance-points",
  "public-account-from",
  "public-account-points",
  "budget-yen",
  "budget-people",
  "closes-when-spent",
  "one-service",
  "service-final",
  "own-service",
  "guardian-for-minor",
  "valid-certificate",
  "purchase-conditions",
  "eligible-purchases",
  "use-of-points",
  "points-expiry",
  "grant-unit",
  "prepayment-method",
] as const satisfies readonly TermName[];

export interface Statement<T> {
  readonly value: T;
  /** From which day it was known. */
  readonly known: Day;
  /**
   * `by`: the day of publication is not known to us. It is then the last that is possible: the day on which it took
   * effect, or the one that it moved.
   */
  readonly dating: "on" | "by";
  readonly source: string;
  /** What another source says instead. */
  readonly otherwise?: { readonly value: T; readonly source: string };
}

export interface Programme {
  readonly number: ProgrammeNumber;
  /** The oldest statement first. */
  readonly terms: { readonly [N in keyof Terms]?: readonly [Statement<Terms[N]>, ...Statement<Terms[N]>[]] };
}

export type ProgrammeNumber = 1 | 2;

const official = "mynumbercard.point.soumu.go.jp/faq (early 2020)";
const officialLater = "myna-point.jp/faq";
const decision = `${official}; Nikkei`;
const extension = "kakakumag.com, gato.intaa.net, appllio.com";
const second = "Ryugasaki city, Taka town, ITmedia (2022/23)";
const steps = "chiilabo.com, ktainews.com";
const suspension = "soumu.go.jp: service_suspension";

const on = <T>(known: Day, value: T, source: string): Statement<T> => ({ value, known, dating: "on", source });
const by = <T>(known: Day, value: T, source: string): Statement<T> => ({ value, known, dating: "by", source });

/** Programme 1 was decided on this day. */
const decided = "2019-12-05";
const open = [by(decided, null, official)] as const;

export const programmes: Readonly<Record<ProgrammeNumber, Programme>> = {
  1: {
    number: 1,
    terms: {
      "premium-percent": [on(decided, 25, decision)],
      "premium-of-yen": [on(decided, 20_000, decision)],
      "premium-points": [on(decided, 5_000, decision)],
      "charge-or-purchase": [on(decided, true, decision)],
      "applications-from": [by("2020-07-01", "2020-07-01", "did2memo.net (2020-06-30)")],
      "grants-from": [on(decided, "2020-09", decision), by("2020-09-01", "2020-09-01", "did2memo.net, ngsw.jp")],
      "grants-until": [
        on(decided, "2021-03", decision),
        by("2021-03-31", "2021-09", "kakakumag.com"),
        by("2021-09-30", "2021-12-31", extension),
      ],
      "budget-yen": [
        {
          ...by("2020-07-01", 200_000_000_000, "5gla.sakura.ne.jp/myna/yoyaku.html (2020)"),
          otherwise: { value: 250_000_000_000, source: "Nikkei" },
        },
      ],
      "budget-people": [by("2020-07-01", 40_000_000, "5gla.sakura.ne.jp/myna/yoyaku.html (2020)")],
      "closes-when-spent": [by("2020-07-01", true, "5gla.sakura.ne.jp/myna/yoyaku.html (2020); ktainews.com")],
      "one-service": [by("2020-07-01", true, steps)],
      "service-final": [by("2020-07-01", true, suspension)],
      "own-service": [by("2020-07-01", true, officialLater)],
      "guardian-for-minor": [by("2020-07-01", true, officialLater)],
      "valid-certificate": [by("2020-07-01", true, official)],
      "purchase-conditions": open,
      "eligible-purchases": open,
      "use-of-points": open,
      "points-expiry": open,
      "grant-unit": open,
      "prepayment-method": open,
    },
  },
  2: {
    number: 2,
    terms: {
      // The share follows from the published sums: 5,000 points for 20,000 yen.
      "premium-percent": [by("2022-01-01", 25, suspension)],
      "premium-of-yen": [by("2022-01-01", 20_000, suspension)],
      "premium-points": [by("2022-01-01", 5_000, second)],
      "charge-or-purchase": [by("2022-01-01", true, second)],
      "grants-from": [by("2022-01-01", "2022-01-01", second)],
      "applications-from": [by("2022-01-01", "2022-01-01", second)],
      "health-insurance-from": [by("2022-06-30", "2022-06-30", second)],
      "health-insurance-points": [by("2022-06-30", 7_500, second)],
      "public-account-from": [by("2022-06-30", "2022-06-30", second)],
      "public-account-points": [by("2022-06-30", 7_500, second)],
      "card-applications-until": [
        by("2022-09-30", "2022-09", second),
        by("2022-09-30", "2022-12", second),
        by("2022-12-31", "2023-02", second),
      ],
      // Between the two it was moved at least once more; to when is not known to us.
      "applications-until": [by("2023-02-28", "2023-02", second), by("2023-02-28", "2023-09", second)],
      "no-more-extension": [by("2023-09-30", true, second)],
      "one-service": [by("2022-01-01", true, steps)],
      "service-final": [by("2022-01-01", true, suspension)],
      "own-service": [by("2022-01-01", true, officialLater)],
      "guardian-for-minor": [by("2022-01-01", true, officialLater)],
      "valid-certificate": [by("2022-01-01", true, "Wako city (2022/23)")],
    },
  },
};

/** The terms that a programme has. */
export const termsOf = ({ terms }: Programme): TermName[] => termNames.filter((name) => name in terms);

/** Something that the operator of a platform says of a programme there, instead of what was published. */
export interface OperatorStatement {
  readonly programme: ProgrammeNumber;
  readonly term: TermName;
  readonly value: Day | number | boolean;
  /** The day on which it was set, by the platform's clock. */
  readonly known: Day;
}

/** The source of what an operator says. */
export const operatorSource = "operator";

/** A programme in which the operator has the last word. */
export function amended(programme: Programme, statements: readonly OperatorStatement[]): Programme {
  const own = statements.filter(({ programme: number }) => number === programme.number);
  const terms = own.map(({ term, value, known }) => {
    const before: readonly Statement<unknown>[] = programme.terms[term] ?? [];
    return [term, [...before, on<unknown>(known, value, operatorSource)]];
  });
  return { ...programme, terms: { ...programme.terms, ...Object.fromEntries(terms) } };
}
