import path from "node:path";
import { inFolder, median, program, type Start, timeOf } from "./processes.ts";

export interface StartUp {
  readonly name: string;
  readonly milliseconds: number;
  /** Median of the ratios to `node -e 0` of the same round. */
  readonly ratio: number;
  /** The ratio that it ought to stay within. */
  readonly aim: number | null;
}

interface Case extends Start {
  readonly name: string;
  readonly aim: number | null;
}

const reader = ["-r", "sim:standard"];
const pin = ["--pin-stdin", ...reader];

/** `used` is a home in which everything was run before, `fresh` one of this round. */
function casesOf(used: string, fresh: string): readonly Case[] {
  const mynakit = (aim: number, home: string, name: string, ...words: string[]): Case => ({
    name: `mynakit ${name}`,
    words: [program, ...words],
    input: "1234\n",
    env: { MYNAKIT_HOME: home },
    aim,
  });
  return [
    { name: "node -e 0", words: ["-e", "0"], aim: null },
    mynakit(1.3, used, "--version", "--version"),
    mynakit(1.5, used, "--help", "--help"),
    mynakit(2.5, used, "pin tries", "pin", "tries", ...reader),
    mynakit(8, fresh, "mykey issue (first use)", "mykey", "issue", "--yes", ...pin),
    mynakit(8, used, "mykey issue (issued before)", "mykey", "issue", "--yes", ...pin),
    mynakit(8, fresh, "portal login", "portal", "login", ...pin),
  ];
}

/** Whole processes on the simulated card and the embedded platform, in turns: what else the machine does hits all alike. */
export const startUps = (rounds: number): Promise<StartUp[]> =>
  inFolder((folder) => {
    const used = path.join(folder, "used");
    for (const each of casesOf(used, used)) timeOf(each);
    const times = Array.from({ length: rounds }, (_, round) =>
      casesOf(used, path.join(folder, String(round))).map(timeOf),
    );
    return casesOf(used, used).map(({ name, aim }, index) => ({
      name,
      aim,
      milliseconds: median(times.map((round) => round[index] ?? Number.NaN)),
      ratio: median(times.map((round) => (round[index] ?? Number.NaN) / (round[0] ?? Number.NaN))),
    }));
  });
