import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { setSuspended } from "../../../../src/sandbox/mykey/suspension.ts";
import { addAccount, addService } from "../../../../src/sandbox/points/services.ts";
import { openStore, type Store } from "../../../../src/sandbox/store/store.ts";
import { seeded } from "../../../guard/support/random.ts";
import { random as randomBytes } from "../cards.ts";
import { Client, type World } from "./client.ts";
import { platformNow } from "./clock.ts";
import { judge } from "./judge.ts";
import { service } from "./orders.ts";
import type { PlatformProcess, StartPlatform } from "./platform-process.ts";
import { send } from "./transport.ts";

export interface CampaignOptions {
  /** Empty at first: a path or a URL. */
  readonly database: string;
  readonly start: StartPlatform;
  /** How many platforms share the database. */
  readonly processes: number;
  /** How often one of them is killed while it works. */
  readonly kills: number;
  readonly seed: number;
  /** Kills the database itself, and brings it back. */
  readonly strikeDatabase?: () => Promise<void>;
  readonly databaseKills?: number;
}

export interface Tally {
  kills: number;
  /** Those that met a request under way. */
  met: number;
  killedWhileStarting: number;
  databaseKills: number;
  acknowledged: number;
  /** Requests without an answer, which were repeated. */
  unanswered: number;
}

const clients = 10;
/** Fewer than clients, so that some wait for the others to revoke. */
const capacity = 8;

/**
 * Kills platforms at random moments while clients use them, and judges what is left each time it is up again.
 * @throws {Error} naming the seed and what the judge found
 */
