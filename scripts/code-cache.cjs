const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { PassThrough } = require("node:stream");
const { randomBytes } = require("node:crypto");
const { load, caches } = require("../bin/launch.cjs");

// Runs the main job once in this process, so that the code caches hold what it compiles, and writes them beside the chunks.
const home = mkdtempSync(path.join(tmpdir(), "mynakit-build-"));

function host(argv, input) {
  const quiet = () => new PassThrough().resume();
  const stdin = new PassThrough();
  stdin.end(input);
  return {
    argv,
    env: { MYNAKIT_HOME: home },
    platform: process.platform,
    stdin,
    stdout: quiet(),
    stderr: quiet(),
    now: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    fetch,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    interrupted: new AbortController().signal,
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

(async () => {
  const { main } = load("cli.cjs");
  for (const argv of job) {
    const { exitCode } = await main(host(argv, "1234\n"));
    if (exitCode !== 0) throw new Error(`mynakit ${argv.join(" ")} ended with ${exitCode} while the build warmed up`);
  }
  for (const { path: file, data } of caches()) writeFileSync(file, data);
})()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(home, { recursive: true, force: true }));
