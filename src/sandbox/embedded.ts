import path from "node:path";
import { MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";
import { embeddedUrl } from "../login/wire.ts";
import { signingKeys } from "./authorization/keys.ts";
import { simulatedAnchors } from "./certificate/anchors.ts";
import { inMemoryFetch } from "./http/in-memory-fetch.ts";
import { ownLimits } from "./http/limits.ts";
import { createListener, type Log } from "./http/listener.ts";
import { createHttpServer } from "./http/node-server.ts";
import { reservationCap } from "./mykey/rules.ts";
import { platformClosed } from "./operator/closing.ts";
import { refused } from "./refusal.ts";
import { closureAt } from "./store/standing.ts";
import { openStore, type Store } from "./store/store.ts";

export interface EmbeddedOptions extends Pick<Host, "random"> {
  /** The folder of all state; the platform keeps its own in `platform` below it. */
  readonly home: string;
  readonly clock: () => Date;
  readonly log?: Log;
}

/** What a client needs of a platform. */
export interface EmbeddedPlatform {
  readonly url: string;
  readonly sandbox: true;
  /** How far its clock is ahead of this process's, in milliseconds. */
  readonly ahead: number;
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/**
 * The local platform inside this process, spoken to in memory. Its state is on disk: sessions and MyKey IDs are there
 * for the next process.
 * @throws {MynakitError} ERR_IO_DATABASE, ERR_IO_WRITE
 */
export async function embeddedPlatform({
  home,
  clock,
  random,
  log = () => {},
}: EmbeddedOptions): Promise<EmbeddedPlatform> {
  const store = await openStore(path.join(home, "platform", "sandbox.db"), () => clock().getTime());
  try {
    const { db, now, standing } = store;
    const { ahead } = standing.current();
    const closed = closureAt(standing.current(), now());
    if (closed) throw refused(platformClosed(closed));
    await store.sweep();
    const failures: unknown[] = [];
    const watch: Log = (entry) => {
      if (entry.kind === "failure") failures.push(entry.error);
      log(entry);
    };
    const parts = { db, anchors: simulatedAnchors(), now, random, reservationCap, standing };
    const listener = createListener(embeddedUrl, await signingKeys(db), parts, watch);
    const server = createHttpServer({ limits: ownLimits }, listener);
    const fetch = failingLoudly(inMemoryFetch(server), failures, store);
    return { url: embeddedUrl, sandbox: true, ahead, fetch, close: store.close };
  } catch (error) {
    await store.close();
    throw store.explain(error) ?? error;
  }
}

/** A platform elsewhere keeps the cause of its failures to itself; here its user is the one who can do something. */
function failingLoudly(fetch: typeof globalThis.fetch, failures: unknown[], store: Store): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const failure = failures.pop();
    if (failure === undefined) return response;
    const reason = "the embedded platform failed";
    throw store.explain(failure) ?? new MynakitError("ERR_INTERNAL", { reason }, { cause: failure });
  };
}
