/** Several processes of ours and OpenSC's tools at one card in a real PC/SC service; the card's own record is the judge. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { recordOf } from "../cli/support/cards.ts";
import { seeded } from "../guard/support/random.ts";
import { judgeShots, shoot } from "../guard/support/shots.ts";
import { first, test } from "./support/test.ts";

/** MYNAKIT_GUARD_ROUNDS asks for more, MYNAKIT_GUARD_SEED for others. */
const rounds = Number(process.env.MYNAKIT_GUARD_ROUNDS ?? 10);
const seed = Number(process.env.MYNAKIT_GUARD_SEED ?? 20261122);

type Tool = (pin: string) => readonly [command: string, words: readonly string[]];

const pkcs15: Tool = (pin) => ["pkcs15-tool", ["--verify-pin", "--auth-id", "01", "--pin", pin]];
const pkcs11: Tool = (pin) => ["pkcs11-tool", ["--login", "--pin", pin, "--list-objects"]];

/** Resolves when the tool has ended, however: while one of ours holds the card, it may be refused. */
async function rival(tool: Tool, pin: string): Promise<void> {
  const [command, words] = tool(pin);
  await once(spawn(command, words, { stdio: "ignore" }), "exit");
}

test(
  "processes beside OpenSC's, killed at any moment, leave the last try, and say what the card recorded",
  async ({ home, insert, start }) => {
    await insert("standard");
    const record = () => recordOf(home, "standard", "auth");
    const random = seeded(seed);
    const tally = { sent: 0, byOthers: 0 };
    // Who comes first at the card is not ours to say: until each has been.
    for (let round = 0; round < rounds || tally.sent === 0 || tally.byOthers === 0; round++) {
      while (record().remaining < 2) await rival(pkcs15, record().value);
      const before = record();
      // Two wrong ones, and one try is left: OpenSC would take that, too.
      const wrong = before.remaining === 3;
      const [shot] = await Promise.all([
        shoot(start, `pcsc:${first}`, { random, kill: random.below(4) === 0, value: before.value }),
        rival(random.pick([pkcs15, pkcs11]), wrong ? "9999" : before.value),
      ]);
      const after = record();
      judgeShots([shot], before, after, 1);
      const sent = shot.report?.pinSent ? 1 : 0;
      tally.sent += sent;
      tally.byOthers += after.verifies - before.verifies - sent;
    }
  },
  Math.max(300_000, rounds * 20_000),
);
