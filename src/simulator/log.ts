import { closeSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { reading, replaceFile, writing } from "../files.ts";

/** What happened to a card, line by line, in a file for its owner alone. The caller holds the card (`lock.ts`). */
export interface CardLog {
  /** @throws {MynakitError} ERR_IO_WRITE */
  write(line: string): void;
  /** Idempotent. */
  close(): void;
}

/** Bytes that a log may have; some hundred logins. */
const limit = 256 * 1024;

/** The log in a file, which its first line makes. Where it grows too long, its older half goes. */
export function cardLog(file: string): CardLog {
  let descriptor: number | undefined;
  let size = 0;

  const open = (): number => {
    descriptor ??= openSync(file, "a", 0o600);
    size = fstatSync(descriptor).size;
    return descriptor;
  };
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };

  return {
    write(line) {
      if (size > limit) {
        close();
        replaceFile(file, newerHalf(readLog(file)));
      }
      const opened = writing(file, () => descriptor ?? open());
      size += writing(file, () => writeSync(opened, `${line}\n`));
    },
    close,
  };
}

/** From the beginning of a card session, so that it can be replayed. */
function newerHalf(text: string): string {
  const rest = text.slice(-limit / 2);
  const session = rest.search(/^atr /m);
  return `# what was here before is gone\n${session < 0 ? "" : rest.slice(session)}`;
}

/** What the log holds, as far as its lines are whole; empty where there is none. @throws {MynakitError} ERR_IO_READ */
export function readLog(file: string): string {
  const text = reading(file, (from) => readFileSync(from, "utf8")) ?? "";
  return text.slice(0, text.lastIndexOf("\n") + 1);
}
