import { browserClient } from "../../login/device-login.ts";
import type { PageWords } from "../words.ts";

/** The first of each that a browser says it is: those that say they are others, too, come first (RFC 9110, 10.1.5). */
const browsers = [
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["FxiOS/", "Firefox"],
  ["CriOS/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/**
 * What a browser is called by whoever decides on its login, e.g. `Firefox, Windows`. Nobody checks what it says.
 * @param userAgent undefined: it says nothing
 * @returns null where nothing in it is known
 */
export function browserName(userAgent = ""): string | null {
  const find = (names: typeof browsers | typeof systems) => names.find(([sign]) => userAgent.includes(sign))?.[1];
  return [find(browsers), find(systems)].filter((name) => name !== undefined).join(", ") || null;
}

/** What a client is called on pages: these pages are one themselves. */
export const clientCalled = (client: string, { portal }: PageWords): string =>
  client === browserClient ? portal.browser : client;
