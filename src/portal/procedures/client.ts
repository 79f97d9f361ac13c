import { requestJson } from "../../login/http.ts";
import type { Platform } from "../../login/platform.ts";
import type { Members } from "../../login/shape.ts";
import {
  type Catalogue,
  channels,
  fieldTypes,
  lifeEvents,
  mediaTypes,
  type ProcedureKind,
  proceduresPaths,
  type Wording,
} from "./wire.ts";

/** Every procedure that the platform knows. Needs no login. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function fetchCatalogue(platform: Platform): Promise<Catalogue> {
  return requestJson(platform, {
    method: "GET",
    path: proceduresPaths.catalogue,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      asOf: answer.date("asOf"),
      today: answer.date("today"),
      municipalities: answer.list("municipalities").map((each) => ({
        code: each.text("code"),
        name: each.text("name"),
        kana: each.text("kana"),
        prefecture: each.text("prefecture"),
      })),
      procedures: answer.list("procedures").map(kindIn),
    }),
  });
}

function kindIn(answer: Members): ProcedureKind {
  return {
    kind: answer.text("kind"),
    version: answer.number("version"),
    title: wordingIn(answer.object("title")),
    summary: wordingIn(answer.object("summary")),
    keywords: answer.texts("keywords"),
    lifeEvents: known(lifeEvents, answer.texts("lifeEvents")),
    fields: answer.list("fields").map((field) => ({
      ...partIn(field),
      type: field.oneOf("type", fieldTypes),
      length: field.number("length"),
      choices: field
        .list("choices")
        .map((choice) => ({ value: choice.text("value"), label: wordingIn(choice.object("label")) })),
    })),
    attachments: answer.list("attachments").map((attachment) => ({
      ...partIn(attachment),
      requiredWhere: attachment.nullable("requiredWhere", (name) => fieldValueIn(attachment.object(name))),
      mediaTypes: known(mediaTypes, attachment.texts("mediaTypes")),
      maxBytes: attachment.number("maxBytes"),
    })),
    offers: answer.list("offers").map((offer) => ({
      municipality: offer.text("municipality"),
      channel: offer.oneOf("channel", channels),
      from: offer.nullable("from", offer.date),
      until: offer.nullable("until", offer.date),
    })),
  };
}

const wordingIn = (answer: Members): Wording => ({ ja: answer.text("ja"), en: answer.text("en") });

const fieldValueIn = (answer: Members) => ({ field: answer.text("field"), value: answer.text("value") });

const partIn = (answer: Members) => ({
  name: answer.text("name"),
  label: wordingIn(answer.object("label")),
  required: answer.flag("required"),
});

/** Those that this version knows: a newer platform may have more. */
const known = <const T extends string>(all: readonly T[], given: readonly string[]): T[] =>
  all.filter((each) => given.includes(each));
