/**
 * Gives `URL.parse` (WHATWG URL, 6.1) to a runtime that lacks it: oidc-provider calls it, and Node.js 20.17, the oldest
 * that mynakit runs on, does not have it yet.
 */
export function provideUrlParse(url: typeof URL): void {
  if ("parse" in url && url.parse) return;
  const parse: typeof URL.parse = (input, base) => (url.canParse(input, base) ? new url(input, base) : null);
  Object.defineProperty(url, "parse", { value: parse, configurable: true, writable: true });
}
