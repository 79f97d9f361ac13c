import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe, expect } from "vitest";
import { simStore } from "../../src/simulator/store.ts";
import { changeCard, recordOf } from "./support/cards.ts";
import { batch, failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const issue = (file: string) => ["mykey", "issue", "--yes", "--json", "--pin-stdin", "--batch", file];
const errorOf = ({ error }: { error?: { code: string } }) => error?.code;

/** Makes cards in this process, which is quicker. */
async function makeCards(home: string, names: readonly string[], seed?: string): Promise<void> {
  const store = simStore({ home, now: () => new Date(), sleep: async () => {} });
  for (const name of names) await store.create(name, { profile: "standard", ...(seed && { seed }) });
}

function write(home: string, content: string | Uint8Array, name = "cards.txt"): string {
  const file = path.join(home, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

const listing = (names: readonly string[]): string => names.map((name) => `sim:${name}\n`).join("");
const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** Everybody who had an ID issued, once for each time. */
function issues(home: string): string[] {
  using database = new DatabaseSync(path.join(home, "platform/sandbox.db"));
  const rows: unknown[] = database.prepare("select subject from audit where action = 'mykey.issue'").all();
  return rows.map((row) => String((row as { subject: unknown }).subject));
}

const journalOf = (home: string): string => {
  const folder = path.join(home, "batches");
  const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".ndjson"));
  return path.join(folder, name);
};

describe("mykey issue --batch", () => {
  test("issues for every card, tells of each in a line and sums up; run again, it does nothing", async ({
    home,
    mynakit,
  }) => {
    const names = numbered("card", 5);
    await makeCards(home, names);
    const file = write(home, listing(names));
    const outcome = await mynakit(issue(file), pin);
    const { lines, summary } = batch(outcome);
    expect(outcome.code).toBe(0);
    expect(lines.map(({ data }) => data)).toMatchObject(
      names.map((name, index) => ({
        line: index + 1,
        reader: `sim:${name}`,
        created: true,
        resumed: false,
        pinSent: true,
        triesBefore: 3,
        triesAfter: 3,
      })),
    );
    expect(new Set(lines.map(({ data }) => data.mykeyId)).size).toBe(5);
    const counts = { lines: 5, created: 5, existing: 0, failed: 0, left: 0 };
    expect(summary).toMatchObject({ ...counts, resumed: 0, platform: { sandbox: true } });
    expect(statSync(journalOf(home)).mode & 0o777).toBe(0o600);
    expect(summary?.journal).toBe(journalOf(home));

    const again = batch(await mynakit([...issue(file), "--parallel", "1"], pin));
    expect(again.summary).toMatchObject({ ...counts, resumed: 5 });
    expect(again.lines.map(({ data }) => data.mykeyId)).toEqual(lines.map(({ data }) => data.mykeyId));
    for (const name of names) expect(recordOf(home, name, "auth").verifies).toBe(1);
    expect(new Set(issues(home)).size).toBe(5);
    expect(issues(home)).toHaveLength(5);
  });

  test("takes comments, empty lines, CRLF, a byte order mark and no last line end; a PIN file counts for its line", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one", "two"]);
    expect((await mynakit("pin change auth -r sim:two --pin-stdin", { input: "1234\n8302\n" })).code).toBe(0);
    mkdirSync(path.join(home, "pins"));
    write(home, "8302\n", "pins/two");
    const file = write(home, "\ufeff# desk\r\n\r\n  sim:one  \r\nsim:two\tpins/two");
    const outcome = await mynakit(issue(file), { ...pin, cwd: "/" });
    const { lines } = batch(outcome);
    expect(outcome.code).toBe(0);
    expect(lines.map(({ data }) => data.line)).toEqual([3, 4]);
  });

  test("needs no common PIN where every line has its own, which others must not be able to read", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one", "two"]);
    chmodSync(write(home, "1234\n", "open"), 0o644);
    write(home, "1234\n", "closed");
    const file = write(home, "sim:one\topen\nsim:two\tclosed\n");
    const outcome = await mynakit(["mykey", "issue", "--yes", "--json", "--batch", file]);
    const { lines, summary } = batch(outcome);
    expect(lines.map(errorOf)).toEqual(["ERR_IO_PIN_FILE_MODE", undefined]);
    expect(lines[0]?.error?.pinSent).toBe(false);
    expect({ code: outcome.code, ...summary }).toMatchObject({ code: 1, created: 1, failed: 1 });
    chmodSync(path.join(home, "open"), 0o600);
    const mended = batch(await mynakit(["mykey", "issue", "--yes", "--json", "--batch", file])).summary;
    expect(mended).toMatchObject({ created: 2, failed: 0, resumed: 1 });
  });

  test("each line fails for itself: an unknown reader, one named twice, none that could be; a person with two cards has one ID", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one", "twin"], "the same person");
    const file = write(home, "sim:one\nsim:nobody\nsim:one\nsim:\nsim:twin\n");
    const outcome = await mynakit([...issue(file), "--parallel", "1"], pin);
    const { lines, summary } = batch(outcome);
    expect(lines.map(errorOf)).toEqual([
      undefined,
      "ERR_READER_NOT_FOUND",
      "ERR_READER_REPEATED",
      "ERR_USAGE_READER",
      undefined,
    ]);
    expect(lines[2]?.error?.details).toEqual({ reader: "sim:one", line: 1 });
    expect(lines[4]?.data).toMatchObject({ created: false, mykeyId: lines[0]?.data.mykeyId });
    expect({ code: outcome.code, ...summary }).toMatchObject({ code: 1, created: 1, existing: 1, failed: 3, left: 0 });
    expect(recordOf(home, "one", "auth").verifies).toBe(1);
    expect(issues(home)).toHaveLength(1);
  });

  test.for([
    ["nothing", "", { line: 0, problem: "empty" }],
    ["comments alone", "# nothing\n\n", { line: 0, problem: "empty" }],
    ["a NUL", "sim:standard\nsim:a\0b\n", { line: 2, problem: "control" }],
    ["bytes that are no UTF-8", Buffer.from("sim:standard\n\xff\n", "latin1"), { line: 1, problem: "not-text" }],
    [
      "half a character at its end",
      Buffer.from("sim:standard\nsim:\xe3\x81", "latin1"),
      { line: 2, problem: "not-text" },
    ],
    ["three fields", "sim:standard\tpin\tmore\n", { line: 1, problem: "fields" }],
    ["an endless line", "x".repeat(1_000_000), { line: 1, problem: "too-long" }],
  ] as const)("a file with %s is refused before a card is used", async ([, content, details], { home, mynakit }) => {
    const file = write(home, content);
    const error = failed(await mynakit(issue(file), pin), "ERR_IO_BATCH");
    expect(error.details).toMatchObject({ file, problem: details.problem });
    expect(error.pinSent).toBe(false);
    expect(readdirSync(home)).toEqual(["cards.txt"]);
  });

  test("a folder, a pipe and what is not there are refused", async ({ home, mynakit }) => {
    const pipe = path.join(home, "pipe");
    spawnSync("mkfifo", [pipe]);
    expect(failed(await mynakit(issue(pipe), pin), "ERR_IO_BATCH").details).toMatchObject({ problem: "not-a-file" });
    expect(failed(await mynakit(issue("/dev/stdin"), pin), "ERR_IO_BATCH").details).toMatchObject({
      file: "/dev/stdin",
    });
    expect(failed(await mynakit(issue(home), pin), "ERR_IO_READ").details).toEqual({ path: home, reason: "EISDIR" });
    failed(await mynakit(issue(path.join(home, "none")), pin), "ERR_IO_READ");
  });

  test("options that do not go together are refused", async ({ home, mynakit }) => {
    const file = write(home, "sim:standard\n");
    const usage = async (words: string, code: Parameters<typeof failed>[1], details: object) =>
      expect(failed(await mynakit(`mykey issue --json ${words}`, pin), code).details, words).toMatchObject(details);
    const all = `--batch ${file} --pin-stdin`;
    await usage(all, "ERR_USAGE_INPUT_NEEDED", { what: "confirmation", option: "--yes" });
    await usage(`--yes --batch ${file}`, "ERR_USAGE_INPUT_NEEDED", { what: "batch-pin" });
    await usage(`${all} --yes --parallel 0`, "ERR_USAGE_OPTION", { option: "--parallel" });
    await usage(`${all} --yes --dry-run`, "ERR_USAGE_OPTION", { problem: "excludes" });
    await usage(`${all} --yes -r sim:standard`, "ERR_USAGE_OPTION", { option: "--reader", problem: "excludes" });
    await usage("--yes --parallel 2", "ERR_USAGE_OPTION", { option: "--batch", problem: "missing" });
    await usage("--retry-failed", "ERR_USAGE_OPTION", { option: "--batch", problem: "missing" });
    failed(await mynakit(issue(file), { input: "12345\n" }), "ERR_PIN_FORMAT");
    expect(readdirSync(home)).not.toContain("sim");
  });

  test("is words for a person, in both languages", async ({ home, mynakit }) => {
    await makeCards(home, ["one"]);
    const file = write(home, "sim:one\nsim:nobody\n");
    const words = `mykey issue --yes --pin-stdin --parallel 1 --batch ${file}`;
    const english = await mynakit(words, pin);
    expect(english.stdout).toMatch(
      /^ {3}1 {2}sim:one {2}[A-Z2-9]{8} {2}issued\n {3}2 {2}sim:nobody {2}.*ERR_READER_NOT_FOUND \(3\)\n/,
    );
    expect(english.stdout).toContain("a sandbox, not the real service");
    expect(english.code).toBe(1);
    const japanese = await mynakit(`${words} --lang ja`, pin);
    expect(japanese.stdout).toContain("発行  （前回の実行で完了）");
    expect(japanese.stdout).toMatch(/失敗 +1/);
    expect(failedInWords(await mynakit(`${words} --batch ${home} --lang ja`, pin), "ERR_IO_READ")).not.toContain(
      "    at ",
    );
  });
});

