import { expect, onTestFinished } from "vitest";
import type { LogEntry } from "../../../src/sandbox/http/listener.ts";
import type { SandboxOptions } from "../../../src/sandbox/server.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { now } from "./cards.ts";
import { type RunningSandbox, runSandbox } from "./sandbox.ts";

/**
 * What an attack may change: nonces are given out to everybody and used up by who shows them, and guesses are counted.
 * Both run out by themselves.
 */
const mayChange: ReadonlySet<string> = new Set(["challenge", "throttle"]);

/** Who shows a proof of their key, uses it up. */
const usedProof = /^\{"issuer":"proof /;

export interface Refused {
  readonly status: number;
  /** As in the answer, and in the log. */
  readonly reason: string;
}

export interface Fortress extends RunningSandbox {
  readonly entries: readonly LogEntry[];
  /** Every row of every table that an attack must leave as it is, in the order of their text. */
  state(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Lets an attack run: it is refused as expected, logged once, changes nothing, and the platform goes on. */
  refuses(expected: Refused, attack: () => Promise<object>): Promise<void>;
}

/** A sandbox that is watched: its log, and all that its store holds. */
export async function runFortress(options: Partial<SandboxOptions> = {}): Promise<Fortress> {
  const entries: LogEntry[] = [];
  const sandbox = await runSandbox({ ...options, log: (entry) => entries.push(entry) });
  const { db, close } = await openStore(options.database ?? sandbox.database, () => now.getTime());
  onTestFinished(close);
  const tables = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => !mayChange.has(name));

  async function state() {
    const rows: Record<string, string[]> = {};
    for (const table of tables) {
      const found = await db
        .selectFrom(table as "meta")
        .selectAll()
        .execute();
      rows[table] = found
        .map((row) => JSON.stringify(row))
        .filter((row) => !usedProof.test(row))
        .sort();
    }
    return rows;
  }

  async function refuses({ status, reason }: Refused, attack: () => Promise<object>): Promise<void> {
    const before = await state();
    const seen = entries.length;
    expect(await attack()).toMatchObject({ status, reason });
    const refusals = () => entries.slice(seen).filter(({ kind }) => kind === "refusal");
    await expect.poll(refusals).toMatchObject([{ reason, status }]);
    expect(await state()).toEqual(before);
    expect((await fetch(`${sandbox.url}/platform`)).status).toBe(200);
  }

  return { ...sandbox, entries, state, refuses };
}

/** What a request was answered, its reason beside it: the real one, else the one of OAuth 2.0. */
export async function answerOf(response: Response): Promise<Refused & Record<string, unknown>> {
  const answer = (await response.json()) as { reason?: string; error?: string };
  return { ...answer, status: response.status, reason: answer.reason ?? answer.error ?? "" };
}
