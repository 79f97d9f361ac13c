/** Sends wrong and right PINs to a card in turn and prints each answer, until it is killed: `verify-forever HOME`. */
import { writeSync } from "node:fs";
import { setImmediate, setTimeout } from "node:timers/promises";
import { simStore } from "../../../src/simulator/store.ts";
import { jpki, verify } from "../cards.ts";

const home = process.argv[2] ?? "";
const store = simStore({ home, now: () => new Date(), sleep: (ms) => setTimeout(ms) });
const { card } = await store.hold("standard", { signal: new AbortController().signal });
card.powerOn();
card.transmit(Buffer.from(jpki, "hex"));
for (;;) {
  for (const pin of ["0000", "1234"]) {
    const answer = card.transmit(Buffer.from(verify(pin, "98"), "hex"));
    writeSync(1, `${Buffer.from(answer).toString("hex")}\n`);
    await setImmediate();
  }
}
