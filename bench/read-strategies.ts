import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { inFolder, program } from "./processes.ts";

export interface Strategy {
  readonly name: string;
  /** Commands for the authentication certificate: with answers of at most 256 bytes, and with extended length. */
  readonly short: number | null;
  readonly extended: number | null;
}

/** Size of the file that holds the certificate, filler included, as seen on a real card. */
const fileSize = 3808;
/** SELECT of the application, and of the file. */
const selects = 2;

/**
 * How public clients read a certificate, by their sources: computed, each at its best. `length` is that of the DER.
 */
const published = (length: number): Strategy[] => [
  {
    name: "length from 4 bytes, then 256 at a time",
    short: selects + 1 + Math.ceil((length - 4) / 256),
    extended: null,
  },
  {
    name: "length from 7 bytes, then 256 at a time",
    short: selects + 1 + Math.ceil((length - 7) / 256),
    extended: null,
  },
  {
    name: "length from 8 bytes, then 255 at a time",
    short: selects + 1 + Math.ceil((length - 8) / 255),
    extended: null,
  },
  { name: "224 at a time to the end of the file", short: selects + Math.ceil(fileSize / 224) + 1, extended: null },
  { name: "256 at a time, length from the first", short: selects + Math.ceil(length / 256), extended: null },
  { name: "whole file at once", short: null, extended: selects + 1 },
  { name: "whole file at once, by short file id", short: null, extended: selects },
];

/** Commands that `cert show auth` sends to a simulated card, by its trace; and the length of what it read. */
function own(folder: string, profile: string): { apdus: number; length: number } {
  const trace = path.join(folder, `${profile}.trace`);
  const words = [program, "cert", "show", "auth", "-r", `sim:${profile}`, "--json", "--quiet", "--trace", trace];
  const env = { ...process.env, MYNAKIT_HOME: folder };
  const { stdout } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
  const { pem } = JSON.parse(stdout).data.certificate as { pem: string };
  const apdus = readFileSync(trace, "utf8").match(/^>/gm)?.length ?? 0;
  return { apdus, length: Buffer.from(pem.replace(/-----.*-----/g, ""), "base64").length };
}

/** Ours on the card that `inserted` counted (short length), on a simulated card (extended), and those of others. */
export const readStrategies = (inserted: number | null): Promise<{ length: number; strategies: Strategy[] }> =>
  inFolder((folder) => {
    const { apdus, length } = own(folder, "standard");
    const ours = { name: "mynakit (one of them reads the token information)", short: inserted, extended: apdus };
    return { length, strategies: [ours, ...published(length)] };
  });
