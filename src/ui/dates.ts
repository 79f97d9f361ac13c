/** Officials write dates in the Japanese calendar, in Japan's time; a card's dates are shown so whatever zone this computer is in. */
const japaneseCalendar = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
  timeZone: "Asia/Tokyo",
  era: "long",
  year: "numeric",
  month: "long",
  day: "numeric",
});

const western = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** `2030-03-03 23:59 JST (令和12年3月3日)` */
export function shownTime(time: string): string {
  const date = new Date(time);
  return `${western.format(date)} JST (${japaneseCalendar.format(date).replace(" ", "")})`;
}
