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

/** `2030-03-03 23:59 JST` */
export const japanTime = (time: string): string => `${western.format(new Date(time))} JST`;

/** `2030-03-03 23:59 JST (令和12年3月3日)` */
export const shownTime = (time: string): string =>
  `${japanTime(time)} (${japaneseCalendar.format(new Date(time)).replace(" ", "")})`;
