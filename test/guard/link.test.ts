/** Faults on a real link: a card that plugs itself in over TCP, and stops as cards do. */
import { describe, expect } from "vitest";
import { fromHex } from "../../src/apdu/hex.ts";
import { simulateCard } from "../../src/simulator/card.ts";
import { issueCard } from "../../src/simulator/issue.ts";
import { failed, success } from "../cli/support/documents.ts";
import { freePort } from "../cli/support/ports.ts";
import type { Outcome } from "../cli/support/program.ts";
import { type Fixtures, test } from "../cli/support/test.ts";
import { MiniCard } from "../pcsc/support/mini-card.ts";
import { runMain } from "./support/in-process.ts";

const image = issueCard({ name: "linked", profile: "standard", seed: "link", now: new Date() });

interface Fault {
  /** What comes back in place of an answer; null: nothing. */
  readonly answer: Uint8Array | null;
  readonly pulled?: true;
  readonly codes: RegExp;
}

const faults = {
  "pulled out": { answer: null, pulled: true, codes: /^ERR_CARD_REMOVED$/ },
  "sending garbage": { answer: fromHex("DEAD0102"), codes: /^ERR_(CARD_|PIN_WITHHELD$)/ },
  "sending half an answer": { answer: fromHex("90"), codes: /^ERR_CARD_REMOVED$/ },
  silent: { answer: null, codes: /^ERR_CARD_TIMEOUT$/ },
} as const satisfies Record<string, Fault>;

type Run = (words: readonly string[], input: string) => Promise<Outcome>;

interface Linked {
  readonly outcome: Outcome;
  readonly commands: number;
  readonly verifies: number;
}

/** Runs `pin check auth` with a card at which one command fails. */
async function runWith(run: Run, { answer, pulled }: Fault, at: number): Promise<Linked> {
  const card = simulateCard({ image: structuredClone(image), persist: () => undefined });
  card.powerOn();
  let commands = 0;
  let verifies = 0;
  const port = await freePort();
  const words = ["pin", "check", "auth", "--json", "--pin-stdin", "--wait=60", "-r", `vpcd:127.0.0.1:${port}`];
  const running = run(words, "1234\n");
  const plug = await plugIn(port, (command) => {
    commands += 1;
    if (command[1] === 0x20 && command.length > 4) verifies += 1;
    if (commands !== at) return card.transmit(command);
    if (pulled) plug.pull();
    return answer;
  });
  const outcome = await running;
  await plug.pull();
  return { outcome, commands, verifies };
}

/** As soon as the program listens. */
async function plugIn(port: number, answer: (command: Uint8Array) => Uint8Array | null): Promise<MiniCard> {
  for (;;) {
    try {
      return await MiniCard.insert({ port, atr: image.atr, answer });
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

async function sweep(run: Run, fault: Fault): Promise<void> {
  for (let at = 1; ; at++) {
    const { outcome, commands, verifies } = await runWith(run, fault, at);
    expect(verifies).toBeLessThanOrEqual(1);
    if (commands < at) return void success("pin check", outcome);
    if (outcome.code === 0) success("pin check", outcome);
    else {
      const { code } = JSON.parse(outcome.stdout).error;
      expect(code, outcome.stdout).toMatch(fault.codes);
      expect(failed(outcome, code).pinSent).toBe(verifies === 1);
    }
  }
}

describe("a card in a virtual reader that at any command is", () => {
  test.for(["pulled out", "sending garbage", "sending half an answer"] as const)(
    "%s: the program as a process says so",
    async (name, { mynakit }: Fixtures) => {
      await sweep((words, input) => mynakit(words, { input }), faults[name]);
    },
  );

  test("silent: the program goes over its limit, which is a fiftieth here, and says so", async ({ home }) => {
    await sweep((words, input) => runMain(words, { home, input, haste: 50 }), faults.silent);
  });
});
