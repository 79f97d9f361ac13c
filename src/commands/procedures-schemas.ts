import * as v from "valibot";
import { channels, fieldTypes, lifeEvents, mediaTypes } from "../portal/procedures/wire.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const wording = v.object({ ja: v.string(), en: v.string() });
const day = v.nullable(v.pipe(v.string(), v.isoDate()));
const platform = v.object({ url: v.string(), sandbox: v.boolean() });

const municipality = v.object({ code: v.string(), name: v.string(), prefecture: v.string() });

/** A procedure as one municipality offers it; the days are the first and the last on which it can be applied for. */
const procedure = {
  id: v.string(),
  title: wording,
  summary: wording,
  lifeEvents: v.array(v.picklist(lifeEvents)),
  channel: v.picklist(channels),
  from: day,
  until: day,
  open: v.boolean(),
};

/** The `data` of commands about procedures. */
export const proceduresSchemas = {
  /** Several municipalities: the name is that of all of them, and nothing was searched. */
  "portal procedures search": v.object({
    municipalities: v.array(municipality),
    procedures: v.array(v.object(procedure)),
    asOf: v.pipe(v.string(), v.isoDate()),
    platform,
  }),
  "portal procedures show": v.object({
    ...procedure,
    kind: v.string(),
    version: count,
    municipality,
    fromCard: v.array(v.picklist(["name", "address", "birthDate", "sex"])),
    fields: v.array(
      v.object({
        name: v.string(),
        label: wording,
        type: v.picklist(fieldTypes),
        required: v.boolean(),
        length: count,
        choices: v.array(v.object({ value: v.string(), label: wording })),
      }),
    ),
    attachments: v.array(
      v.object({
        name: v.string(),
        label: wording,
        required: v.boolean(),
        mediaTypes: v.array(v.picklist(mediaTypes)),
        maxBytes: count,
      }),
    ),
    /** The file into which the form went; null: nobody wanted one. */
    template: v.nullable(v.string()),
    platform,
  }),
};
