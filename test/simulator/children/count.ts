/** Adds one to a number in a file, reading and writing it apart, each time holding a lock: `count FOLDER FILE TIMES`. */
import { readFileSync, writeFileSync } from "node:fs";
import { setImmediate, setTimeout } from "node:timers/promises";
import { holdLock } from "../../../src/simulator/lock.ts";

const [folder = "", file = "", times = "0"] = process.argv.slice(2);
const signal = new AbortController().signal;
for (let count = 0; count < Number(times); count++) {
  const lock = await holdLock(folder, "counter", { sleep: (ms) => setTimeout(ms), signal, seconds: 25 });
  const value = Number(readFileSync(file, "utf8"));
  await setImmediate();
  writeFileSync(file, String(value + 1));
  lock.release();
}
