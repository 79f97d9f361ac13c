import { createServer, type RequestListener, type Server } from "node:http";

/** Limits on what a connection may take, in milliseconds. */
const headersTimeout = 10_000;
const requestTimeout = 30_000;
const keepAliveTimeout = 5_000;
/** How long running requests may still take when the server is asked to stop. */
const closeGrace = 5_000;

/** An HTTP server with limits, not listening yet. The listener may be named later, before the first connection. */
export function createHttpServer(listener?: RequestListener): Server {
  return createServer({ headersTimeout, requestTimeout, keepAliveTimeout }, listener);
}

/** Takes no new connection, lets running requests end, and cuts off what takes too long. */
export async function closeHttpServer(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), closeGrace);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
