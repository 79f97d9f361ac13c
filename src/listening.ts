import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MynakitError } from "./errors.ts";

export interface ListenAt {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** What chose the port. */
  readonly option: "--port" | "--metrics-port";
}

/**
 * Has a server listen.
 * @returns address and port, as they are written in a URL
 * @throws {MynakitError} ERR_NETWORK_LISTEN
 */
export async function listen(server: Server, { host, port, option }: ListenAt): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const address = `${host}:${port}`;
      reject(new MynakitError("ERR_NETWORK_LISTEN", { address, reason: cause.message, option }, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `${family === "IPv6" ? `[${address}]` : address}:${bound}`;
}
