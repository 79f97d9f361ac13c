import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Asked {
  readonly request: IncomingMessage;
  readonly body: Uint8Array;
  readonly response: ServerResponse;
}

/** A web server of this test: gives every POST to `answer`. */
export async function serve(answer: (asked: Asked) => void | Promise<void>) {
  const asked: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    await answer({ request, body: new Uint8Array(await buffer(request)), response });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers as a responder does over HTTP. */
export function ocspAnswer(response: ServerResponse, content: Uint8Array, type = "application/ocsp-response"): void {
  response.writeHead(200, { "content-type": type }).end(content);
}
