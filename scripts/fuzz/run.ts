import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** What a run of one target came to. */
export interface Figures {
  readonly count: number;
  /** Inputs answered with an error that the target declares. */
  readonly refused: number;
  readonly seconds: number;
  readonly slowest: { readonly milliseconds: number; readonly index: number };
  /** The most memory that the process ever had. */
  readonly megabytes: number;
}

interface Message {
  readonly index: number;
  readonly undeclared?: string;
  readonly done?: Figures;
}

/** Of JavaScript's heap, in megabytes; what a target needs for one input is far below. */
const heap = 192;
/** Of everything, the runtime and the compiler of the sources included. */
export const mostMegabytes = 512;
/** Without a sign of life for so long, an input has hung; a busy machine is slow, too. */
const patience = 20_000;

/**
 * Feeds a target `count` inputs, in a process with little memory.
 * @throws {Error} where an input brings an error that is not declared, no end, or the end of the process; it names the input
 */
export async function fuzz(target: string, { count, seed }: { count: number; seed: number }): Promise<Figures> {
  const words = [`--max-old-space-size=${heap}`, "--import", "tsx", path.join(import.meta.dirname, "child.ts")];
  const { NODE_EXTRA_CA_CERTS: _slowsEveryStart, ...env } = process.env;
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const child = spawn(process.execPath, [...words, target, String(count), String(seed)], { stdio, env });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  let last: Message = { index: 0 };
  let watch = setTimeout(() => child.kill("SIGKILL"), patience);
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line);
    watch.refresh();
  }
  const [code, signal] = await ended;
  clearTimeout(watch);
  watch = watch.unref();
  const input = `${target} --seed ${seed} --at ${last.index}`;
  if (last.undeclared) throw new Error(`${input}: ${last.undeclared}`);
  if (signal === "SIGKILL") throw new Error(`${input} or one soon after it hangs`);
  if (!last.done)
    throw new Error(`${input} or one soon after it ended the process with ${code ?? signal}: ${complaint}`);
  if (last.done.megabytes > mostMegabytes) throw new Error(`${target} took ${last.done.megabytes} MB`);
  return last.done;
}
