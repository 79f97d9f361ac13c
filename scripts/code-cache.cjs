const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { PassThrough } = require("node:stream");
const { randomBytes } = require("node:crypto");
const { launcher } = require("../bin/launch.cjs");

// Runs the main job once in this process, so that the code caches hold what it compiles, and writes them beside the
// chunks of the folder that is named; and the pages that need no program to be shown (src/prepared.ts).
const [folder] = process.argv.slice(2);
const { load, caches } = launcher(folder);
const home = mkdtempSync(path.join(tmpdir(), "mynakit-build-"));

function host(argv, { input = "", stdout = new PassThrough().resume() } = {}) {
  const stdin = new PassThrough();
  stdin.end(input);
  return {
    argv,
    env: { MYNAKIT_HOME: home },
    platform: process.platform,
    stdin,
    stdout,
    stderr: new PassThrough().resume(),
    now: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    fetch,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    interrupted: new AbortController().signal,
    interrupt: () => {},
  };
}

const pin = ["--pin-stdin", "-r", "sim:standard"];
const job = [
  ["--version"],
  ["--help"],
  ["--help", "--lang", "ja"],
  ["pin", "tries", "-r", "sim:standard"],
  ["pin", "tries", "-r", "sim:standard", "--json"],
  ["card", "status", "-r", "sim:standard"],
  ["cert", "show", "-r", "sim:standard"],
  ["mykey", "issue", "--yes", ...pin],
  ["portal", "login", ...pin],
  ["portal", "whoami"],
  ["portal", "logout"],
];

/** Name, command line, and whether for a terminal. */
const pages = [
  ["version", ["--version"], false],
  ["help.en", ["--help", "--lang", "en"], false],
  ["help.ja", ["--help", "--lang", "ja"], false],
  ["help.en.colour", ["--help", "--lang", "en"], true],
  ["help.ja.colour", ["--help", "--lang", "ja"], true],
];

(async () => {
  const { main } = load("cli.cjs");
  const run = async (argv, options) => {
    const { exitCode } = await main(host(argv, options));
    if (exitCode !== 0) throw new Error(`mynakit ${argv.join(" ")} ended with ${exitCode} while the build warmed up`);
  };
  for (const argv of job) await run(argv, { input: "1234\n" });
  for (const [name, argv, isTTY] of pages) {
    const stdout = Object.assign(new PassThrough(), { isTTY });
    await run(argv, { stdout });
    writeFileSync(path.join(folder, `${name}.txt`), stdout.read());
  }
  // What answers from these pages has a cache, too.
  load("prepared.cjs").pageOf({ argv: ["--help"], env: {}, terminal: () => false });
  for (const { path: file, data } of caches()) writeFileSync(file, data);
})()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(home, { recursive: true, force: true }));
