import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { cardFile, recordOf, setFaults } from "./support/cards.ts";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const login = "portal login --pin-stdin -r sim:standard --json";

const commandsIn = (trace: string): number =>
  readFileSync(trace, { encoding: "utf8", flag: "a+" }).match(/^> /gm)?.length ?? 0;

/** Resolves when so many commands have been sent to the card. */
async function sent(trace: string, commands: number): Promise<void> {
  const options = { interval: 5, timeout: 10_000 };
  await expect.poll(() => commandsIn(trace), options).toBeGreaterThanOrEqual(commands);
}

describe("a home that cannot be written", () => {
  const commands = [
    "sim create mine",
    "sim reset standard",
    "pin tries -r sim:standard",
    "card status -r sim:standard",
    "cert show -r sim:standard",
    "portal login --pin-stdin -r sim:standard",
    "mykey issue --yes --pin-stdin -r sim:standard",
  ];

  test.for(commands)("below a file: %s says so", async (words, { home, mynakit }) => {
    const file = path.join(home, "file");
    writeFileSync(file, "");
    const env = { MYNAKIT_HOME: path.join(file, "home") };
    const { code, stdout } = await mynakit(`${words} --json`, { ...pin, env });
    expect(code).toBe(11);
    expect(JSON.parse(stdout).error.code).toMatch(/^ERR_IO_/);
  });

  test.for(commands)("that only others may write: %s says so", async (words, { home, mynakit }) => {
    const readOnly = path.join(home, "home");
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
    chmodSync(home, 0o755);
    // Root may write everywhere; the user nobody (65534 on every Linux) may not.
    const under = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
    const { code, stdout } = await mynakit(`${words} --json`, { ...pin, under, env: { MYNAKIT_HOME: readOnly } });
    expect(code).toBe(11);
    expect(JSON.parse(stdout).error.code).toMatch(/^ERR_IO_/);
  });

  test("is no obstacle to what writes nothing", async ({ home, mynakit }) => {
    const file = path.join(home, "file");
    writeFileSync(file, "");
    const env = { MYNAKIT_HOME: path.join(file, "home") };
    for (const words of ["--help", "--version", "sim profiles", "completion bash"]) {
      expect(await mynakit(words, { env })).toMatchObject({ code: 0 });
    }
  });
});

describe("a simulated card whose file was cut in half", () => {
  /** @returns its state file */
  function cutInHalf(home: string, name: string): string {
    const file = cardFile(home, name);
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    return file;
  }

  test("is named as damaged and left alone, until it is deleted", async ({ home, mynakit }) => {
    await mynakit("sim create mine --profile under-15");
    const file = cutInHalf(home, "mine");
    const damaged = readFileSync(file);
    for (const words of ["pin tries -r sim:mine", "card status -r sim:mine", "sim show mine", "sim reset mine"]) {
      const { details, hint } = failed(await mynakit(`${words} --json`), "ERR_IO_STATE_CORRUPT");
      expect({ details, hint }).toMatchObject({ details: { path: file }, hint: expect.stringContaining("sim delete") });
    }
    expect(readFileSync(file).equals(damaged)).toBe(true);
    expect(success("sim delete", await mynakit("sim delete mine --json")).data.deleted).toBe(true);
    success("sim create", await mynakit("sim create mine --json"));
  });

  test("is made anew by reset where its name says what it was", async ({ home, mynakit }) => {
    await mynakit("sim create standard");
    cutInHalf(home, "standard");
    expect(success("sim reset", await mynakit("sim reset standard --json")).data.profile).toBe("standard");
    expect(recordOf(home, "standard", "auth")).toMatchObject({ remaining: 3 });
  });

  test("does not hide the others", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    await mynakit("sim create other");
    truncateSync(cardFile(home, "mine"), 100);
    const { code, stdout } = await mynakit("sim list --json");
    expect(code === 0 ? stdout : JSON.parse(stdout).error.details.path).toContain("mine");
    expect(await mynakit("pin tries -r sim:other")).toMatchObject({ code: 0 });
  });
});

describe("other files of the home that are damaged", () => {
  test("a session file is named, and the way out is told", async ({ home, mynakit }) => {
    success("portal login", await mynakit(login, pin));
    const file = path.join(home, "sessions.json");
    truncateSync(file, 100);
    expect(failed(await mynakit("portal whoami --json"), "ERR_IO_STATE_CORRUPT").details).toMatchObject({ path: file });
    // Before the card is touched.
    expect(failed(await mynakit(login, pin), "ERR_IO_STATE_CORRUPT").pinSent).toBe(false);
    rmSync(file);
    failed(await mynakit("portal whoami --json"), "ERR_PLATFORM_SESSION");
  });

  test("a database that is none is named", async ({ home, mynakit }) => {
    mkdirSync(path.join(home, "platform"));
    const file = path.join(home, "platform/sandbox.db");
    writeFileSync(file, "this is no database, and was never one ".repeat(100));
    const error = failed(await mynakit(login, pin), "ERR_IO_DATABASE");
    expect(error).toMatchObject({ pinSent: false, details: { database: file } });
  });
});

