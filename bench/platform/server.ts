import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { program } from "../processes.ts";

/** The compiled program as a sandbox on a port of its own. */
export interface Server {
  readonly url: string;
  /** Resident memory in MiB (Linux). */
  memory(): number;
  /** Seconds of processor time since it began. */
  busy(): number;
  stop(): Promise<void>;
}

/** @throws {Error} where it does not begin */
export async function startServer(database: string): Promise<Server> {
  const words = [program, "sandbox", "start", "--port", "0", "--database", database];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [url = ""] = await once(createInterface(child.stdout), "line");
  if (!/^http/.test(url)) throw new Error(`the sandbox says: ${url}`);
  return {
    url,
    memory: () => Number(/VmRSS:\s+(\d+) kB/.exec(ofProcess(child, "status"))?.[1]) / 1024,
    busy: () => {
      const [, user, system] = /\) \S(?: \S+){10} (\d+) (\d+)/.exec(ofProcess(child, "stat")) ?? [];
      return (Number(user) + Number(system)) / ticksPerSecond;
    },
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** USER_HZ, the same on every Linux that Node.js runs on (proc(5)). */
const ticksPerSecond = 100;

const ofProcess = ({ pid }: ChildProcess, file: string): string => readFileSync(`/proc/${pid}/${file}`, "utf8");
