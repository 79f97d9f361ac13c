import type { MiddlewareHandler } from "hono";
import type { PageEnv } from "./visit.ts";

/**
 * No script at all, no frame, nothing of other sites, and forms come back here.
 * @param also where a form may lead in the end
 */
export const contentSecurityPolicy = (...also: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    ["form-action 'self'", ...also].join(" "),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");

/**
 * `strict-origin` for the referrer: no path or query of ours, which may be a one-time address, leaves the browser, and
 * forms still name their origin (with `no-referrer` they would not: Fetch standard, "append a request Origin header").
 */
const always = {
  "Content-Security-Policy": contentSecurityPolicy(),
  "Referrer-Policy": "strict-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
} as const;

const overHttps = { "Strict-Transport-Security": "max-age=31536000" } as const;

/** Headers of every answer that a browser is to get. */
export const safeHeadersFor = (secure: boolean): Readonly<Record<string, string>> => ({
  ...always,
  ...(secure && overHttps),
});

/** The same, for the pages. */
export const safeHeaders =
  (secure: boolean): MiddlewareHandler<PageEnv> =>
  async (context, next) => {
    for (const [name, value] of Object.entries(safeHeadersFor(secure))) context.header(name, value);
    context.set("secure", secure);
    await next();
  };
