import { issue, logIn, newCard, platformAt, show } from "./person.ts";
import { startServer } from "./server.ts";

export interface Memory {
  readonly minute: number;
  /** Resident, MiB; the median of the minute. */
  readonly mebibytes: number;
  /** Persons served since the beginning. */
  readonly persons: number;
}

/** Persons who log in, take an ID, look at it and go, one after the other, and the server's memory meanwhile. */
export async function memoryOverTime(database: string, minutes: number): Promise<Memory[]> {
  const server = await startServer(database);
  try {
    const platform = platformAt(server.url);
    const began = performance.now();
    const samples: Memory[] = [];
    let persons = 0;
    for (let minute = 1; minute <= minutes; minute++) {
      const seen: number[] = [];
      while (performance.now() - began < minute * 60_000) {
        const session = await logIn(platform, newCard());
        await issue(platform, session);
        await show(platform, session);
        persons++;
        seen.push(server.memory());
      }
      samples.push({ minute, mebibytes: seen.toSorted((a, b) => a - b)[seen.length >> 1] ?? Number.NaN, persons });
    }
    return samples;
  } finally {
    await server.stop();
  }
}
