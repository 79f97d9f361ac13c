import { getCookie, setCookie as set } from "hono/cookie";
import type { PageContext } from "./visit.ts";

/**
 * `session`: logs the browser in at the MyKey Platform, `portal`: at Mynaportal. `waiting`: a login there that a card has
 * not approved yet. `visitor`: what forms are tied to before a login. `language`: what was chosen.
 */
export type CookieName = "session" | "portal" | "waiting" | "visitor" | "language";

const year = 365 * 24 * 60 * 60;

/**
 * Out of reach of scripts, and never sent along with what another site starts: nothing here is meant to be. Over HTTPS
 * the name itself makes sure that no other host of the domain set it (RFC 6265bis, `__Host-`).
 */
const optionsOf = (secure: boolean) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Strict" as const,
  ...(secure && { secure, prefix: "host" as const }),
});

const nameOf = (name: CookieName) => `mynakit-${name}`;

export function cookieIn(context: PageContext, name: CookieName): string | undefined {
  return context.var.secure ? getCookie(context, nameOf(name), "host") : getCookie(context, nameOf(name));
}

/** Sets a cookie: the language for long, the others until the browser is closed. An empty one goes at once. */
export function setCookie(context: PageContext, name: CookieName, value: string): void {
  const maxAge = value === "" ? { maxAge: 0 } : name === "language" ? { maxAge: year } : {};
  set(context, nameOf(name), value, { ...optionsOf(context.var.secure), ...maxAge });
}
