/** Sends the right PIN to a card and dies as soon as its try has been spent: `die-in-verify HOME`. */
import { setTimeout } from "node:timers/promises";
import { simulateCard } from "../../../src/simulator/card.ts";
import { holdLock } from "../../../src/simulator/lock.ts";
import { readState, stateFolder, writeState } from "../../../src/simulator/state.ts";
import { jpki, verify } from "../cards.ts";

const folder = stateFolder(process.argv[2] ?? "");
await holdLock(folder, "standard", { sleep: (ms) => setTimeout(ms), signal: new AbortController().signal, seconds: 1 });
const image = readState(folder, "standard");
if (!image) throw new Error("the card has not been made");
const card = simulateCard({
  image,
  persist(changed) {
    writeState(folder, changed);
    process.kill(process.pid, "SIGKILL");
  },
});
card.powerOn();
for (const command of [jpki, verify("1234", "98")]) card.transmit(Buffer.from(command, "hex"));
