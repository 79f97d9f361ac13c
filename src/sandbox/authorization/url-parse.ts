type Parse = typeof URL.parse;

interface UrlConstructor {
  new (input: string, base?: string): URL;
  canParse(input: string, base?: string): boolean;
  parse?: Parse | undefined;
}

/**
 * Gives `URL.parse` (WHATWG URL, 6.1) to a runtime that lacks it: oidc-provider calls it, and Node.js 20.17, the oldest
 * that mynakit runs on, does not have it yet.
 */
export function provideUrlParse(url: UrlConstructor): void {
  if (url.parse) return;
  const parse: Parse = (input, base) => (url.canParse(input, base) ? new url(input, base) : null);
  Object.defineProperty(url, "parse", { value: parse, configurable: true, writable: true });
}