export async function campaign(options: CampaignOptions): Promise<Tally> {
  const { seed } = options;
  try {
    return await new Campaign(options).run();
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #random;
  readonly #tally: Tally = {
    kills: 0,
    met: 0,
    killedWhileStarting: 0,
    databaseKills: 0,
    acknowledged: 0,
    unanswered: 0,
  };
  /** Says `change` whenever something happened that somebody may wait for. */
  readonly #news = new EventEmitter().setMaxListeners(0);
  /** Where platforms answer, with the requests under way there and those that were answered. */
  readonly #places = new Map<string, { underWay: number; answered: number }>();
  readonly #processes = new Set<PlatformProcess>();
  #clients: readonly Client[] = [];
  #killsLeft: number;
  #failed = false;
  /** Odd while the database is away. */
  #outages = 0;

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#random = seeded(options.seed);
    this.#killsLeft = options.kills;
  }

  async run(): Promise<Tally> {
    const { processes, seed, databaseKills = 0 } = this.#options;
    const { token } = await this.#withStore((store) => addService(service, this.#parts(store)));
    this.#clients = Array.from(
      { length: clients },
      (_, at) => new Client(`person-${at}`, this.#world(token, seed * 1000 + at)),
    );
    try {
      await this.#together([
        ...Array.from({ length: processes }, () => this.#runAndKill()),
        ...this.#clients.map((client) => client.live()),
        this.#strike(databaseKills),
      ]);
      await this.#judge();
      await Promise.all(this.#clients.map((client) => client.look()));
      await this.#stop();
    } finally {
      for (const process of this.#processes) process.signal("SIGKILL");
      await Promise.all([...this.#processes].map(({ ended }) => ended));
    }
    const orders = this.#clients.flatMap(({ life }) => life.orders);
    return { ...this.#tally, acknowledged: orders.filter(({ outcome }) => outcome === "done").length };
  }

  /** All of them to their end; the first failure ends the others. */
  async #together(parts: readonly Promise<void>[]): Promise<void> {
    const watched = parts.map((part) =>
      part.catch((error) => {
        this.#failed = true;
        this.#news.emit("change");
        throw error;
      }),
    );
    const outcomes = await Promise.allSettled(watched);
    // Not the first in the list, which may only have noticed that another one failed.
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    const cause = failures.find((failure) => !(failure instanceof Over));
    if (cause) throw cause;
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#failed) throw new Over();
      await once(this.#news, "change");
    }
  }

  /** One platform after the other, until there have been enough kills. The last one stays. */
  async #runAndKill(): Promise<void> {
    for (;;) {
      if (this.#failed) throw new Over();
      const outages = this.#outages;
      const process = this.#options.start(this.#options.database, capacity);
      this.#processes.add(process);
      if (this.#killsLeft > 0 && this.#random.below(15) === 0) {
        await delay(this.#random.below(300));
        this.#tally.killedWhileStarting += 1;
        await this.#kill(process);
        continue;
      }
      const url = await process.url;
      if (url === undefined) {
        const { stderr } = await process.ended;
        this.#processes.delete(process);
        if (!this.#wasAway(outages)) throw new Error(`the platform does not start: ${stderr}`);
        continue;
      }
      const place = { underWay: 0, answered: 0 };
      this.#places.set(url, place);
      this.#news.emit("change");
      const judging = this.#judge();
      if (this.#killsLeft === 0) return judging;
      this.#killsLeft -= 1;
      const enough = 5 + this.#random.below(40);
      await Promise.race([
        Promise.all([judging, this.#until(() => place.answered >= enough)]),
        process.ended.then(({ stderr }) => {
          throw new Error(`the platform ended by itself: ${stderr}`);
        }),
      ]);
      await delay(this.#random.below(5));
      this.#tally.kills += 1;
      if (place.underWay > 0) this.#tally.met += 1;
      this.#places.delete(url);
      await this.#kill(process);
      this.#news.emit("change");
    }
  }

  async #kill(process: PlatformProcess): Promise<void> {
    process.signal("SIGKILL");
    await process.ended;
    this.#processes.delete(process);
  }

  /** Kills the database at equal distances. */
  async #strike(times: number): Promise<void> {
    const { strikeDatabase, kills } = this.#options;
    for (let time = 1; strikeDatabase && time <= times; time++) {
      await this.#until(() => this.#tally.kills >= (kills * time) / (times + 1));
      this.#outages += 1;
      await strikeDatabase();
      this.#outages += 1;
      this.#tally.databaseKills += 1;
      this.#news.emit("change");
    }
  }

  #wasAway(since: number): boolean {
    return since % 2 === 1 || since !== this.#outages;
  }

  async #stop(): Promise<void> {
    for (const process of this.#processes) {
      process.signal("SIGTERM");
      const { code, stderr } = await process.ended;
      if (code !== 0) throw new Error(`the platform does not stop: ${code} ${stderr}`);
    }
  }

  #judge(): Promise<void> {
    const lives = this.#clients.map(({ life }) => life);
    return this.#withStore(({ db }) => judge(db, lives, capacity));
  }

  /** Opens the database as an operator's command does; again where it was away. */
  async #withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    for (;;) {
      const outages = this.#outages;
      try {
        const store = await openStore(this.#options.database, platformNow);
        try {
          return await work(store);
        } finally {
          await store.close();
        }
      } catch (error) {
        if (!this.#wasAway(outages)) throw error;
        await this.#until(() => this.#outages % 2 === 0);
      }
    }
  }

  #parts({ db }: Store) {
    return { db, now: platformNow, random: randomBytes };
  }

  #world(serviceToken: string, seed: number): World {
    const random = seeded(seed);
    let accounts = 0;
    return {
      random,
      serviceToken,
      over: () => this.#failed || (this.#killsLeft === 0 && this.#tally.kills === this.#options.kills),
      url: async () => {
        await this.#until(() => this.#places.size > 0);
        const urls = [...this.#places.keys()];
        return urls[random.below(urls.length)] ?? "";
      },
      send: async (url, sent) => {
        const outages = this.#outages;
        const place = this.#places.get(url);
        if (!place) return undefined;
        place.underWay += 1;
        const answer = await send(url, sent);
        place.underWay -= 1;
        place.answered += 1;
        this.#news.emit("change");
        if (answer && answer.status < 500) return answer;
        this.#tally.unanswered += 1;
        if (answer && !this.#wasAway(outages)) throw new Error(`${sent.path} failed: ${answer.text}`);
        return undefined;
      },
      openAccount: (name, holder) =>
        this.#withStore(async (store) => {
          accounts += 1;
          const serviceId = `${name}-${accounts}`;
          const { securityCode } = await addAccount({ service, serviceId, holder, ward: null }, this.#parts(store));
          return { serviceId, securityCode };
        }),
      lift: (mykeyId, idempotencyKey) =>
        this.#withStore(async (store) => {
          await setSuspended(false, { mykeyId, idempotencyKey }, this.#parts(store));
        }),
    };
  }
}

/** Somebody else failed. */
class Over extends Error {}
