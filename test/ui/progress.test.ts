import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Host } from "../../src/host.ts";
import { en } from "../../src/ui/messages/en/index.ts";
import { progressDisplay } from "../../src/ui/progress.ts";

/** A stderr that is a terminal of so many columns, or none, and what was written to it. */
function display(terminal: { columns?: number } | undefined, options: { quiet?: boolean; json?: boolean } = {}) {
  const stream = new PassThrough();
  const stderr = Object.assign(stream, terminal ? { isTTY: true, ...terminal } : {});
  const host = { stderr, env: {} } as unknown as Host;
  const shown = progressDisplay(host, en, { quiet: false, json: false, colour: true, ...options });
  return { ...shown, text: () => String(stream.read() ?? "") };
}

describe("the line that the card may be removed", () => {
  test.each([
    ["on a terminal", { columns: 80 }, {}, true],
    ["in a pipe", undefined, {}, true],
    ["on a terminal with --json", { columns: 80 }, { json: true }, true],
    ["in a pipe with --json", undefined, { json: true }, false],
    ["with --quiet", { columns: 80 }, { quiet: true }, false],
  ] as const)("%s", (_where, terminal, options, expected) => {
    const { show, text } = display(terminal, options);
    show({ step: "card-done" });
    expect(text()).toBe(expected ? `${en.progress.cardDone}\n` : "");
  });
});

test("waiting for a card is said in a pipe, too: somebody has to act", () => {
  const { show, text } = display(undefined);
  show({ step: "waiting-for-card" });
  expect(text()).toBe(`${en.progress.waitingForCard(undefined)}\n`);
});

test("short work shows no spinner, and a terminal without columns none at all", async () => {
  for (const terminal of [{ columns: 80 }, { columns: 0 }]) {
    const { show, stop, text } = display(terminal);
    show({ step: "reading-card" });
    stop();
    expect(text()).toBe("");
  }
});
