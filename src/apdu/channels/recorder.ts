import { type Concealment, parseLine } from "./dialogue.ts";
import type { TraceSink } from "./trace.ts";

export interface RecorderOptions {
  readonly write: (line: string) => void;
  readonly personal: boolean;
  /** Milliseconds; where given, every answer says how long the card took. */
  readonly now?: () => number;
}

/** A sink that keeps count of what it was not shown, to say so when the recording ends. */
export interface Recorder extends TraceSink {
  /** Writes the last lines. */
  readonly end: () => void;
}

/** Makes a recording of what a trace gives: line by line, with times where wanted, and what was left out at the end. */
export function recorder({ write, personal, now }: RecorderOptions): Recorder {
  const counts = new LeftOut();
  let sent = 0;
  return {
    personal,
    write(line) {
      counts.add(line);
      if (now && line.startsWith(">")) sent = now();
      write(now && line.startsWith("<") ? `${line}   # ${Math.max(0, Math.round(now() - sent))} ms` : line);
    },
    end: () => counts.lines(personal).forEach(write),
  };
}

const unclear = "data of answers that may hold the My Number, as it is not clear what was selected";
const masked = "data of answers that are, or may be, personal (--trace-personal records what is)";

class LeftOut {
  #commands = 0;
  readonly #counts: Record<"command" | "response", Record<Concealment, number>> = {
    command: { pin: 0, "my-number": 0, personal: 0 },
    response: { pin: 0, "my-number": 0, personal: 0 },
  };

  add(text: string): void {
    const line = parseLine(text, 1);
    if (!line || line.kind === "atr") return;
    if (line.kind === "command") this.#commands++;
    if (line.concealed) this.#counts[line.kind][line.concealed]++;
  }

  lines(personal: boolean): string[] {
    const { command, response } = this.#counts;
    const remarks: readonly (readonly [number, string])[] = [
      [command.pin, "data of commands with a PIN, which is never recorded"],
      [command.personal, "data of commands that are not known"],
      [response["my-number"], "data of answers with the My Number, which is never recorded"],
      [response.personal, personal ? unclear : masked],
    ];
    const left = remarks.flatMap(([count, what]) => (count > 0 ? [`# left out: ${what}: ${count}`] : []));
    return [`# the end; commands: ${this.#commands}`, ...(left.length > 0 ? left : ["# nothing was left out"])];
  }
}
