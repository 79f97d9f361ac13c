import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { getPriority } from "node:os";
import path from "node:path";
import { pid } from "node:process";
import { MynakitError } from "../errors.ts";
import { isSystemError, makeFolder, reading, writing } from "../files.ts";
import type { Host } from "../host.ts";

/**
 * An exclusive hold between processes. Each contender leaves a mark, an empty file named after its process id and start time,
 * and then looks for the marks of other living processes: of two contenders at least the later one sees the other and withdraws.
 * A mark of a dead process counts for nothing, and as its name never comes back, anyone may sweep it away at any time: there
 * is no moment at which a takeover could remove the wrong one.
 */
export interface Lock {
  /** Idempotent. */
  release(): void;
}

export interface LockOptions {
  readonly sleep: Host["sleep"];
  readonly signal: AbortSignal;
  /** How long to wait for another holder. */
  readonly seconds: number;
}

const pollMs = 10;

/**
 * Holds what `name` stands for in `folder`, which is made where it is missing.
 * @throws {MynakitError} ERR_READER_BUSY, ERR_CANCELLED, ERR_IO_WRITE
 */
export async function holdLock(folder: string, name: string, { sleep, signal, seconds }: LockOptions): Promise<Lock> {
  makeFolder(folder);
  const prefix = `${name}.hold.`;
  const self = { pid, started: startOf(pid) ?? "0" };
  const mark = path.join(folder, `${prefix}${self.pid}-${self.started}`);
  // Two contenders that withdrew together must not come back together.
  const pause = pollMs + (pid % pollMs);
  for (let waited = 0; ; waited += pause) {
    if (writing(mark, () => tryLock(folder, prefix, mark))) return heldBy(mark);
    if (waited >= seconds * 1000) throw new MynakitError("ERR_READER_BUSY", { reader: `sim:${name}`, seconds });
    await sleep(pause, signal).catch((reason: unknown) => {
      if (!signal.aborted) throw reason;
      throw new MynakitError("ERR_CANCELLED", { signal: String(reason) }, { cause: reason });
    });
  }
}

/** The mark is removed once: later it may be that of another hold of this process. */
function heldBy(mark: string): Lock {
  let held = true;
  return {
    release() {
      if (held) rmSync(mark, { force: true });
      held = false;
    },
  };
}

function tryLock(folder: string, prefix: string, mark: string): boolean {
  if (!leaveMark(mark)) return false;
  const others = readdirSync(folder).filter((file) => file.startsWith(prefix) && file !== path.basename(mark));
  const dead = others.filter((file) => !isAlive(file.slice(prefix.length)));
  for (const file of dead) rmSync(path.join(folder, file), { force: true });
  if (dead.length === others.length) return true;
  rmSync(mark, { force: true });
  return false;
}

/** False where this very process holds it already. */
function leaveMark(mark: string): boolean {
  try {
    closeSync(openSync(mark, "wx", 0o600));
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(holder: string): boolean {
  const [holderPid, started] = holder.split("-");
  return startOf(Number(holderPid)) === started;
}

/**
 * When a process started: on Linux in clock ticks since boot, elsewhere "0". Undefined: there is no such process, or only
 * what is left of it until its parent asks (a zombie). Source: proc(5).
 */
function startOf(processId: number): string | undefined {
  const stat = reading(`/proc/${processId}/stat`, (file) => readFileSync(file, "utf8"));
  if (stat === undefined) return existsSync("/proc/self/stat") ? undefined : startWithoutProc(processId);
  // The command's name, in parentheses, may itself hold spaces and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : fields[18];
}

function startWithoutProc(processId: number): string | undefined {
  try {
    getPriority(processId);
    return "0";
  } catch {
    return undefined;
  }
}
