import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";
import { signingKeys } from "./authorization/keys.ts";
import { simulatedAnchors } from "./certificate/anchors.ts";
import type { Anchor } from "./certificate/check.ts";
import { revocationLists } from "./certificate/revocation.ts";
import { createListener, type Log } from "./http/listener.ts";
import { closeHttpServer, createHttpServer } from "./http/node-server.ts";
import { reservationCap } from "./mykey/rules.ts";
import { setCapacity } from "./operator/capacity.ts";
import { openStore } from "./store/store.ts";

/** How often the store forgets what has run out, in milliseconds. */
const sweepInterval = 10 * 60 * 1000;

export interface SandboxOptions extends Pick<Host, "random"> {
  /** Path of an SQLite file, or `postgres://…`. */
  readonly database: string;
  /** 0: one that is free. */
  readonly port: number;
  /** The address to listen on; only this machine can reach the default. */
  readonly host?: string;
  readonly clock: () => Date;
  /** The authorities whose certificates are taken; the simulated cards' where none are named. */
  readonly anchors?: readonly Anchor[];
  /** A file of revocation lists; certificates are checked against it alone, beside those that the operator revoked. */
  readonly revocationList?: string;
  /** How many persons can reserve, from now on; left out: what the database says, else what was published. */
  readonly reservationCap?: number;
  readonly log?: Log;
}

export interface Sandbox {
  /** Where it answers; its issuer identifier too. */
  readonly url: string;
  /** The database, without a password. */
  readonly database: string;
  /** Lets running requests end. */
  close(): Promise<void>;
}

/**
 * Starts the local platform on a port. It answers when this resolves.
 * @throws {MynakitError} ERR_NETWORK_LISTEN, ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = "127.0.0.1", clock, random, anchors = simulatedAnchors(), log = () => {} } = options;
  const store = await openStore(options.database, () => clock().getTime());
  const { db, now, standing } = store;
  const server = createHttpServer();
  try {
    await store.sweep();
    if (options.reservationCap !== undefined) await setCapacity(options.reservationCap, { db, now, random });
    const jwks = await signingKeys(db);
    const lists = await listsIn(options.revocationList, anchors, log);
    const url = await listen(server, host, port);
    server.on(
      "request",
      createListener(url, jwks, { db, anchors, ...lists, now, random, reservationCap, standing }, log),
    );
    const sweeping = setInterval(
      () => void store.sweep().catch((error) => log({ kind: "failure", error })),
      sweepInterval,
    );
    sweeping.unref();
    return {
      url,
      database: store.name,
      async close() {
        clearInterval(sweeping);
        await closeHttpServer(server);
        await store.close();
      },
    };
  } catch (error) {
    server.close();
    await store.close();
    throw store.explain(error) ?? error;
  }
}

async function listsIn(file: string | undefined, anchors: readonly Anchor[], log: Log) {
  if (file === undefined) return {};
  return { lists: await revocationLists(file, anchors, (error) => log({ kind: "failure", error })) };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const address = `${host}:${port}`;
      reject(new MynakitError("ERR_NETWORK_LISTEN", { address, reason: cause.message }, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`;
}
