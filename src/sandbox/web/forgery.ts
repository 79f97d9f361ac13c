import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { cookieIn, setCookie } from "./cookies.ts";
import { hashOf, newSecret, type SessionParts } from "./sessions.ts";
import type { PageContext, PageEnv } from "./visit.ts";

/** The hidden field that a form brings its token back in. */
export const tokenField = "token";

/** A form of another site, or of another visit: what it asks for is not done. */
export class ForeignForm extends Error {
  override readonly name = "ForeignForm";
}

/** The secret of this browser, logged in or not; given to it where it has none. */
export function visitorIn(context: PageContext, parts: Pick<SessionParts, "random">): string {
  const known = cookieIn(context, "visitor");
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return known;
  const fresh = newSecret(parts);
  setCookie(context, "visitor", fresh);
  return fresh;
}

/** What forms bring back: it follows from the browser's secrets, and they do not follow from it. */
export const tokenFor = (visitor: string, session: string | undefined): string =>
  hashOf(`form ${visitor} ${session ?? ""}`);

/**
 * Lets a form through that a page of ours, opened by this browser in this login, has sent: the browser says so in
 * `Sec-Fetch-Site` and `Origin`, and the token proves it. Cookies alone would not: other programs at other ports of a
 * machine share them.
 * @param url the platform's
 */
export const ownFormsOnly =
  (url: string): MiddlewareHandler<PageEnv> =>
  async (context, next) => {
    const { req } = context;
    if (req.method === "GET" || req.method === "HEAD") return next();
    const site = req.header("sec-fetch-site");
    if (req.header("origin") !== new URL(url).origin || (site !== undefined && site !== "same-origin")) {
      throw new ForeignForm("the request does not come from this origin");
    }
    const form = new URLSearchParams(await req.text());
    if (!same(form.get(tokenField) ?? "", context.var.visit.formToken)) throw new ForeignForm("the token is another");
    context.set("form", form);
    await next();
  };

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