describe("a PIN that a card refused", () => {
  test("is not presented again, in whichever line and reader, until the person says so", async ({ home, mynakit }) => {
    await makeCards(home, ["one", "twin"], "the same card");
    const file = write(home, "sim:one\n");
    const wrong = batch(await mynakit(issue(file), { input: "9999\n" }));
    expect(wrong.lines[0]?.error).toMatchObject({ code: "ERR_PIN_WRONG", pinSent: true, triesAfter: 2 });

    for (const content of ["sim:one\n", "sim:twin\n"]) {
      write(home, content);
      const outcome = await mynakit(issue(file), { input: "9999\n" });
      const { error } = batch(outcome).lines[0] ?? {};
      expect(outcome.code).toBe(1);
      expect(error).toMatchObject({ code: "ERR_PIN_WITHHELD", pinSent: false, details: { reason: "earlier-run" } });
    }
    expect(recordOf(home, "one", "auth")).toMatchObject({ remaining: 2, verifies: 1 });
    expect(recordOf(home, "twin", "auth").verifies).toBe(0);

    write(home, "sim:one\n");
    const outcome = await mynakit([...issue(file), "--retry-failed"], pin);
    expect({ code: outcome.code, ...batch(outcome).summary }).toMatchObject({ code: 0, created: 1 });
    expect(recordOf(home, "one", "auth").remaining).toBe(3);
  });

  test("for all of them goes to one card first, and if that refuses it to no other, in no later run either, until the person says so", async ({
    home,
    mynakit,
  }) => {
    const names = numbered("card", 6);
    await makeCards(home, names);
    const file = write(home, listing(names));
    const wrong = { input: "9999\n" };
    const verifies = () => names.map((name) => recordOf(home, name, "auth").verifies);
    const { lines } = batch(await mynakit(issue(file), wrong));
    expect(lines.map(errorOf).sort()).toEqual([...names.slice(1).map(() => "ERR_PIN_WITHHELD"), "ERR_PIN_WRONG"]);
    const other = lines.find(({ data }) => data.reader === "sim:card1");
    expect(other?.error).toMatchObject({ pinSent: false, triesAfter: 3, details: { reason: "common" } });
    expect(verifies()).toEqual([1, 0, 0, 0, 0, 0]);

    for (const input of [wrong, pin, wrong]) {
      const again = batch(await mynakit([...issue(file), "--parallel", "1"], input));
      expect(again.lines.map(errorOf)).toEqual(names.map(() => "ERR_PIN_WITHHELD"));
    }
    write(home, listing(names.slice(1)));
    batch(await mynakit(issue(file), wrong));
    expect(verifies()).toEqual([1, 0, 0, 0, 0, 0]);

    batch(await mynakit([...issue(file), "--retry-failed"], wrong));
    expect(verifies()).toEqual([1, 1, 0, 0, 0, 0]);
    write(home, listing(names));
    const mended = await mynakit([...issue(file), "--retry-failed"], pin);
    expect({ code: mended.code, ...batch(mended).summary }).toMatchObject({ code: 0, created: 6 });
    const written = readFileSync(journalOf(home), "utf8");
    expect(written).not.toMatch(/\b(9999|1234)\b/);
    for (const each of ["9999", "1234"]) expect(written).not.toContain(createHash("sha256").update(each).digest("hex"));
  });

  test("for all of them does not stop the others once a card has accepted it, in a later run either", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one", "other", "three", "four"]);
    expect((await mynakit("pin change auth -r sim:other --pin-stdin", { input: "1234\n8302\n" })).code).toBe(0);
    const file = write(home, "sim:one\nsim:other\nsim:three\n");
    const first = batch(await mynakit([...issue(file), "--parallel", "1"], pin));
    expect(first.lines.map(errorOf)).toEqual([undefined, "ERR_PIN_WRONG", undefined]);
    write(home, "sim:one\nsim:other\nsim:three\nsim:four\n");
    const later = batch(await mynakit(issue(file), pin));
    expect(later.summary).toMatchObject({ created: 3, resumed: 2, failed: 1 });
    expect(later.lines.map(errorOf)).toContain("ERR_PIN_WITHHELD");
  });

  test("in a run after one that was accepted is stopped by a refusal that comes first", async ({ home, mynakit }) => {
    const names = numbered("card", 4);
    await makeCards(home, names);
    const file = write(home, "sim:card0\n");
    await mynakit(issue(file), pin);
    write(home, listing(names));
    const outcome = batch(await mynakit([...issue(file), "--parallel", "1"], { input: "9999\n" }));
    expect(outcome.lines.map(errorOf)).toEqual([undefined, "ERR_PIN_WRONG", "ERR_PIN_WITHHELD", "ERR_PIN_WITHHELD"]);
    const { lines } = batch(await mynakit([...issue(file), "--parallel", "1"], { input: "9999\n" }));
    expect(lines.map(errorOf)).toEqual([undefined, ...numbered("", 3).map(() => "ERR_PIN_WITHHELD")]);
    expect(names.map((name) => recordOf(home, name, "auth").verifies)).toEqual([1, 1, 0, 0]);
  });

  test("that was never sent is not remembered: locked and low counters are looked at anew each time", async ({
    home,
    mynakit,
  }) => {
    const file = write(home, "sim:auth-locked\nsim:auth-last-try\n");
    for (let run = 0; run < 2; run += 1) {
      const { lines } = batch(await mynakit([...issue(file), "--parallel", "1"], pin));
      expect(lines.map(errorOf)).toEqual(["ERR_PIN_LOCKED", "ERR_PIN_WITHHELD"]);
      expect(lines[1]?.error?.details).toMatchObject({ reason: "last-try" });
    }
    for (const name of ["auth-locked", "auth-last-try"]) {
      changeCard(home, name, (image) => ({
        ...image,
        pins: image.pins.map((each) => (each.id === "auth" ? { ...each, remaining: 3 } : each)),
      }));
    }
    expect(batch(await mynakit(issue(file), pin)).summary).toMatchObject({ failed: 0 });
  });

  test("by the first card of a run that was killed keeps it from the others until that card has answered", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one", "two"]);
    const file = write(home, "sim:one\nsim:two\n");
    await mynakit(issue(file), { input: "9999\n" });
    const [attempt = ""] = readFileSync(journalOf(home), "utf8").split("\n");
    writeFileSync(journalOf(home), `${attempt}\n`);
    const { lines } = batch(await mynakit(issue(file), { input: "9999\n" }));
    expect(lines.map(({ error }) => error?.details)).toMatchObject([{ reason: "earlier-run" }, { reason: "common" }]);
    expect(recordOf(home, "two", "auth").verifies).toBe(0);
  });

  test("by a run that was killed before it could say so shows in the counter, and is not presented again", async ({
    home,
    mynakit,
  }) => {
    await makeCards(home, ["one"]);
    const file = write(home, "sim:one\n");
    await mynakit(issue(file), { input: "9999\n" });
    const journal = journalOf(home);
    const [attempt = ""] = readFileSync(journal, "utf8").split("\n");
    writeFileSync(journal, `${attempt}\n`);
    const { error } = batch(await mynakit(issue(file), { input: "9999\n" })).lines[0] ?? {};
    expect(error).toMatchObject({ code: "ERR_PIN_WITHHELD", details: { reason: "earlier-run" }, triesBefore: 2 });
    expect(recordOf(home, "one", "auth").verifies).toBe(1);
  });
});

