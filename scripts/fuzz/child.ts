/** Feeds one target in a process of its own: `child TARGET COUNT SEED`. Prints where it is, so that a hang has an index. */
import { readFileSync, writeSync } from "node:fs";
import { corpusOf, inputAt } from "./inputs.ts";
import { targets } from "./targets.ts";

const [name = "", count = "0", seed = "0"] = process.argv.slice(2);
const target = targets[name];
if (!target) throw new Error(`no target ${name}`);
const corpus = corpusOf(name);
const total = Number(count);
const beat = 500;

let refused = 0;
let slowest = { milliseconds: 0, index: 0 };
let lastBeat = performance.now();
const started = lastBeat;

for (let index = 0; index < total; index++) {
  const input = inputAt(corpus, Number(seed), index);
  const before = performance.now();
  if (before - lastBeat > beat) {
    writeSync(1, `${JSON.stringify({ index })}\n`);
    lastBeat = before;
  }
  try {
    await target.read(input);
  } catch (error) {
    refused += 1;
    if (!target.declared(error)) {
      const stack = error instanceof Error ? error.stack : String(error);
      writeSync(1, `${JSON.stringify({ index, undeclared: stack })}\n`);
      process.exit(1);
    }
  }
  const milliseconds = performance.now() - before;
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
}
const seconds = (performance.now() - started) / 1000;
// Not `resourceUsage().maxRSS`: a process inherits that of the one that started it.
const megabytes = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
writeSync(1, `${JSON.stringify({ index: total, done: { count: total, refused, seconds, slowest, megabytes } })}\n`);
