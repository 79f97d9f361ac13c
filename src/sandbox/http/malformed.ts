import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Host } from "../../host.ts";
import { Refusal } from "../refusal.ts";
import type { Log } from "./listener.ts";
import { requestId, requestIdHeader } from "./notes.ts";

/** By the code of Node's error; every other one is 400. */
const refusals: Readonly<Record<string, () => Refusal>> = {
  HPE_HEADER_OVERFLOW: () => new Refusal("headers-too-large", "the head of the request is too large"),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Refusal("request-too-slow", "the request took too long to come"),
};

/** Answers what is no HTTP, or comes too slowly, as a refusal, and cuts the connection. */
export function refuseMalformed(server: Server, random: Host["random"], log: Log): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => answering.set(socket, response));
  server.on("clientError", ({ code = "" }: NodeJS.ErrnoException, socket) => {
    const running = answering.get(socket);
    const midway = running?.headersSent === true && !running.writableFinished;
    if (!socket.writable || midway || code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const { status, body } = refusals[code]?.() ?? new Refusal("request-malformed", "this is no HTTP request");
    const text = JSON.stringify(body);
    const id = requestId(random);
    const head = [
      `HTTP/1.1 ${status} Refused`,
      `${requestIdHeader}: ${id}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(text)}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${text}`, () => socket.destroy());
    const address = "remoteAddress" in socket ? String(socket.remoteAddress) : null;
    log({ kind: "refusal", request: id, reason: body.reason, method: "", route: null, status, address });
  });
}
