const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/** `3d12h`, `90m`, `45s` in milliseconds: whole numbers of days, hours, minutes, seconds in this order; null: no such. */
export function parseDuration(text: string): number | null {
  const parts = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text)?.slice(1);
  if (!parts || text === "") return null;
  return units.reduce((sum, [, seconds], at) => sum + Number(parts[at] ?? 0) * seconds * 1000, 0);
}
