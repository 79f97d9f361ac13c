import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const folder = process.env.MYNAKIT_TEST_POSTGRES_FOLDER ?? "";

/** Kills the server and every process of it with -9, and starts it again. */
export async function strike(): Promise<void> {
  const [server = ""] = readFileSync(path.join(folder, "data", "postmaster.pid"), "utf8").split("\n");
  const others = readFileSync(`/proc/${server}/task/${server}/children`, "utf8").split(" ").filter(Boolean);
  for (const pid of [server, ...others]) kill(Number(pid));
  // It does not start while the dead one's processes have not been cleared away, which nobody tells.
  while (!(await starts())) await delay(100);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself: a connection that was closed.
  }
}

async function starts(): Promise<boolean> {
  const starting = spawn("sh", [path.join(folder, "start")], { stdio: "ignore" });
  const [code] = await once(starting, "exit");
  return code === 0;
}
