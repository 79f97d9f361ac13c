import { readFileSync } from "node:fs";
import path from "node:path";
import { isError, MynakitError } from "../../errors.ts";
import { makeFolder, reading, removeDrafts, removeFile, replaceFile } from "../../files.ts";
import type { Repeatable } from "../../login/request.ts";
import { members } from "../../login/shape.ts";
import { sha256Of } from "./digest.ts";
import { canonicalJson, type Submission } from "./wire.ts";

/** A signed application on its way. */
export type Outgoing = Submission & Repeatable;

/** What tells one application from another before it is signed. */
export interface Intent {
  readonly platform: string;
  readonly subject: string;
  readonly procedure: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Their SHA-256, by name. */
  readonly attachments: Readonly<Record<string, string>>;
  readonly corrects: string | null;
}

/** Where a signed application lies from before it is sent until the person knows what became of it. */
export interface Outbox {
  /** What an earlier process left behind: nobody knows whether it arrived. */
  earlier(): Outgoing | undefined;
  keep(outgoing: Outgoing): void;
  /** Forgets it. One that cannot be removed is sent again, and answered as before: that harms nobody. */
  clear(): void;
}

/**
 * The place of one application in the home folder, for its owner alone. It holds personal data, and no PIN. Who repeats
 * the command after a crash, without a network, or without having seen the answer, sends the same application again,
 * which the platform takes once.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export function outbox(home: string, intent: Intent): Outbox {
  const folder = path.join(home, "applications");
  const file = path.join(folder, `${sha256Of(canonicalJson(intent))}.json`);
  return {
    earlier() {
      const text = reading(file, (from) => readFileSync(from, "utf8"));
      return text === undefined ? undefined : outgoingIn(file, text);
    },
    keep(outgoing) {
      makeFolder(folder);
      removeDrafts(folder);
      replaceFile(file, JSON.stringify(outgoing));
    },
    clear() {
      try {
        removeFile(file);
      } catch (error) {
        if (!isError(error, "ERR_IO_WRITE")) throw error;
      }
    },
  };
}

function outgoingIn(file: string, text: string): Outgoing {
  try {
    const kept = members(JSON.parse(text));
    return {
      idempotencyKey: kept.text("idempotencyKey"),
      application: kept.text("application"),
      signature: kept.text("signature"),
      attachments: kept.list("attachments").map((each) => ({ name: each.text("name"), content: each.text("content") })),
    };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_IO_STATE_CORRUPT", { path: file, problem: cause.message }, { cause });
  }
}
