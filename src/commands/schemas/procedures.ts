import * as v from "valibot";
import { applicationStates, channels, fieldTypes, lifeEvents, mediaTypes } from "../../portal/procedures/wire.ts";
import { cardPerson } from "./card.ts";
import { count, pinReport, platform, time } from "./common.ts";

const wording = v.object({ ja: v.string(), en: v.string() });
const day = v.nullable(v.pipe(v.string(), v.isoDate()));

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

const applicationState = v.picklist(applicationStates);

/** The events are in the order in which they happened; a reason where the municipality gave one. */
const application = {
  id: v.string(),
  procedure: v.string(),
  /** Of the procedure; null: the catalogue has it no more. */
  title: v.nullable(wording),
  state: applicationState,
  corrects: v.nullable(v.string()),
  events: v.array(v.object({ at: time, state: applicationState, reason: v.nullable(v.string()) })),
};
const moved = v.object({ ...application, database: v.string() });

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
        /** Of one that is not required otherwise: the field, and the value with which it is. */
        requiredWhere: v.nullable(v.object({ field: v.string(), value: v.string() })),
        mediaTypes: v.array(v.picklist(mediaTypes)),
        maxBytes: count,
      }),
    ),
    /** The file into which the form went; null: nobody wanted one. */
    template: v.nullable(v.string()),
    platform,
  }),
  /** `application` is null in a dry run. `resent`: an earlier run had signed it, and no card was used. */
  "portal procedures apply": v.object({
    procedure: v.string(),
    title: wording,
    /** As the card has it, and as it is signed. */
    applicant: v.object({ name: v.string(), address: v.string(), birth: v.string(), sex: v.string() }),
    /** Birth date and sex as people read them. */
    face: v.object(cardPerson),
    fields: v.record(v.string(), v.string()),
    /** The same fields as a person reads them. */
    answers: v.array(v.object({ name: v.string(), label: wording, answer: wording })),
    attachments: v.array(
      v.object({
        name: v.string(),
        label: wording,
        mediaType: v.picklist(mediaTypes),
        size: count,
        sha256: v.string(),
      }),
    ),
    application: v.nullable(v.object({ id: v.string(), state: applicationState, receivedAt: time })),
    receipt: v.nullable(v.string()),
    dryRun: v.boolean(),
    resent: v.boolean(),
    pins: v.object({ text: v.object(pinReport), sign: v.object(pinReport) }),
    platform,
  }),
  "portal applications": v.object({ applications: v.array(v.object(application)), platform }),
  "portal withdraw": v.object({ ...application, platform }),
  /** `subject` is the attachment that a check is about. */
  "verify receipt": v.object({
    file: v.string(),
    valid: v.boolean(),
    id: v.nullable(v.string()),
    receivedAt: v.nullable(time),
    platform: v.nullable(platform),
    checks: v.array(
      v.object({
        name: v.picklist([
          "platform-signature",
          "platform",
          "application",
          "signature",
          "applicant-signature",
          "attachment",
        ]),
        subject: v.nullable(v.string()),
        result: v.picklist(["ok", "failed", "not-checked"]),
      }),
    ),
  }),
  "sandbox application advance": moved,
  "sandbox application return": moved,
};
