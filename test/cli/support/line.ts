import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface LineRequest {
  readonly method: string;
  readonly path: string;
}

export interface LineAnswer {
  readonly status: number;
  readonly type: string;
  readonly content: Buffer;
}

/** What becomes of a request: whoever throws loses it, or the answer if it was forwarded before. */
export type Passing = (request: LineRequest, forward: () => Promise<LineAnswer>) => Promise<LineAnswer>;

/** The way from clients to a platform, on which a test stands: the platform's address for all who use it. */
export interface Line {
  readonly url: string;
  /** Where the platform itself is, which may change. */
  leadTo(url: string): void;
  passWith(passing: Passing): void;
  close(): void;
}

const straight: Passing = (_request, forward) => forward();

export async function layLine(): Promise<Line> {
  let target = "";
  let passing = straight;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { method = "GET", url = "/" } = request;
    const { pathname } = new URL(url, "http://line");
    try {
      const answer = await passing({ method, path: pathname }, () => forward(`${target}${url}`, request, body));
      response.writeHead(answer.status, { "content-type": answer.type });
      response.end(answer.content);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      target = url;
    },
    passWith: (given) => {
      passing = given;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const hopByHop: readonly string[] = ["host", "connection", "content-length"];

async function forward(url: string, { method = "GET", headers }: IncomingMessage, body: Buffer): Promise<LineAnswer> {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.includes(name)) as [string, string][];
  const answer = await fetch(url, { method, headers: kept, ...(body.length > 0 && { body: new Uint8Array(body) }) });
  const content = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get("content-type") ?? "text/plain", content };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
