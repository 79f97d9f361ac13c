import type { InformationItem } from "../../../portal/wire/information.ts";
import { ageOn, dayOf, range, yearOf } from "./days.ts";
import type { Life } from "./life.ts";
import type { MadeRecord } from "./record.ts";

/** For how many years back taxes are told. */
const years = 6;
const basicDeduction = 430_000;
const pensionDeduction = 1_100_000;
const pensionIncome = 1_560_000;
const perHead = 5_000;
const yearlyRise = 45_000;

export interface Income {
  readonly kind: "salary" | "pension-income";
  readonly income: number;
  readonly incomeDeduction: number;
  readonly insuranceDeduction: number;
  readonly basicDeduction: number;
  readonly taxable: number;
  readonly residentTax: number;
}

/** What a person earned in a year, and the resident tax of it; null: they earned nothing, or are not that old. */
export function incomeOf(life: Life, year: number): Income | null {
  const [firstJob = ""] = life.jobs;
  const lastDay = dayOf(year, 12, 31);
  if (yearOf(firstJob) > year) return null;
  const retired = lastDay >= life.retired;
  const worked = year - yearOf(firstJob);
  const income = retired
    ? pensionIncome
    : life.firstSalary + worked * yearlyRise + life.draw(`bonus ${year}`, 30) * 10_000;
  const incomeDeduction = Math.min(income, retired ? pensionDeduction : salaryDeduction(income));
  const insuranceDeduction = retired ? 90_000 : Math.floor((income * 15) / 100_000) * 1000;
  const taxable = Math.max(0, income - incomeDeduction - insuranceDeduction - basicDeduction);
  return {
    kind: retired ? "pension-income" : "salary",
    income,
    incomeDeduction,
    insuranceDeduction,
    basicDeduction,
    taxable,
    residentTax: taxable === 0 ? 0 : Math.floor(taxable / 1000) * 100 + perHead,
  };
}

/** Of employment income, by the table for 2020 to 2024 (Income Tax Act, article 28). */
function salaryDeduction(salary: number): number {
  if (salary <= 1_625_000) return 550_000;
  if (salary <= 1_800_000) return Math.floor((salary * 4) / 10) - 100_000;
  if (salary <= 3_600_000) return Math.floor((salary * 3) / 10) + 80_000;
  if (salary <= 6_600_000) return Math.floor((salary * 2) / 10) + 440_000;
  return salary <= 8_500_000 ? Math.floor(salary / 10) + 1_100_000 : 1_950_000;
}

/** Tax and income (税・所得): each year's, known from June of the next one. */
export function taxRecords(life: Life, until: string): MadeRecord[] {
  const last = yearOf(until);
  return range(last - years, last).flatMap((year) => {
    const income = incomeOf(life, year);
    if (!income || ageOn(life.self.birth, dayOf(year, 12, 31)) < 20) return [];
    const record = (item: InformationItem, amount: number): MadeRecord => ({
      day: dayOf(year + 1, 6, 1),
      member: life.self.name,
      item,
      amount,
      unit: "yen",
    });
    return [
      record(income.kind, income.income),
      record("income-deduction", income.incomeDeduction),
      record("insurance-deduction", income.insuranceDeduction),
      record("basic-deduction", income.basicDeduction),
      record("taxable-income", income.taxable),
      record("resident-tax", income.residentTax),
      ...certificates(life, year),
    ];
  });
}

/** The first year of which certificates of deductions are delivered. */
const certificatesFrom = 2021;

/** What some give to municipalities (ふるさと納税) or pay for earthquake insurance: certified in January. */
function certificates({ self, draw }: Life, year: number): MadeRecord[] {
  if (year < certificatesFrom) return [];
  const certified = (item: InformationItem, amount: number): MadeRecord[] =>
    amount === 0 ? [] : [{ day: dayOf(year + 1, 1, 20), member: self.name, item, amount, unit: "yen" }];
  return [
    ...certified("donation-certificate", draw(`gives ${year}`, 3) * 10_000),
    ...certified("earthquake-insurance-certificate", draw("earthquake", 2) * (9_000 + draw("premium", 30) * 500)),
  ];
}
