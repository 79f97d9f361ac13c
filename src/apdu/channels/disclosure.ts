import type { CommandApdu } from "../command.ts";
import { toHex } from "../hex.ts";
import type { ResponseApdu } from "../response.ts";
import { sw } from "../status.ts";

/** An application whose files may be written into a trace, and those of them that may not. */
export interface PublicApplication {
  readonly aid: Uint8Array;
  readonly except: readonly number[];
}

const ins = {
  verify: [0x20, 0x21],
  changeReferenceData: [0x24, 0x25],
  resetRetryCounter: [0x2c, 0x2d],
  /** JICSAP CHANGE KEY and UNLOCK KEY. */
  jicsap: [0x32, 0x54],
  select: 0xa4,
  readBinary: 0xb0,
  readRecord: 0xb2,
  getResponse: 0xc0,
  getChallenge: 0x84,
  internalAuthenticate: 0x88,
  performSecurityOperation: 0x2a,
};

const carriesPin: ReadonlySet<number> = new Set([
  ...ins.verify,
  ...ins.changeReferenceData,
  ...ins.resetRetryCounter,
  ...ins.jicsap,
]);
const neverPersonal: ReadonlySet<number> = new Set([
  ins.select,
  ins.getChallenge,
  ins.internalAuthenticate,
  ins.performSecurityOperation,
]);

/** What of a command's data a trace may write: all, nothing, or nothing because it is a PIN. */
export type CommandDisclosure = "shown" | "hidden" | "pin";

/** Unknown instructions may carry anything, so their data is hidden. */
export function commandDisclosure(command: CommandApdu): CommandDisclosure {
  if (carriesPin.has(command.ins)) return "pin";
  return neverPersonal.has(command.ins) ? "shown" : "hidden";
}

/**
 * Follows which application and file a dialogue has selected, to tell whose content a response carries. Whatever is not
 * known to be public counts as personal: other applications, data objects, a file selected in a way not understood.
 */
export class ResponseDisclosure {
  readonly #public: readonly PublicApplication[];
  #application: PublicApplication | undefined;
  #file: number | undefined;
  #shown = false;

  constructor(publicApplications: readonly PublicApplication[]) {
    this.#public = publicApplications;
  }

  /** True where the response's data may be written. To be told every exchange, in order. */
  shows(command: CommandApdu, response: ResponseApdu): boolean {
    if (command.ins === ins.getResponse) return this.#shown;
    this.#follow(command, accepted(response.sw));
    this.#shown = neverPersonal.has(command.ins) || this.#readsPublicFile(command);
    return this.#shown;
  }

  /** After an exchange whose outcome is not known: so is what it selected. */
  forget(): void {
    this.#application = undefined;
    this.#file = undefined;
    this.#shown = false;
  }

  #follow(command: CommandApdu, done: boolean): void {
    if (command.ins === ins.select) this.#select(command, done);
    else if (done) this.#file = shortFileId(command) ?? this.#file;
  }

  #select({ p1, data = new Uint8Array() }: CommandApdu, done: boolean): void {
    this.#file = undefined;
    if (p1 === 0x04) {
      const aid = toHex(data);
      this.#application = done ? this.#public.find((application) => toHex(application.aid) === aid) : undefined;
    } else if (done && data.length === 2) {
      this.#file = (data[0] ?? 0) * 256 + (data[1] ?? 0);
    }
  }

  #readsPublicFile(command: CommandApdu): boolean {
    if (command.ins !== ins.readBinary && command.ins !== ins.readRecord) return false;
    const file = shortFileId(command) ?? this.#file;
    return this.#application !== undefined && file !== undefined && !this.#application.except.includes(file);
  }
}

/** The file that a read names by its short id (ISO/IEC 7816-4:2020, 11.3.2 and 11.4.2). */
function shortFileId({ ins: instruction, p1, p2 }: CommandApdu): number | undefined {
  if (instruction === ins.readBinary && (p1 & 0x80) !== 0) return p1 & 0x1f;
  if (instruction === ins.readRecord && p2 >> 3 !== 0) return p2 >> 3;
  return undefined;
}

/** 9000, 61xx, and 62xx which warns of a short file but gives its bytes. */
function accepted(status: number): boolean {
  return status === sw.ok || status >> 8 === 0x61 || status >> 8 === 0x62;
}
