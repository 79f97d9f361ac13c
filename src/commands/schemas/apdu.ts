import * as v from "valibot";
import { applicationNames } from "../../jpki/applications.ts";
import { count, hex } from "./common.ts";

/** A command, and what it is about as far as the dialogue before it tells; null: not known, or there is none. */
const apduCommand = v.object({
  /** As it went or was recorded; `**` is a byte that the recording conceals. */
  bytes: v.pipe(v.string(), v.regex(/^([0-9A-F]{2}|\*\*)+$/)),
  name: v.nullable(v.string()),
  application: v.nullable(v.picklist(applicationNames)),
  /** The name by which the application was selected. */
  aid: v.nullable(hex),
  file: v.nullable(hex),
  fileName: v.nullable(v.string()),
  offset: v.nullable(count),
  record: v.nullable(count),
  /** The tag that GET DATA asks for. */
  object: v.nullable(hex),
  dataLength: count,
  /** The greatest number of bytes wanted. */
  expected: v.nullable(count),
  extended: v.boolean(),
});

const apduResponse = {
  sw: hex,
  meaning: v.string(),
  /** Bytes without the status word. */
  length: count,
};

const dataObject = v.object({ depth: count, tag: hex, length: count, value: v.nullable(v.string()) });

export const apduSchemas = {
  "apdu send": v.object({
    reader: v.string(),
    atr: hex,
    exchanges: v.array(
      v.object({
        command: apduCommand,
        /** `masked`: the data holds, or may hold, the My Number. */
        response: v.object({ ...apduResponse, data: v.nullable(v.string()), masked: v.boolean() }),
      }),
    ),
    /** False where the card answered one with an error. */
    succeeded: v.boolean(),
    /** Commands that were not sent because of that. */
    unsent: count,
  }),
  "apdu trace decode": v.object({
    file: v.string(),
    sessions: v.array(
      v.object({
        atr: v.nullable(hex),
        exchanges: v.array(
          v.object({
            line: count,
            command: apduCommand,
            response: v.nullable(
              v.object({
                ...apduResponse,
                content: v.nullable(v.picklist(["public", "personal", "my-number", "unclear"])),
                concealed: v.boolean(),
                milliseconds: v.nullable(count),
                /** With `--verbose`: the data objects of a public answer, each before those inside of it. */
                objects: v.optional(v.array(dataObject)),
              }),
            ),
          }),
        ),
      }),
    ),
    summary: v.object({
      commands: count,
      bytesSent: count,
      bytesReceived: count,
      /** Null: the recording says of no answer how long it took. */
      milliseconds: v.nullable(count),
      /** How many of them conceal data. */
      concealed: v.object({ commands: count, responses: count }),
    }),
  }),
} as const;
