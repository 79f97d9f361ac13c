import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, vi } from "vitest";
import type { CommandApdu } from "../../src/apdu/command.ts";
import type { Reader, ReaderBackend } from "../../src/apdu/reader.ts";
import { applications } from "../../src/jpki/applications.ts";
import type { CardImage } from "../../src/simulator/image.ts";
import { issueCard } from "../../src/simulator/issue.ts";
import { answer, failed } from "../cli/support/documents.ts";
import type { Outcome } from "../cli/support/program.ts";
import { test } from "../cli/support/test.ts";
import { allSecrets, type CommandLine, commandLines, secrets } from "./support/command-lines.ts";
import { runMain } from "./support/in-process.ts";
import type { Incident } from "./support/incidents.ts";
import { type CardProcess, sharedCard } from "./support/shared-card.ts";

let inserted: Reader | undefined;

/** The system's PC/SC service, with one reader and our card in it. */
vi.mock("../../src/apdu/readers/pcsc.ts", () => ({
  pcscBackend: (): ReaderBackend => ({
    list: async () => [],
    open: async () => {
      if (!inserted) throw new Error("no card for this run");
      return inserted;
    },
    close: async () => undefined,
  }),
}));

const image: CardImage = issueCard({ name: "swept", profile: "standard", seed: "sweep", now: new Date() });

function newCard(): CardImage {
  const { auth, sign, text, b } = secrets;
  const values = new Map(Object.entries({ auth, sign, text, "text-b": b, "visual-b": b }));
  return { ...image, pins: image.pins.map((pin) => ({ ...pin, value: values.get(pin.id) ?? pin.value })) };
}

type Fault = Pick<Incident, "kind" | "executed" | "sw">;

/** What happens to one command, and the codes with which a program may say so; null: it can go on without that command. */
const faults: Readonly<Record<string, Fault & { readonly codes: RegExp; readonly optional?: true }>> = {
  "the card vanishes": { kind: "removed", executed: false, sw: "", codes: /^ERR_CARD_REMOVED$/ },
  "the card vanishes with the answer": { kind: "removed", executed: true, sw: "", codes: /^ERR_CARD_REMOVED$/ },
  "the card is reset": { kind: "reset", executed: false, sw: "", codes: /^ERR_CARD_RESET$/ },
  "nothing comes back": { kind: "timeout", executed: true, sw: "", codes: /^ERR_CARD_TIMEOUT$/ },
  "6F00 comes back": {
    kind: "answer",
    executed: false,
    sw: "6F00",
    codes: /^ERR_(CARD|CERT|PIN_WITHHELD)/,
    optional: true,
  },
  "garbage comes back": {
    kind: "answer",
    executed: true,
    sw: "DEAD0102",
    codes: /^ERR_(CARD|CERT|PIN_WITHHELD)/,
    optional: true,
  },
};

/** More than any command sends. */
const longest = 150;
/** Far below any limit of the program: it waits for nothing here. */
const promptly = 10_000;

interface Run {
  readonly outcome: Outcome;
  readonly process: CardProcess;
  readonly card: CardImage;
}

async function run(home: string, { words, pins }: CommandLine, incident?: Incident): Promise<Run> {
  const shared = sharedCard(newCard());
  const process = shared.process({ incident });
  inserted = { ...process.reader, simulated: false };
  const argv = [...words.replace("HOME", home).split(" "), "--json", ...(pins ? ["--pin-stdin"] : []), "-r", "pcsc:"];
  const outcome = await runMain(argv, { home, ...(pins && { input: `${pins.join("\n")}\n` }) });
  return { outcome, process, card: shared.image };
}

/** Logging out comes after the work, whose outcome stands whatever becomes of it. */
const isLogOut = ({ p1, data }: CommandApdu): boolean =>
  p1 === 0x04 &&
  [applications.isd.aid, applications.text.aid].some((aid) => Buffer.from(aid).equals(data ?? new Uint8Array()));

function checkFailure({ outcome, process, card }: Run, codes: RegExp): void {
  const { code } = JSON.parse(outcome.stdout).error;
  expect(code, outcome.stdout).toMatch(codes);
  const error = failed(outcome, code);
  const event = process.events.find(({ command }) => command === "verify");
  expect(error.pinSent, outcome.stdout).toBe(process.handedOver.includes("verify"));
  if (event) expect(error).toMatchObject({ triesBefore: event.before });
  if (error.triesAfter !== null && event) expect(error.triesAfter).toBe(event.after);
  expect(card.pins.every(({ lastTryBurnt, verifies }) => !lastTryBurnt && verifies <= 1)).toBe(true);
}

function checkTraces(home: string, { outcome }: Run): void {
  const said = outcome.stdout + outcome.stderr;
  expect(said).not.toMatch(/^ {4}at /m);
  for (const secret of allSecrets) expect(said).not.toContain(secret);
  for (const file of readdirSync(home, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".json")) JSON.parse(readFileSync(path.join(home, file), "utf8"));
  }
  expect(outcome.milliseconds).toBeLessThan(promptly);
}

/** Puts the fault at one command after the other, until the work is done before it. @returns how many were reached */
async function sweep(
  home: string,
  command: keyof typeof commandLines,
  line: CommandLine,
  fault: string,
): Promise<number> {
  const { codes, optional, ...what } = faults[fault] ?? expect.unreachable(fault);
  if (line.after) expect((await run(home, line.after)).outcome.code).toBe(0);
  for (let at = 1; at <= longest; at++) {
    const swept = await run(home, line, { ...what, at, disposition: "leave" });
    checkTraces(home, swept);
    const { outcome, process } = swept;
    if (outcome.code === 0 || outcome.code === 1) {
      answer(command, outcome);
      if (!process.struck) return at - 1;
      if (!optional) expect(isLogOut(process.struck), `${fault} at ${at}`).toBe(true);
    } else checkFailure(swept, codes);
  }
  return expect.unreachable("a command that never ends");
}

describe.each(Object.keys(faults))("%s at any command:", (fault) => {
  const swept = Object.entries(commandLines).flatMap(([command, lines]) =>
    lines.map((line) => [line.words, command, line] as const),
  );
  test.for(swept)("%s says so and leaves everything whole", async ([, command, line], { home }) => {
    const commands = await sweep(home, command as keyof typeof commandLines, line, fault);
    expect(commands).toBeGreaterThan(1);
  });
});