describe("after a crash", () => {
  /** The card's ID is issued; then the journal is as it was when the run got as far as `steps`, and half a line further. */
  test.for([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ] as const)(
    "behind step %i, everything is finished and nothing is done twice",
    async ([steps, created], { home, mynakit }) => {
      await makeCards(home, ["one"]);
      const file = write(home, "sim:one\n");
      const first = batch(await mynakit(issue(file), pin)).lines[0]?.data;
      const journal = journalOf(home);
      const records = readFileSync(journal, "utf8").split("\n").slice(0, -1);
      expect(records).toHaveLength(3);
      writeFileSync(
        journal,
        records
          .slice(0, steps)
          .map((record) => `${record}\n`)
          .join(""),
      );
      appendFileSync(journal, (records[steps] ?? "{").slice(0, -5));
      const outcome = await mynakit(issue(file), pin);
      expect(outcome.code).toBe(0);
      expect(batch(outcome).lines[0]?.data).toMatchObject({ mykeyId: first?.mykeyId, created, resumed: steps === 3 });
      expect(issues(home)).toHaveLength(1);
      const verifies = recordOf(home, "one", "auth").verifies;
      expect(verifies).toBe(steps === 3 ? 1 : 2);
      expect(batch(await mynakit(issue(file), pin)).summary).toMatchObject({ created: created ? 1 : 0, resumed: 1 });
      expect(recordOf(home, "one", "auth").verifies).toBe(verifies);
    },
  );

  /** The journal says what was intended, and the platform never heard of it. */
  test.for([1, 2] as const)("before what step %i intended, it is done", async (steps, { home, mynakit }) => {
    await makeCards(home, ["one"]);
    const file = write(home, "sim:one\n");
    await mynakit(issue(file), pin);
    const journal = journalOf(home);
    const records = readFileSync(journal, "utf8").split("\n").slice(0, steps);
    writeFileSync(journal, records.map((record) => `${record}\n`).join(""));
    rmSync(path.join(home, "platform"), { recursive: true });
    expect(batch(await mynakit(issue(file), pin)).summary).toMatchObject({ created: 1, failed: 0 });
    expect(issues(home)).toHaveLength(1);
  });

  test("a journal that is damaged in another way is named, and no card is used", async ({ home, mynakit }) => {
    await makeCards(home, ["one"]);
    const file = write(home, "sim:one\n");
    await mynakit(issue(file), pin);
    const journal = journalOf(home);
    for (const damage of ["garbage\n", '{"step":"done","reader":"sim:two"}\n', '{"step":"new","reader":"sim:one"}\n']) {
      const content = readFileSync(journal);
      appendFileSync(journal, damage);
      const { details } = failed(await mynakit(issue(file), pin), "ERR_IO_STATE_CORRUPT");
      expect(details).toMatchObject({ path: journal, problem: expect.stringContaining("line 4"), batch: true });
      writeFileSync(journal, content);
    }
    expect(recordOf(home, "one", "auth").verifies).toBe(1);
  });

  test("at any of thirty moments, every person gets one ID, and no PIN goes again to a card that is done", async ({
    home,
    start,
    mynakit,
  }) => {
    // Killed between the decrement and the comparison, a card is a try short, and nobody knows that the PIN was right.
    const costsATry = {
      code: "ERR_PIN_WITHHELD",
      details: { reason: expect.stringMatching(/^(earlier-run|common)$/) },
    };
    let state = 20_261_122;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    const kills = { all: 0, midway: 0 };
    let cards = 0;
    for (let round = 0; kills.all < 30; round += 1) {
      const names = numbered(`r${round}n`, 6);
      cards += names.length;
      await makeCards(home, names);
      const file = write(home, listing(names), `batch${round}`);
      const doneAt = new Map<string, number>();
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const running = start([...issue(file), "--parallel", "3"]);
        running.child.stdin.end("1234\n");
        const lines = below(3);
        for (let seen = 0; seen < lines; seen += 1) await running.line().catch(() => {});
        await delay(below(lines === 0 ? 900 : 100));
        const outcome = await running.stop("SIGKILL");
        for (const { data, error } of batch(outcome).lines) {
          if (error) {
            expect(error, JSON.stringify(error)).toMatchObject(costsATry);
            continue;
          }
          const name = data.reader.slice("sim:".length);
          const { verifies } = recordOf(home, name, "auth");
          expect(doneAt.get(name) ?? verifies, `${name} was done`).toBe(verifies);
          doneAt.set(name, verifies);
        }
        if (outcome.signal !== "SIGKILL") break;
        kills.all += 1;
        if (doneAt.size > 0 && doneAt.size < names.length) kills.midway += 1;
      }
      const outcome = await mynakit([...issue(file), "--retry-failed"], pin);
      expect({ code: outcome.code, ...batch(outcome).summary }).toMatchObject({ code: 0, failed: 0, left: 0 });
      for (const [name, verifies] of doneAt) expect(recordOf(home, name, "auth").verifies, name).toBe(verifies);
    }
    expect(new Set(issues(home)).size).toBe(cards);
    expect(issues(home)).toHaveLength(cards);
    expect(success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data.whole).toBe(true);
    expect(kills.midway, JSON.stringify(kills)).toBeGreaterThan(0);
  }, 600_000);
});

