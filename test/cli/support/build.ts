import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../..");
const compiled = path.join(root, "dist/cli.cjs");

/** Compiles the program before its tests where that has not been done since the last change of a source. */
export function setup(): void {
  if (process.env.MYNAKIT_PROGRAM || (existsSync(compiled) && changed(compiled) > newest(path.join(root, "src"))))
    return;
  const { status } = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: "inherit" });
  if (status !== 0) throw new Error("the program does not compile");
}

const changed = (file: string): number => statSync(file).mtimeMs;

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((file) => changed(path.join(file.parentPath, file.name))));
}
