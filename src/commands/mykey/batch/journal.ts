import { createHash } from "node:crypto";
import { closeSync, createReadStream, fdatasyncSync, ftruncateSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../../../errors.ts";
import { isSystemError, makeFolder, writing } from "../../../files.ts";
import { type Members, members } from "../../../login/shape.ts";
import type { IssueOrder } from "../../../mykey/client.ts";

/** A card in a reader. */
export interface Seat {
  /** The reader as the batch file names it, and as its back end does. */
  readonly reader: string;
  readonly uri: string;
  /** The fingerprint of the card's certificate; null: it was not read. */
  readonly card: string | null;
}

/** How a card came out that needs nothing more. */
export interface Done {
  readonly mykeyId: string;
  readonly furigana: string;
  readonly created: boolean;
}

/** All that is known of one line's card. */
export interface Entry extends Seat {
  /** The counter before the last attempt, if there was one. */
  readonly tries?: number;
  /** What was last ordered for this card. */
  readonly order?: IssueOrder;
  readonly done?: Done;
  /** True where its PIN was sent and refused, or nobody knows: nobody presents it again unasked. */
  readonly refused?: true;
}

/** Whether the PIN for all cards is right: `asked`: it left for that card alone; `refused`: by that one, as far as is known. */
export interface CommonState {
  readonly state: "open" | "asked" | "accepted" | "refused";
  /** The fingerprint of the card's certificate, where it is `asked` or `refused`. */
  readonly card: string | null;
}

/** Whether what is written down decides over the PIN for all cards. */
interface Weight {
  readonly common: boolean;
}

const open: CommonState = { state: "open", card: null };
const accepted: CommonState = { state: "accepted", card: null };

type Step = "attempt" | "unspent" | "order" | "done" | "refused";

/**
 * What a batch intends and what came of it, one JSON object a line, each on the disk before the work goes on: after a crash at
 * any moment the next run knows which cards are done and which PINs must not be presented again. No PIN is in it.
 */
export class Journal {
  readonly file: string;
  readonly #descriptor: number;
  readonly #readers = new Map<string, Entry>();
  readonly #cards = new Map<string, Entry>();
  #common = open;

  private constructor(file: string, descriptor: number) {
    this.file = file;
    this.#descriptor = descriptor;
  }

  /**
   * The journal that belongs to a batch file and a platform; new where there is none. Half a line at its end, which a
   * crash leaves, is taken off.
   * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
   */
  static async open(file: string): Promise<Journal> {
    makeFolder(path.dirname(file));
    const descriptor = writing(file, () => openSync(file, "a+", 0o600));
    const journal = new Journal(file, descriptor);
    try {
      await journal.#replay();
      return journal;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** What is known of a reader, under either of its names. */
  ofReader(name: string): Entry | undefined {
    return this.#readers.get(name);
  }

  /** What is known of a card, in whichever reader it was. */
  ofCard(fingerprint: string): Entry | undefined {
    return this.#cards.get(fingerprint);
  }

  /** What the cards have said to the PIN for all of them. */
  get common(): CommonState {
    return this.#common;
  }

  /** The PIN for all cards begins anew, with one card. @throws {MynakitError} ERR_IO_WRITE, here and below */
  anew(): void {
    this.#write({ step: "anew" });
  }

  /** Before a PIN leaves for the card; `tries`: the counter then; `common`: the first card that gets the PIN for all. */
  attempt(seat: Seat & Weight & { readonly tries: number }): void {
    this.#write({ step: "attempt", ...seat });
  }

  /** An attempt that cost no try, though nothing was done: the PIN was accepted, or it never left. */
  unspent(reader: string, outcome: Weight & { readonly accepted: boolean }): void {
    this.#write({ step: "unspent", reader, ...outcome });
  }

  /** Before an ID is ordered for the card of the last attempt. */
  order(reader: string, { proposalId, idempotencyKey }: IssueOrder): void {
    this.#write({ step: "order", reader, proposalId, idempotencyKey });
  }

  done(reader: string, { mykeyId, furigana, created, common }: Done & Weight): void {
    this.#write({ step: "done", reader, mykeyId, furigana, created, common });
  }

  refused(seat: Seat & Weight): void {
    this.#write({ step: "refused", ...seat });
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(record: object): void {
    writing(this.file, () => {
      writeFileSync(this.#descriptor, `${JSON.stringify(record)}\n`);
      fdatasyncSync(this.#descriptor);
    });
    this.#take(members(record));
  }

  #take(record: Members): void {
    const step = record.oneOf("step", ["anew", "attempt", "unspent", "order", "done", "refused"]);
    if (step === "anew") {
      this.#common = open;
      return;
    }
    const entry = this.#changed(step, record);
    if (record.has("common") && record.flag("common")) this.#common = this.#weighed(step, record, entry);
    this.#readers.set(entry.reader, entry).set(entry.uri, entry);
    if (entry.card !== null) this.#cards.set(entry.card, entry);
  }

  #weighed(step: Step, record: Members, { card }: Entry): CommonState {
    if (step === "attempt") return { state: "asked", card };
    if (step === "refused") return { state: "refused", card };
    if (step === "done" || record.flag("accepted")) return accepted;
    return this.#common.state === "asked" && this.#common.card === card ? open : this.#common;
  }

  #changed(step: Step, record: Members): Entry {
    const reader = record.text("reader");
    if (step === "attempt" || step === "refused") {
      const card = record.nullable("card", record.text);
      const seat = { reader, uri: record.text("uri"), card };
      if (step === "refused") return { ...seat, refused: true };
      const order = card === null ? undefined : this.#cards.get(card)?.order;
      return { ...seat, tries: record.number("tries"), ...(order && { order }) };
    }
    const entry = this.#readers.get(reader);
    if (!entry) throw new SyntaxError(`${step} without an attempt`);
    if (step === "order") {
      const order = { proposalId: record.text("proposalId"), idempotencyKey: record.text("idempotencyKey") };
      return { ...entry, order };
    }
    const { uri, card } = entry;
    if (step === "unspent") return { reader, uri, card, ...(entry.order && { order: entry.order }) };
    const done = {
      mykeyId: record.text("mykeyId"),
      furigana: record.text("furigana"),
      created: record.flag("created"),
    };
    return { reader, uri, card, done };
  }

  async #replay(): Promise<void> {
    let line = 0;
    let whole = 0;
    try {
      let rest = Buffer.alloc(0);
      for await (const part of createReadStream(this.file)) {
        rest = Buffer.concat([rest, part]);
        for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
          line += 1;
          this.#take(members(JSON.parse(rest.toString("utf8", 0, end))));
          whole += end + 1;
          rest = rest.subarray(end + 1);
        }
      }
      if (rest.length > 0) writing(this.file, () => ftruncateSync(this.#descriptor, whole));
    } catch (cause) {
      if (cause instanceof SyntaxError) {
        const problem = `line ${line}: ${cause.message}`;
        throw new MynakitError("ERR_IO_STATE_CORRUPT", { path: this.file, problem, batch: true }, { cause });
      }
      if (!isSystemError(cause)) throw cause;
      throw new MynakitError("ERR_IO_READ", { path: this.file, reason: cause.code }, { cause });
    }
  }
}

/** Where the journal of a batch with a platform lies: the same for every name of the file's. */
export function journalPath(home: string, { file, platform }: { file: string; platform: string }): string {
  const name = createHash("sha256").update(`${platform}\n${file}`).digest("hex").slice(0, 16);
  return path.join(home, "batches", `${path.basename(file)}.${name}.ndjson`);
}
