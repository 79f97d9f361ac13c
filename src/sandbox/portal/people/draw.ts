import { createHash } from "node:crypto";

const digits = 12;

/** A whole number from 0 up to below `count`, the same whenever the same name is drawn. */
export type Draw = (name: string, count: number) => number;

/** What looks like chance, and is the same for the same seed, in whatever order it is drawn. */
export const drawFrom =
  (seed: string): Draw =>
  (name, count) => {
    const hash = createHash("sha256")
      .update(JSON.stringify([seed, name]))
      .digest("hex");
    return Number.parseInt(hash.slice(0, digits), 16) % count;
  };
