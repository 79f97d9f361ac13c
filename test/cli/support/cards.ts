import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DataOf } from "../../../src/commands/results.ts";
import { type CardImage, parseImage } from "../../../src/simulator/image.ts";
import { success } from "./documents.ts";
import type { Fixtures } from "./test.ts";

type Mynakit = Fixtures["mynakit"];

/** Where a simulated card keeps its state. */
export const cardFile = (home: string, name: string): string => path.join(home, "sim", `${name}.json`);

/** Gives a card, made already, a fault that no profile has. */
export function setFaults(home: string, name: string, faults: Partial<CardImage["faults"]>): void {
  const file = cardFile(home, name);
  const image = parseImage(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...image, faults: { ...image.faults, ...faults } }));
}

/** The card's own record of a PIN: the judge of what was sent. */
export async function recordOf(
  mynakit: Mynakit,
  name: string,
  id: string,
): Promise<DataOf<"sim show">["pins"][number]> {
  const { data } = success("sim show", await mynakit(`sim show ${name} --json`));
  const pin = data.pins.find((each) => each.id === id);
  if (!pin) throw new Error(`the card ${name} has no PIN ${id}`);
  return pin;
}
