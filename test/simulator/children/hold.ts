/** Holds a card until it is killed: `hold HOME NAME`. */
import { setTimeout } from "node:timers/promises";
import { simStore } from "../../../src/simulator/store.ts";

const [home = "", name = ""] = process.argv.slice(2);
const store = simStore({ home, now: () => new Date(), sleep: (ms) => setTimeout(ms) });
await store.hold(name, { signal: new AbortController().signal });
process.stdout.write("held\n");
setInterval(() => {}, 60_000);
