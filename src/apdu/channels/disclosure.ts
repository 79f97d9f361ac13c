import type { CommandApdu } from "../command.ts";
import { toHex } from "../hex.ts";
import { ins, instructionOf } from "../instructions.ts";
import type { ResponseApdu } from "../response.ts";
import { fileRead, Selection } from "./selection.ts";

/** What the files of an application hold; what they hold in an application that is not listed is personal. */
export interface DisclosedApplication {
  readonly aid: Uint8Array;
  /** Files about the person; all others, but for those with the My Number, are public. */
  readonly personal: readonly number[] | "all";
  /** Files with the My Number, or with something from which it could be found. */
  readonly myNumber: readonly number[];
}

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
  if (neverPersonal.has(command.ins)) return "shown";
  return instructionOf(command)?.effect === "secret" ? "pin" : "hidden";
}

/** What an answer holds. `unclear`: it could be the My Number, as nobody knows what is selected. */
export type Content = "public" | "personal" | "my-number" | "unclear";

/**
 * Follows what a dialogue has selected, to tell whose content an answer carries. Whatever is not known to be public counts
 * as personal: other applications, data objects; a file selected in a way not understood may be the one with the My Number.
 */
export class ResponseDisclosure {
  readonly #applications: readonly (DisclosedApplication & { readonly name: string })[];
  /** As far as the exchanges before have told. */
  readonly selection = new Selection();
  /** What GET RESPONSE would give. */
  #kept: Content = "unclear";

  constructor(applications: readonly DisclosedApplication[]) {
    this.#applications = applications.map((application) => ({ ...application, name: toHex(application.aid) }));
  }

  /** What the response's data is. To be told every exchange, in order. */
  contentOf(command: CommandApdu, response: ResponseApdu): Content {
    const content = this.#contentGivenBy(command, response.sw);
    this.#kept = response.sw >> 8 === 0x61 ? content : "unclear";
    return content;
  }

  /** After an exchange whose outcome is not known. */
  forget(): void {
    this.selection.forget();
    this.#kept = "unclear";
  }

  #contentGivenBy(command: CommandApdu, status: number): Content {
    if (command.ins === ins.getResponse) return this.#kept;
    const selected = this.selection.file;
    this.selection.follow(command, status);
    if (neverPersonal.has(command.ins)) return "public";
    // Data objects describe the card: the My Number is in files only.
    return command.ins === ins.getData ? "personal" : this.#contentAt(fileRead(command, selected));
  }

  #contentAt(file: number | undefined): Content {
    const selected = this.selection.application;
    const known = this.#applications.find(({ name }) => name === selected);
    if (!known) return this.#mayHoldNumber(selected) ? "unclear" : "personal";
    if (file === undefined) return known.myNumber.length > 0 ? "unclear" : "personal";
    if (known.myNumber.includes(file)) return "my-number";
    return known.personal === "all" || known.personal.includes(file) ? "personal" : "public";
  }

  /** A part of a DF name, from its beginning, selects as the whole of it does. */
  #mayHoldNumber(selected = ""): boolean {
    return this.#applications.some(({ name, myNumber }) => myNumber.length > 0 && name.startsWith(selected));
  }
}
