import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import type { CommandApdu } from "../../src/apdu/command.ts";
import { applications } from "../../src/jpki/applications.ts";
import { answer, failed } from "../cli/support/documents.ts";
import { test } from "../cli/support/test.ts";
import { allSecrets, type CommandLine, commandLines } from "./support/command-lines.ts";
import type { Incident } from "./support/incidents.ts";
import { type RunWithCard, runWithCard } from "./support/with-card.ts";

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

/** Logging out comes after the work, whose outcome stands whatever becomes of it. */
const isLogOut = ({ p1, data }: CommandApdu): boolean =>
  p1 === 0x04 &&
  [applications.isd.aid, applications.text.aid].some((aid) => Buffer.from(aid).equals(data ?? new Uint8Array()));

function checkFailure({ outcome, process, card }: RunWithCard, codes: RegExp): void {
  const { code } = JSON.parse(outcome.stdout).error;
  expect(code, outcome.stdout).toMatch(codes);
  const error = failed(outcome, code);
  const handed = process.handedOver.filter((command) => command === "verify");
  const events = process.events.filter(({ command }) => command === "verify");
  expect(error.pinSent, outcome.stdout).toBe(handed.length > 0);
  // Of several PINs the error tells of the last one that was sent, whether or not it arrived.
  const event = handed.length === events.length ? events.at(-1) : undefined;
  if (event) expect(error).toMatchObject({ triesBefore: event.before });
  if (error.triesAfter !== null && event) expect(error.triesAfter).toBe(event.after);
  expect(card.pins.every(({ lastTryBurnt, verifies }) => !lastTryBurnt && verifies <= 1)).toBe(true);
}

function checkTraces(home: string, { outcome }: RunWithCard): void {
  const said = outcome.stdout + outcome.stderr;
  expect(said).not.toMatch(/^ {4}at /m);
  for (const secret of allSecrets) expect(said).not.toContain(secret);
  for (const file of readdirSync(home, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".json")) JSON.parse(readFileSync(path.join(home, file), "utf8"));
  }
  expect(outcome.milliseconds).toBeLessThan(promptly);
}

/** The files that a run wrote, with their sizes; they are taken away. */
function takeOutputs(home: string): Record<string, number> {
  const folder = path.join(home, "out");
  const sizes = readdirSync(folder).map((file) => [file, statSync(path.join(folder, file)).size] as const);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  return Object.fromEntries(sizes);
}

/** Puts the fault at one command after the other, until the work is done before it. @returns how many were reached */
async function sweep(
  home: string,
  command: keyof typeof commandLines,
  line: CommandLine,
  fault: string,
): Promise<number> {
  const { codes, optional, ...what } = faults[fault] ?? expect.unreachable(fault);
  mkdirSync(path.join(home, "out"));
  if (line.after) expect((await runWithCard(home, line.after)).outcome.code).toBe(0);
  expect((await runWithCard(home, line)).outcome.code).toBeLessThan(2);
  const whole = takeOutputs(home);
  if (line.words.includes("HOME/out")) expect(Object.keys(whole)).not.toEqual([]);
  for (let at = 1; at <= longest; at++) {
    const swept = await runWithCard(home, line, { incident: { ...what, at, disposition: "leave" } });
    checkTraces(home, swept);
    const written = takeOutputs(home);
    const { outcome, process } = swept;
    if (outcome.code === 0 || outcome.code === 1) {
      answer(command, outcome);
      expect(written, `${fault} at ${at}`).toEqual(whole);
      if (!process.struck) return at - 1;
      if (!optional) expect(isLogOut(process.struck), `${fault} at ${at}`).toBe(true);
    } else {
      checkFailure(swept, codes);
      expect(written, `${fault} at ${at}`).toEqual({});
    }
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
