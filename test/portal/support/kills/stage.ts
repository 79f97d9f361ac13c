import { mkdirSync } from "node:fs";
import path from "node:path";
import { openStore, type Store } from "../../../../src/sandbox/store/store.ts";
import { type Line, type LineRequest, layLine } from "../../../cli/support/line.ts";
import { type Outcome, Running } from "../../../cli/support/program.ts";
import type { PlatformProcess, StartPlatform } from "../../../sandbox/support/crash/platform-process.ts";

/** When somebody is killed: as a request is on its way, or its answer, which is lost; or just after the answer. */
export type Moment = "before" | "after" | "answered";
export type Victim = "client" | "platform";

/** A kill at the n-th of the requests that count. */
export interface Blow {
  readonly at: number;
  readonly moment: Moment;
  readonly counts?: (request: LineRequest) => boolean;
  readonly kill: () => Promise<unknown>;
}

export type Whose = "person" | "device";

/** A person with a card, a device without one, and a platform: processes of their own, any of which can be killed. */
export class Stage {
  readonly #database: string;
  readonly #start: StartPlatform;
  readonly #line: Line;
  readonly #folder: string;
  readonly #running = new Set<Running>();
  #platform: PlatformProcess | undefined;

  private constructor(database: string, start: StartPlatform, line: Line, folder: string) {
    this.#database = database;
    this.#start = start;
    this.#line = line;
    this.#folder = folder;
    for (const whose of ["person", "device"] as const) mkdirSync(this.home(whose));
  }

  /** @param folder an empty one, for all homes */
  static async set(database: string, start: StartPlatform, folder: string): Promise<Stage> {
    const stage = new Stage(database, start, await layLine(), folder);
    await stage.up();
    return stage;
  }

  home(whose: Whose): string {
    return path.join(this.#folder, whose);
  }

  get url(): string {
    return this.#line.url;
  }

  /** Starts the platform where it is dead. */
  async up(): Promise<void> {
    if (this.#platform) return;
    this.#platform = this.#start(this.#database, 100, this.#line.url);
    const url = await this.#platform.url;
    if (url === undefined) throw new Error(`the platform does not start: ${(await this.#platform.ended).stderr}`);
    this.#line.leadTo(url);
  }

  async killPlatform(): Promise<void> {
    this.#platform?.signal("SIGKILL");
    await this.#platform?.ended;
    this.#platform = undefined;
  }

  /** Starts the program. Without input it has none. */
  start(words: readonly string[], input = "", whose: Whose = "person"): Running {
    const env = { MYNAKIT_PLATFORM: this.url, MYNAKIT_READER: "sim:standard" };
    const running = new Running(this.home(whose), [...words, "--json"], { env });
    this.#running.add(running);
    running.child.stdin.end(input);
    return running;
  }

  /** Runs it to its end. */
  run(words: readonly string[], input?: string, whose?: Whose): Promise<Outcome> {
    return this.start(words, input, whose).ended;
  }

  /** Has a blow ready. @returns settles once it has fallen */
  ready({ at, moment, counts = () => true, kill }: Blow): { readonly fallen: Promise<void>; readonly fell: boolean } {
    let seen = 0;
    let fell = false;
    const fallen = new Promise<void>((resolve) => {
      this.#line.passWith(async (request, forward) => {
        if (!counts(request)) return forward();
        seen += 1;
        if (seen !== at) return forward();
        const answer = moment === "before" ? null : await forward();
        fell = true;
        await kill();
        resolve();
        if (answer && moment === "answered") return answer;
        throw new Error("struck");
      });
    });
    return {
      fallen,
      get fell() {
        return fell;
      },
    };
  }

  /** No blow falls any more. */
  calm(): void {
    this.#line.passWith((_request, forward) => forward());
  }

  /** Opens the database as an operator's command does. */
  async withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openStore(this.#database, Date.now);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async strikeTheSet(): Promise<void> {
    for (const running of this.#running) running.child.kill("SIGKILL");
    await this.killPlatform();
    this.#line.close();
  }
}
