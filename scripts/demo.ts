import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The main job on a simulated card and the local platform: the real commands, one after the other, in a home of their own. */
const program = path.join(import.meta.dirname, "..", "bin", "mynakit");
const home = mkdtempSync(path.join(tmpdir(), "mynakit-demo-"));
const reader = "sim:standard";
const steps: readonly (readonly [words: string, pin?: string])[] = [
  ["reader list"],
  ["card status"],
  ["pin tries"],
  ["cert show auth"],
  ["mykey issue --yes", "1234"],
  ["portal login", "1234"],
  ["portal whoami"],
];

console.log(`# Everything below is simulated: no card, no reader, no network.\n$ export MYNAKIT_READER=${reader}`);
let failed = 0;
for (const [words, pin] of steps) {
  console.log(`\n$ ${pin ? `echo ${pin} | ` : ""}mynakit ${words}${pin ? " --pin-stdin" : ""}`);
  const { status } = spawnSync(process.execPath, [program, ...words.split(" "), ...(pin ? ["--pin-stdin"] : [])], {
    input: pin ? `${pin}\n` : "",
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, MYNAKIT_HOME: home, MYNAKIT_READER: reader, MYNAKIT_PLATFORM: "embedded" },
  });
  if (status !== 0) {
    failed = status ?? 1;
    break;
  }
}
rmSync(home, { recursive: true, force: true });
process.exitCode = failed;
