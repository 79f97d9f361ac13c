import { vi } from "vitest";
import type { Reader, ReaderBackend } from "../../../src/apdu/reader.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import { issueCard } from "../../../src/simulator/issue.ts";
import type { Outcome } from "../../cli/support/program.ts";
import { type CommandLine, secrets } from "./command-lines.ts";
import { type RunOptions, runMain } from "./in-process.ts";
import { type CardProcess, type ProcessOptions, sharedCard } from "./shared-card.ts";

let inserted: Reader | undefined;

/** The system's PC/SC service, with one reader and our card in it. */
vi.mock("../../../src/apdu/readers/pcsc.ts", () => ({
  pcscBackend: (): ReaderBackend => ({
    list: async () => [],
    open: async () => {
      if (!inserted) throw new Error("no card for this run");
      return inserted;
    },
    close: async () => undefined,
  }),
}));

const image: CardImage = issueCard({ name: "swept", profile: "standard", seed: "sweep", now: new Date() });

function newCard(): CardImage {
  const { auth, sign, text, a, b } = secrets;
  const values = new Map(Object.entries({ auth, sign, text, "text-a": a, "text-b": b, "visual-a": a, "visual-b": b }));
  return { ...image, pins: image.pins.map((pin) => ({ ...pin, value: values.get(pin.id) ?? pin.value })) };
}

export interface RunWithCard {
  readonly outcome: Outcome;
  readonly process: CardProcess;
  readonly card: CardImage;
}

interface Around extends Pick<ProcessOptions, "incident">, Pick<RunOptions, "meanwhile"> {
  /** Told of everything that takes its time, a person typing or a request, and whether the card is held then. */
  readonly waited?: (held: boolean, what: string) => void;
}

/** Runs a command in this process, with a new card in the reader. */
export async function runWithCard(
  home: string,
  { words, pins }: CommandLine,
  { incident, meanwhile, waited = () => {} }: Around = {},
): Promise<RunWithCard> {
  const shared = sharedCard(newCard());
  const process = shared.process({ incident });
  inserted = { ...process.reader, simulated: false };
  const argv = [...words.replace("HOME", home).split(" "), "--json", ...(pins ? ["--pin-stdin"] : []), "-r", "pcsc:"];
  const outcome = await runMain(argv, {
    home,
    ...(pins && { input: `${pins.join("\n")}\n` }),
    meanwhile() {
      waited(shared.held, "person");
      meanwhile?.();
    },
    fetch(input, init) {
      waited(shared.held, new URL(input instanceof Request ? input.url : input).pathname);
      return fetch(input, init);
    },
  });
  return { outcome, process, card: shared.image };
}
