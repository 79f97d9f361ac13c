/** A browser without a screen: keeps cookies, sends forms as pages have them, follows redirects within the platform. */
export interface WebBrowser {
  readonly cookies: Map<string, string>;
  open(path: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
  /** Sends the form of the last page that leads to an address, as it is but for the named fields; undefined: left out. */
  send(action: string, fields?: Fields, headers?: Readonly<Record<string, string>>): Promise<Shown>;
}

export type Fields = Readonly<Record<string, string | undefined>>;

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  /** Path and query, after redirects. */
  readonly path: string;
  readonly html: string;
  readonly title: string;
}

const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "").replaceAll("&amp;", "&");

/** What a page's form to an address would bring back. */
export function fieldsOf(html: string, action: string): Record<string, string> {
  const [form] = html.match(new RegExp(`<form method="post" action="${action}"[\\s\\S]*?</form>`)) ?? [];
  if (form === undefined) throw new Error(`the page has no form to ${action}: ${html}`);
  const inputs = form.match(/<input [^>]*>/g) ?? [];
  const sent = inputs.filter((tag) => attribute(tag, "type") !== "checkbox" || tag.includes(" checked"));
  return Object.fromEntries(sent.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

export function webBrowser(url: string, asks: Readonly<Record<string, string>> = {}): WebBrowser {
  const cookies = new Map<string, string>();
  let last: Shown | undefined;
  const ask = async (address: string, init: RequestInit): Promise<Shown> => {
    const headers = new Headers({ "accept-language": "en", ...asks });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(address, url), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const to = response.headers.get("location");
    if (to !== null && new URL(to, url).origin === new URL(url).origin) return ask(to, {});
    const html = await response.text();
    const title = /<h1>([^<]*)/.exec(html)?.[1] ?? "";
    last = { status: response.status, headers: response.headers, path: address, html, title };
    return last;
  };
  return {
    cookies,
    open: (address, headers = {}) => ask(address, { headers }),
    send(action, fields = {}, headers = {}) {
      const sent: Fields = { ...(last && fieldsOf(last.html, action)), ...fields };
      const body = new URLSearchParams(Object.entries(sent).filter((entry): entry is [string, string] => !!entry[1]));
      return ask(action, { method: "POST", body, headers: { origin: url, ...headers } });
    },
  };
}