describe("a batch that runs", () => {
  test("keeps a second run of the same file away, and on Ctrl-C begins no further card; the next run goes on", async ({
    home,
    start,
    mynakit,
  }) => {
    const names = numbered("card", 12);
    await makeCards(home, names);
    const file = write(home, listing(names));
    const running = start([...issue(file), "--parallel", "1"]);
    running.child.stdin.end("1234\n");
    await running.line();
    const second = mynakit(issue(path.join(home, "./cards.txt")), pin);
    running.child.kill("SIGSTOP");
    failed(await second, "ERR_IO_STATE_BUSY");
    running.child.kill("SIGINT");
    running.child.kill("SIGCONT");
    const outcome = await running.ended;
    const { summary } = batch(outcome);
    expect({ code: outcome.code, signal: outcome.signal }).toEqual({ code: 130, signal: null });
    expect(summary?.left).toBeGreaterThan(0);
    const next = batch(await mynakit(issue(file), pin)).summary;
    expect(next).toMatchObject({ lines: 12, failed: 0, left: 0, resumed: summary?.created });
    expect(issues(home)).toHaveLength(12);
  });

  test("reads a file of any length as it goes", async ({ home, mynakit }) => {
    const file = write(home, `${"# nothing\n".repeat(100_000)}${"sim:nobody\n".repeat(2)}`);
    const { lines, summary } = batch(
      await mynakit(issue(file), { ...pin, env: { NODE_OPTIONS: "--max-old-space-size=48" } }),
    );
    expect(lines.map(({ data }) => data.line)).toEqual([100_001, 100_002]);
    expect(summary).toMatchObject({ lines: 2, failed: 2 });
  });
});
