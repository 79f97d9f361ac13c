import type { CommandApdu } from "../../apdu/command.ts";
import type { Decoded } from "../../apdu/decode.ts";
import { fromHex, toHex } from "../../apdu/hex.ts";
import { ins } from "../../apdu/instructions.ts";
import { describeRetryStatus, describeStatus } from "../../apdu/status.ts";
import { type ApplicationName, applicationFiles, applicationNames, applications } from "../../jpki/applications.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import type { DataOf } from "../results.ts";

type ShownCommand = DataOf<"apdu send">["exchanges"][number]["command"];

const byAid: ReadonlyMap<string, ApplicationName> = new Map(
  applicationNames.map((name) => [toHex(applications[name].aid), name]),
);

/** Two bytes in hexadecimal. */
export const word = (number: number): string => toHex(Uint8Array.of(number >> 8, number & 0xff));

/** A command in the JSON document. @param bytes it, with `**` for what is concealed */
export function shownCommand(bytes: string, command: CommandApdu, decoded: Decoded, messages: Messages): ShownCommand {
  const { name, file, offset, record, object, extended } = decoded;
  const application = byAid.get(decoded.application ?? "") ?? null;
  return {
    bytes,
    name,
    application,
    aid: decoded.application || null,
    file: file === null ? null : word(file),
    fileName: application && file !== null ? fileName(application, file, messages) : null,
    offset,
    record,
    object: object === null ? null : word(object),
    dataLength: command.data?.length ?? 0,
    expected: command.le ?? null,
    extended,
  };
}

/** The file's name in the language of the output; null: it is not known. */
function fileName(application: ApplicationName, file: number, { apdu }: Messages): string | null {
  const known: Readonly<Record<string, number>> = applicationFiles[application];
  const words: Readonly<Record<string, string>> = apdu.files[application];
  const key = Object.keys(known).find((each) => known[each] === file);
  return key === undefined ? null : (words[key] ?? null);
}

/** What stands in every answer. */
export function shownStatus(
  command: CommandApdu,
  { data, sw }: { readonly data: Uint8Array; readonly sw: number },
  { language }: Messages,
): { sw: string; meaning: string; length: number } {
  const asksForTries = command.ins === ins.verify && command.data === undefined;
  const meaning = asksForTries ? describeRetryStatus(sw) : describeStatus(sw);
  return { sw: word(sw), meaning: meaning[language], length: data.length };
}

/** A tag of one to four bytes in hexadecimal. */
export function tagHex(tag: number): string {
  const digits = tag.toString(16);
  return toHex(fromHex(digits.length % 2 === 0 ? digits : `0${digits}`));
}
