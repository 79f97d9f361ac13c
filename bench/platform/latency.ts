import type { Session } from "../../src/login/session.ts";
import { median } from "../processes.ts";
import { change, history, issue, logIn, newCard, platformAt, show } from "./person.ts";
import { type Server, startServer } from "./server.ts";

export interface Latency {
  readonly task: string;
  /** Median milliseconds, one for each database. */
  readonly milliseconds: readonly number[];
  /** Of each database to the first, of the same person in turn; median. */
  readonly ratios: readonly number[];
}

/** Rounds that warm caches and compiler and are not counted. */
const warmUp = 20;

/**
 * What one person waits for, on databases of different sizes in turns, so that whatever else the machine does befalls
 * all of them alike. Each round is a new person, of whom nothing is in a cache.
 */
export async function latency(databases: readonly string[], rounds: number): Promise<Latency[]> {
  const servers: Server[] = [];
  try {
    for (const database of databases) servers.push(await startServer(database));
    const samples = new Map<string, number[][]>();
    for (let round = -warmUp; round < rounds; round++) {
      const lives = servers.map(({ url }) => life(url));
      for (let step = 0; step < taskNames.length; step++) {
        for (const index of turns(lives.length, round)) {
          const [task = "", milliseconds] = (await lives[index]?.next())?.value ?? [];
          if (round >= 0 && milliseconds !== undefined) add(samples, task, index, milliseconds);
        }
      }
    }
    return taskNames.map((task) => summary(task, samples.get(task) ?? []));
  } finally {
    for (const server of servers) await server.stop();
  }
}

const taskNames = ["first login", "next login", "issue", "show", "change", "history"];

/** One person's life with the platform; yields what each step took. */
async function* life(url: string): AsyncGenerator<[task: string, milliseconds: number]> {
  const platform = platformAt(url);
  const card = newCard();
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  let session: Session | undefined;
  const entered = async () => {
    session = await logIn(platform, card);
  };
  const inside = (work: (session: Session) => Promise<void>) => async () => {
    if (session) await work(session);
  };
  yield ["first login", await timed(entered)];
  yield ["next login", await timed(entered)];
  yield ["issue", await timed(inside((session) => issue(platform, session)))];
  yield ["show", await timed(inside((session) => show(platform, session)))];
  yield ["change", await timed(inside((session) => change(platform, session)))];
  yield ["history", await timed(inside((session) => history(platform, session)))];
}

/** Another one begins each round. */
const turns = (count: number, round: number): number[] =>
  Array.from({ length: count }, (_, index) => (index + Math.abs(round)) % count);

function add(samples: Map<string, number[][]>, task: string, index: number, milliseconds: number): void {
  const lists = samples.get(task) ?? [];
  lists[index] = [...(lists[index] ?? []), milliseconds];
  samples.set(task, lists);
}

function summary(task: string, lists: readonly (readonly number[])[]): Latency {
  const [first = []] = lists;
  return {
    task,
    milliseconds: lists.map(median),
    ratios: lists.map((list) => median(list.map((value, round) => value / (first[round] ?? Number.NaN)))),
  };
}
