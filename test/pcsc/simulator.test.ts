/** The simulated card behind a real pcscd keeps the same contract as in process: run by `scripts/with-pcscd`. */
import { afterAll } from "vitest";
import { cardContract } from "../simulator/contract.ts";
import { Client } from "./support/client.ts";
import { insertCard } from "./support/inserted-card.ts";

const reader = "Virtual PCD 00 00";
const client = Client.start();
afterAll(() => client.kill());

async function connected(): Promise<void> {
  const { code } = await client.ask("connect");
  if (code) throw new Error(code);
}

/** Ends a hold as told, and begins another. */
async function again(disposition: "reset" | "unpower"): Promise<void> {
  await client.ask(`disconnect ${disposition}`);
  await connected();
}

async function isEmpty(): Promise<boolean> {
  const { value } = await client.ask("list");
  return (value as [string, unknown][]).every(([, card]) => card === null);
}

cardContract(
  "behind a PC/SC service",
  async (options) => {
    const card = await insertCard(options);
    await client.ask("wait 5000");
    await client.ask(`open ${reader}`);
    await connected();
    return {
      async send(command) {
        const { value, code } = await client.ask(`transmit ${command.replaceAll(" ", "")}`);
        if (code) throw new Error(code);
        return String(value).replaceAll(" ", "").toUpperCase();
      },
      coldStart: () => again("unpower"),
      warmReset: () => again("reset"),
      async close() {
        await client.ask("disconnect unpower");
        await card.pull();
        while (!(await isEmpty()));
      },
    };
  },
  { malformed: false },
);
