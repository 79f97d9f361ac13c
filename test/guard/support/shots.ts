import { setTimeout as delay } from "node:timers/promises";
import type { PinImage } from "../../../src/simulator/image.ts";
import type { Fixtures } from "../../cli/support/test.ts";
import type { Random } from "./random.ts";

/** One process with a PIN for a card, and how it ended. */
export interface Shot {
  readonly words: string;
  readonly entry: "right" | "wrong" | "malformed";
  /** Null: it was killed before it said anything. */
  readonly report: Report | null;
}

interface Report {
  readonly pinSent: boolean;
  readonly triesBefore: number | null;
  readonly triesAfter: number | null;
}

const commands = ["pin check auth", "pin check auth", "pin change auth", "portal login"] as const;

/** About as long as a whole run takes: a process is killed anywhere in its life. */
const lifetime = 400;

/** Starts the program with a PIN for the card in `reader`, `value` being the right one; with `kill`, it is killed at a random moment. */
export async function shoot(
  start: Fixtures["start"],
  reader: string,
  { random, kill, value }: { random: Random; kill: boolean; value: string },
): Promise<Shot> {
  const words = random.pick(commands);
  const entry = random.pick(["right", "wrong", "wrong", "malformed"] as const);
  const running = start([...words.split(" "), "--json", "--pin-stdin", "-r", reader]);
  const typed = { right: value, wrong: "9999", malformed: "12345" }[entry];
  running.child.stdin.end(`${typed}\n${value === "8302" ? "5739" : "8302"}\n`);
  const after = random.below(lifetime);
  if (kill) delay(after).then(() => running.child.kill("SIGKILL"));
  const { stdout, signal } = await running.ended;
  if (signal !== null && stdout === "") return { words, entry, report: null };
  const { ok, data, error } = JSON.parse(stdout);
  return { words, entry, report: ok ? data : error };
}

/**
 * Compares what several processes at once say with what the card recorded of all of them.
 * @param others how many PINs other programs may have presented meanwhile
 * @throws {Error} that names the broken promise
 */
export function judgeShots(shots: readonly Shot[], before: PinImage, after: PinImage, others = 0): void {
  const told = JSON.stringify({ shots, before, after });
  const sent = shots.filter(({ report }) => report?.pinSent);
  const unknown = shots.filter(({ report }) => report === null);
  const changes = shots.some(({ words }) => words.startsWith("pin change"));
  const arrived = after.verifies - before.verifies;
  if ((after.lastTryBurnt && !before.lastTryBurnt) || (before.remaining > 0 && after.remaining === 0))
    throw new Error(`the last try is gone: ${told}`);
  if (arrived < sent.length || arrived > sent.length + unknown.length + others)
    throw new Error(`${arrived} PINs arrived: ${told}`);
  for (const { entry, report } of shots) {
    if (!report) continue;
    const { pinSent, triesBefore, triesAfter } = report;
    if (pinSent && (triesBefore === null || triesBefore < 2)) throw new Error(`sent too low: ${told}`);
    if (pinSent && entry === "malformed") throw new Error(`a malformed PIN was sent: ${told}`);
    const cost = pinSent && entry === "wrong" ? 1 : 0;
    if (entry !== "right" && triesBefore !== null && triesAfter !== triesBefore - cost)
      throw new Error(`misreported: ${told}`);
    // Beside a change, what was right may be wrong by now.
    if (entry === "right" && pinSent && !changes && triesAfter !== after.max) throw new Error(`misreported: ${told}`);
  }
  const [only] = shots;
  if (shots.length > 1 || others > 0 || !only?.report || only.report.triesBefore === null) return;
  if (only.report.triesBefore !== before.remaining || only.report.triesAfter !== after.remaining) {
    throw new Error(`not the card's own record: ${told}`);
  }
}
