/** A form of a page: where it goes, and what it brings without a person. */
export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a browser ended at. */
export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly forms: readonly Form[];
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll("&amp;", "&");

function formsIn(html: string, url: string): Form[] {
  return [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => ({
    action: new URL(attribute(form, "action") ?? url, url).href,
    fields: Object.fromEntries(
      [...form.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
        const name = attribute(input, "name");
        return name === undefined ? [] : [[name, attribute(input, "value") ?? ""]];
      }),
    ),
  }));
}

/** A browser without a window: it keeps cookies by path, follows redirects, and sends forms as pages of its origin do. */
export class PageVisitor {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();
  /** Headers of every request. */
  readonly #headers: Readonly<Record<string, string>>;

  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
  }

  /** @param within what a redirect must lead to for it to be followed; what is elsewhere is where the visit ends */
  open(url: string, within: (url: string) => boolean = () => true): Promise<Visited> {
    return this.#go(url, { method: "GET" }, within);
  }

  send(
    { action, fields }: Form,
    entered: Readonly<Record<string, string>> = {},
    within: (url: string) => boolean = () => true,
  ): Promise<Visited> {
    const body = new URLSearchParams({ ...fields, ...entered });
    const headers = { origin: new URL(action).origin, "sec-fetch-site": "same-origin" };
    return this.#go(action, { method: "POST", body, headers }, within);
  }

  async #go(url: string, init: RequestInit, within: (url: string) => boolean): Promise<Visited> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
    const headers = { ...this.#headers, cookie, ...(init.headers as Record<string, string>) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get("location");
    const next = location === null ? undefined : new URL(location, url).href;
    if (next !== undefined && within(next)) return this.#go(next, { method: "GET" }, within);
    const text = await response.text();
    const { status } = response;
    return { url: next ?? url, status, headers: response.headers, text, forms: formsIn(text, url) };
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? "/";
    if (value === "") this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}
