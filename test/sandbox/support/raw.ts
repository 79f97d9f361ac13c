import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A connection to a server, with the bytes in hand of the test. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that came so far. */
  readonly received: () => string;
  /** Resolves when the connection is over. */
  readonly closed: Promise<unknown>;
}

export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    received += text;
  });
  // That the server hangs up is what some tests are about.
  socket.on("error", () => {});
  const closed = once(socket, "close");
  await once(socket, "connect");
  return { socket, received: () => received, closed };
}

/** What a server answers to these bytes before it hangs up. */
export async function answerTo(url: string, bytes: string): Promise<string> {
  const { socket, received, closed } = await rawConnection(url);
  socket.write(bytes);
  await closed;
  return received();
}
