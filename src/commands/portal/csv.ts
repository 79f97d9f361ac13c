import type { InformationRecord } from "../../portal/wire/information.ts";
import type { Messages } from "../../ui/messages/messages.ts";

/** By which spreadsheets know UTF-8. */
export const byteOrderMark = "\ufeff";

/** Records as a table of commas (RFC 4180), with names in the language of the messages. */
export function csvOf(records: readonly InformationRecord[], { portal }: Messages): string {
  const rows = records.map(({ day, member, item, amount, unit, text }) => [
    day,
    portal.member(member),
    portal.items[item],
    amount === null ? (text ?? "") : String(amount),
    unit === null ? "" : (portal.units[unit] ?? unit),
  ]);
  return [portal.recordHead, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
