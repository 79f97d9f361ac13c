/** What becomes of results that cannot be written: the PIN was presented all the same, and the error says so. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed } from "../cli/support/documents.ts";
import { test } from "../cli/support/test.ts";
import { commandLines } from "./support/command-lines.ts";
import { runWithCard } from "./support/with-card.ts";

const writing = Object.values(commandLines)
  .flat()
  .filter(({ words, pins }) => pins && words.includes("HOME/out"));

describe.each(writing.map((line) => [line.words, line] as const))("%s", (_, line) => {
  test("says that the PIN was sent where the folder has gone while it was typed", async ({ home }) => {
    const folder = path.join(home, "out");
    mkdirSync(folder);
    const { outcome, process } = await runWithCard(home, line, {
      meanwhile: () => rmSync(folder, { recursive: true }),
    });
    const [event, ...more] = process.events;
    expect(more).toEqual([]);
    expect(failed(outcome, "ERR_IO_WRITE")).toMatchObject({
      pinSent: true,
      triesBefore: event?.before,
      triesAfter: event?.after,
    });
    expect(existsSync(folder)).toBe(false);
  });

  test("leaves no part of a file where the folder takes none any more", async ({ home }) => {
    const folder = path.join(home, "out");
    mkdirSync(folder);
    const block = () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, "a file");
    };
    const { outcome } = await runWithCard(home, line, { meanwhile: block });
    expect(failed(outcome, "ERR_IO_WRITE").pinSent).toBe(true);
    expect(readdirSync(home).filter((file) => file.includes("draft"))).toEqual([]);
  });

  test("asks for no PIN where a folder stands in the place of its file", async ({ home }) => {
    const [, name = ""] = /HOME\/(\S+)/.exec(line.words) ?? [];
    const taken = name === "out" ? "out/photo.jp2" : name;
    mkdirSync(path.join(home, taken), { recursive: true });
    const { outcome, process } = await runWithCard(home, { ...line, words: `${line.words} --force` });
    expect(failed(outcome, "ERR_IO_WRITE").pinSent).toBe(false);
    expect(process.events).toEqual([]);
  });
});
