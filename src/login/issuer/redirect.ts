import { createServer, type ServerResponse } from "node:http";
import { listen } from "../../listening.ts";

/** What a browser is shown: words without markup. */
interface RedirectPage {
  readonly title: string;
  readonly text: string;
}

/** `received`: the answer is here. `foreign`: what came is no answer to this login, or a second one. */
export interface RedirectPages {
  readonly language: string;
  readonly received: RedirectPage;
  readonly foreign: RedirectPage;
}

export interface Redirect {
  readonly redirectUri: string;
  /** The address that the browser was sent to, with the provider's answer. */
  readonly answer: Promise<URL>;
  close(): void;
}

const host = "127.0.0.1";
const path = "/callback";

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
  Connection: "close",
} as const;

/**
 * Waits on this machine for what a provider sends a browser back with (RFC 8252, 7.3). One answer is taken, and only one
 * that bears the state of this login: whatever else a page of somebody's makes the browser ask for changes nothing.
 * @param port 0: one that is free
 * @throws {MynakitError} ERR_NETWORK_LISTEN
 */
export async function awaitRedirect(order: {
  readonly port: number;
  readonly state: string;
  readonly pages: RedirectPages;
}): Promise<Redirect> {
  const { port, state, pages } = order;
  const server = createServer();
  const origin = `http://${await listen(server, { host, port, option: "--port" })}`;
  const show = (response: ServerResponse, status: number, kind: "received" | "foreign") =>
    response.writeHead(status, headers).end(page(pages, kind));
  const answer = new Promise<URL>((resolve) => {
    let taken = false;
    server.on("request", ({ method, url = "", headers: { host: asked } }, response) => {
      const target = URL.canParse(url, origin) ? new URL(url, origin) : undefined;
      const ours =
        method === "GET" &&
        `http://${asked}` === origin &&
        target?.pathname === path &&
        target.searchParams.getAll("state").join() === state;
      if (ours && target && !taken) {
        taken = true;
        response.once("close", () => resolve(target));
        show(response, 200, "received");
      } else {
        show(response, 404, "foreign");
      }
    });
  });
  return {
    redirectUri: `${origin}${path}`,
    answer,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function page({ language, ...pages }: RedirectPages, kind: "received" | "foreign"): string {
  const { title, text } = pages[kind];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
