import type { CommandApdu } from "../command.ts";
import { toHex } from "../hex.ts";
import { ins } from "../instructions.ts";
import { sw } from "../status.ts";

const byName = 0x04;
const fileUnderApplication = 0x02;
/** Stands for the file that is selected, in the place of a short id (ISO/IEC 7816-4:2020, 7.4.1). */
const noShortFileId = 0x1f;

/** Follows which application and file a dialogue has selected. Whatever is not certain is not known: undefined. */
export class Selection {
  #application: string | undefined;
  #file: number | undefined;

  /** The DF name that was given, in upper-case hexadecimal. */
  get application(): string | undefined {
    return this.#application;
  }

  get file(): number | undefined {
    return this.#file;
  }

  /** To be told every exchange, in order. */
  follow(command: CommandApdu, status: number): void {
    const done = accepted(status);
    if (command.ins === ins.select) this.#select(command, done);
    else if (done) this.#file = shortFileId(command) ?? this.#file;
  }

  /** After an exchange whose outcome is not known: so is what it selected. */
  forget(): void {
    this.#application = undefined;
    this.#file = undefined;
  }

  #select({ p1, data = new Uint8Array() }: CommandApdu, done: boolean): void {
    this.#file = undefined;
    if (p1 === byName) this.#application = done ? toHex(data) : undefined;
    else if (done && p1 === fileUnderApplication && data.length === 2) {
      this.#file = (data[0] ?? 0) * 256 + (data[1] ?? 0);
    }
  }
}

/** The file that a command reads: named by its short id (ISO/IEC 7816-4:2020, 11.3.2 and 11.4.2), or the one selected. */
export function fileRead(command: CommandApdu, selected: number | undefined): number | undefined {
  const reads = command.ins === ins.readBinary || command.ins === ins.readRecord;
  return reads ? (shortFileId(command) ?? selected) : undefined;
}

function shortFileId({ ins: instruction, p1, p2 }: CommandApdu): number | undefined {
  let id = 0;
  if (instruction === ins.readBinary && (p1 & 0x80) !== 0) id = p1 & 0x1f;
  if (instruction === ins.readRecord) id = p2 >> 3;
  return id === 0 || id === noShortFileId ? undefined : id;
}

/** 9000, 61xx, and 62xx which warns of a short file but gives its bytes. */
function accepted(status: number): boolean {
  return status === sw.ok || status >> 8 === 0x61 || status >> 8 === 0x62;
}