describe("output that goes nowhere", () => {
  const commands = [
    "pin tries -r sim:standard",
    "pin tries -r sim:standard --json",
    "--help",
    "--version",
    "completion bash",
    "cert show -r sim:standard --format der",
  ];

  test.for(commands)("to a full disk: %s exits 11 and says why", async (words, { mynakit }) => {
    const full = openSync("/dev/full", "w");
    const { code, stderr } = await mynakit(words, { stdout: full });
    closeSync(full);
    expect({ code, told: stderr.includes("ERR_IO_WRITE (11)") }).toEqual({ code: 11, told: true });
    expect(stderr).toContain("ENOSPC");
    expect(stderr).not.toContain("    at ");
  });

  test("an error keeps its exit code, even where nothing takes its words", async ({ mynakit }) => {
    const full = openSync("/dev/full", "w");
    const document = await mynakit("pin tries -r sim:nosuch --json", { stdout: full });
    closeSync(full);
    expect(document).toMatchObject({ code: 3, stderr: expect.stringContaining("ERR_READER_NOT_FOUND (3)") });
    const words = await mynakit("pin tries -r sim:nosuch", { under: ["sh", "-c", '"$@" 2>/dev/full', "sh"] });
    expect(words).toMatchObject({ code: 3, stderr: "" });
  });

  test.for(["--help", "sim profiles", "completion bash", "card status -r sim:standard --json"])(
    "into a pipe that nobody reads to its end: %s is quiet",
    async (words, { mynakit }) => {
      const under = ["bash", "-c", '"$@" | head -c 1; exit $PIPESTATUS', "bash"];
      expect(await mynakit(`${words} --quiet`, { under })).toMatchObject({ code: 0, stderr: "" });
    },
  );
});

describe("kill -9", () => {
  test("after any command costs the try that was spent, and no other", async ({ home, mynakit, start }) => {
    const trace = path.join(home, "trace");
    const words = `cert show sign -r sim:standard --pin-stdin --trace ${trace}`;
    const wrong = { input: "WRONG123\n" };
    failed(await mynakit(`${words} --json`, wrong), "ERR_PIN_WRONG");
    const all = commandsIn(trace);
    for (let commands = 1; commands <= all; commands++) {
      await mynakit("sim reset standard");
      setFaults(home, "standard", { slowMs: 20 });
      rmSync(trace);
      const running = start(words);
      running.child.stdin.end(wrong.input);
      await sent(trace, commands);
      await running.stop("SIGKILL");
      const { remaining, verifies, lastTryBurnt } = recordOf(home, "standard", "sign");
      expect(verifies).toBeLessThanOrEqual(1);
      expect({ remaining, lastTryBurnt }).toEqual({ remaining: 5 - verifies, lastTryBurnt: false });
    }
  });

  test("frees the card for the next", async ({ home, mynakit, start }) => {
    await mynakit("sim create mine");
    setFaults(home, "mine", { slowMs: 300 });
    const trace = path.join(home, "trace");
    const running = start(`card status -r sim:mine --trace ${trace}`);
    await sent(trace, 1);
    await running.stop("SIGKILL");
    setFaults(home, "mine", { slowMs: 0 });
    expect(await mynakit("pin tries -r sim:mine")).toMatchObject({ code: 0 });
  });
});

describe("several processes at one card", () => {
  test("take turns, and no try is lost or won", async ({ home, mynakit }) => {
    await mynakit("sim create mine");
    const wrong = () => mynakit("cert show sign -r sim:mine --pin-stdin --json", { input: "WRONG123\n" });
    const codes = (await Promise.all([wrong(), wrong(), wrong(), wrong(), wrong(), wrong()])).map(({ code }) => code);
    expect(codes.every((code) => code === 5 || code === 7 || code === 3)).toBe(true);
    const { remaining, verifies, lastTryBurnt } = recordOf(home, "mine", "sign");
    expect(verifies).toBe(codes.filter((code) => code === 5).length);
    expect({ remaining, lastTryBurnt }).toEqual({ remaining: 5 - verifies, lastTryBurnt: false });
  });

  test("wait for each other for a moment, then say who is in the way", async ({ home, mynakit, start }) => {
    await mynakit("sim create mine");
    // Longer than the second one may take.
    setFaults(home, "mine", { slowMs: 15_000 });
    const trace = path.join(home, "trace");
    start(`card status -r sim:mine --trace ${trace}`);
    await sent(trace, 1);
    const outcome = await mynakit("pin tries -r sim:mine --json");
    expect(failed(outcome, "ERR_READER_BUSY")).toMatchObject({ retryable: true, details: { reader: "sim:mine" } });
    expect(outcome.milliseconds).toBeLessThan(15_000);
    expect(await mynakit("pin tries -r sim:standard")).toMatchObject({ code: 0 });
  });

  test("that issue at the same time get one ID", async ({ mynakit }) => {
    const issue = () => mynakit("mykey issue --yes --pin-stdin -r sim:standard --json", pin);
    const issued = (await Promise.all([issue(), issue(), issue()])).map(
      (outcome) => success("mykey issue", outcome).data,
    );
    expect(new Set(issued.map(({ mykeyId }) => mykeyId)).size).toBe(1);
    expect(issued.filter(({ created }) => created)).toHaveLength(1);
  });
});
