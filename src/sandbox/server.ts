import type { Host } from "../host.ts";
import { listen } from "../listening.ts";
import { signingKeys } from "./authorization/keys.ts";
import { simulatedAnchors } from "./certificate/anchors.ts";
import type { Anchor } from "./certificate/check.ts";
import { revocationLists } from "./certificate/revocation.ts";
import { createGate } from "./http/gate.ts";
import { type Limits, ownLimits } from "./http/limits.ts";
import { createListener, type Log } from "./http/listener.ts";
import { refuseMalformed } from "./http/malformed.ts";
import { closeHttpServer, createHttpServer } from "./http/node-server.ts";
import type { TlsPair } from "./http/tls.ts";
import { reservationCap } from "./mykey/rules.ts";
import { setCapacity } from "./operator/capacity.ts";
import { openStore, type Store } from "./store/store.ts";

/** How often the store forgets what has run out, in milliseconds. */
const sweepInterval = 10 * 60 * 1000;
const loopback = "127.0.0.1";

export interface SandboxOptions extends Pick<Host, "random"> {
  /** Path of an SQLite file, or `postgres://…`. */
  readonly database: string;
  /** 0: one that is free. */
  readonly port: number;
  /** The address to listen on; only this machine can reach the default. */
  readonly host?: string;
  /** HTTP without. */
  readonly tls?: TlsPair;
  /** Where clients find it, if not at the address it listens on: the origin of a proxy. */
  readonly publicUrl?: string;
  /** Addresses of proxies whose word on their clients' addresses is believed. */
  readonly proxies?: readonly string[];
  /** Those of a server for this machine alone where none are named. */
  readonly limits?: Limits;
  /** Serves metrics on a port of their own, which only this machine can reach. */
  readonly metricsPort?: number;
  readonly clock: () => Date;
  /** The authorities whose certificates are taken; the simulated cards' where none are named. */
  readonly anchors?: readonly Anchor[];
  /**
   * A file of revocation lists, of these authorities and of that of signing certificates; certificates are checked against
   * it alone, beside those that the operator revoked.
   */
  readonly revocationList?: string;
  /** How many persons can reserve, from now on; left out: what the database says, else what was published. */
  readonly reservationCap?: number;
  readonly log?: Log;
}

export interface Sandbox {
  /** Where clients find it; its issuer identifier too. */
  readonly url: string;
  /** Where it listens. */
  readonly listening: string;
  /** Where its metrics are. */
  readonly metrics: string | null;
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
  const { host = loopback, clock, random, anchors = simulatedAnchors() } = options;
  const { tls, proxies = [], limits = ownLimits } = options;
  const machineNow = () => clock().getTime();
  const store = await openStore(options.database, machineNow);
  const { db, now, standing } = store;
  const opened = [store.close];
  let stopping = false;
  const close = async () => {
    stopping = true;
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    await store.sweep();
    if (options.reservationCap !== undefined) await setCapacity(options.reservationCap, { db, now, random });
    const jwks = await signingKeys(db);
    const { createPages: makePages } = await import("./web/app.ts");
    const { authorizationProblem: errorPage } = await import("./web/authorization-problem.ts");
    const { log, metrics } = await watched(options, store);
    const failed = (error: unknown) => log({ kind: "failure", request: null, error });
    if (metrics) opened.push(metrics.close);
    const lists = await listsIn(options.revocationList, anchors, failed);
    const server = createHttpServer({ limits, proxies, ...(tls && { tls }) });
    opened.push(() => closeHttpServer(server, limits.grace));
    refuseMalformed(server, random, log);
    const listening = `${tls ? "https" : "http"}://${await listen(server, { host, port: options.port, option: "--port" })}`;
    const url = options.publicUrl ?? listening;
    const front = {
      gate: createGate(limits, machineNow, () => stopping),
      proxies,
      now: machineNow,
      makePages,
      errorPage,
    };
    const parts = { db, anchors, ...lists, now, random, reservationCap, standing };
    server.on("request", createListener(url, jwks, parts, log, front));
    const sweeping = setInterval(() => void store.sweep().catch(failed), sweepInterval);
    sweeping.unref();
    opened.push(async () => clearInterval(sweeping));
    return { url, listening, metrics: metrics?.url ?? null, database: store.name, close };
  } catch (error) {
    await close();
    throw store.explain(error) ?? error;
  }
}

async function listsIn(file: string | undefined, anchors: readonly Anchor[], failed: (error: unknown) => void) {
  if (file === undefined) return {};
  return { lists: await revocationLists(file, [...anchors, ...simulatedAnchors("sign")], failed) };
}

/** The log, and beside it the metrics that count what it is told, where they are wanted. */
async function watched({ metricsPort, limits = ownLimits, log = () => {} }: SandboxOptions, store: Store) {
  if (metricsPort === undefined) return { log, metrics: null };
  const { createMetrics, metricsPath } = await import("./http/metrics.ts");
  const { count, listener } = createMetrics(store.connections);
  const server = createHttpServer({ limits: ownLimits }, listener);
  const counted: Log = (entry) => {
    count(entry);
    log(entry);
  };
  const url = `http://${await listen(server, { host: loopback, port: metricsPort, option: "--metrics-port" })}${metricsPath}`;
  return { log: counted, metrics: { url, close: () => closeHttpServer(server, limits.grace) } };
}
