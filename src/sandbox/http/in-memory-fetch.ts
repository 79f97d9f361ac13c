import { request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { duplexPair } from "node:stream";

/** Statuses whose responses have no body (Fetch standard, "null body status"). */
const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** A `fetch` that speaks HTTP to a server of this process over connections in memory: no port is opened. */
export function inMemoryFetch(server: Server): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    const { signal } = request;
    const [client, served] = duplexPair();
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { ...Object.fromEntries(request.headers), "content-length": body.length };
        const options = { method: request.method, headers, signal, createConnection: () => client };
        httpRequest(request.url, options, resolve).once("error", reject).end(body);
        server.emit("connection", served);
      });
      return await collected(response);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      client.destroy();
      served.destroy();
    }
  };
}

async function collected(message: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { statusCode: status = 0, headersDistinct } = message;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Response(withoutBody.has(status) ? null : Buffer.concat(chunks), { status, headers });
}
