import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { PinId } from "../../../src/jpki/applications.ts";
import { type CardImage, parseImage } from "../../../src/simulator/image.ts";

/** Where a simulated card keeps its state. */
export const cardFile = (home: string, name: string): string => path.join(home, "sim", `${name}.json`);

/** Changes a card that has been made, behind its back. @returns the card as it was changed */
export function changeCard(home: string, name: string, change: (image: CardImage) => CardImage): CardImage {
  const file = cardFile(home, name);
  const changed = change(parseImage(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify(changed));
  return changed;
}

/** Gives a card a fault that no profile has. */
export function setFaults(home: string, name: string, faults: Partial<CardImage["faults"]>): void {
  changeCard(home, name, (image) => ({ ...image, faults: { ...image.faults, ...faults } }));
}

/** The card's own record of a PIN: the judge of what was sent. */
export function recordOf(home: string, name: string, id: PinId): CardImage["pins"][number] {
  const pin = parseImage(readFileSync(cardFile(home, name), "utf8")).pins.find((each) => each.id === id);
  if (!pin) throw new Error(`the card ${name} has no PIN ${id}`);
  return pin;
}
