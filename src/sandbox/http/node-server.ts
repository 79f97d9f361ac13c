import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { plain } from "./client-address.ts";
import type { Limits } from "./limits.ts";
import type { TlsPair } from "./tls.ts";

/** How often Node looks for connections that are late; by itself it does so every 30 seconds. */
const checkInterval = 1000;
const idleInterval = 50;

export interface HttpServerOptions {
  readonly limits: Limits;
  /** Speaks HTTPS with it, HTTP without. */
  readonly tls?: TlsPair;
  /** Addresses that many clients share: their connections are not counted. */
  readonly proxies?: readonly string[];
}

/** A server with limits, not listening yet. The listener may be named later, before the first connection. */
export function createHttpServer({ limits, tls, proxies = [] }: HttpServerOptions, listener?: RequestListener): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout, handshakeTimeout } = limits;
  const options: ServerOptions = {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    maxHeaderSize: limits.headerBytes,
    connectionsCheckingInterval: Math.min(checkInterval, headersTimeout),
  };
  const server = tls
    ? createTlsServer({ ...options, ...tls, handshakeTimeout }, listener)
    : createServer(options, listener);
  server.maxConnections = limits.connections;
  // Fields beyond this are dropped in silence: one more than is taken shows that there are too many.
  server.maxHeadersCount = limits.headers + 1;
  if (limits.connectionsPerAddress !== Number.POSITIVE_INFINITY) {
    limitByAddress(server, limits.connectionsPerAddress, new Set(proxies.map(plain)));
  }
  return server;
}

/** Cuts off connections beyond so many from one address. */
function limitByAddress(server: Server, most: number, shared: ReadonlySet<string>): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = plain(socket.remoteAddress ?? "");
    if (shared.has(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}

/** Takes no new connection, lets running requests end, and cuts off what takes longer than `grace` milliseconds. */
export async function closeHttpServer(server: Server, grace: number): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), grace);
  // A connection whose last request has ended would be kept for the next one.
  const hangUp = setInterval(() => server.closeIdleConnections(), idleInterval);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(hangUp);
  clearTimeout(cutOff);
}
