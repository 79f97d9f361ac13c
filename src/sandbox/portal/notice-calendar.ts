import type { NoticeKind } from "../../portal/wire/notices.ts";
import type { Db } from "../store/schema.ts";
import { addNotice, type NewNotice } from "./notices.ts";
import { range } from "./people/days.ts";

/**
 * What everybody is told on a day of each year, as Mynaportal tells it of tax returns and of what opens. The days are
 * those of the law where it names one (income tax: 16 February; child allowance: June), else ours.
 */
const calendar: readonly { readonly month: number; readonly day: number; readonly kind: NoticeKind }[] = [
  { month: 2, day: 16, kind: "tax-return-opens" },
  { month: 4, day: 10, kind: "tax-transfer-planned" },
  { month: 5, day: 1, kind: "tax-transfer-done" },
  { month: 6, day: 1, kind: "allowance-report-opens" },
];

/** How many years of notices are there before and behind the registration. */
const years = { before: 1, after: 3 } as const;

/** Nine in the morning in Japan. */
const morning = 0;

/**
 * Adds a person's first notice and those of the years around it: they are numbered in the order of their times.
 * @param db a transaction that has locked the person
 */
export async function addCalendar(db: Db, person: string, first: NewNotice): Promise<void> {
  const thisYear = new Date(first.at).getUTCFullYear();
  const ofYears = range(thisYear - years.before, thisYear + years.after + 1).flatMap((year) =>
    calendar.map(({ month, day, kind }) => ({
      kind,
      about: String(year - 1),
      at: Date.UTC(year, month - 1, day, morning),
    })),
  );
  for (const notice of [...ofYears, first].toSorted((one, other) => one.at - other.at)) {
    await addNotice(db, person, notice);
  }
}
