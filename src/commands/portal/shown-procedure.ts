import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
import { fetchCatalogue } from "../../portal/procedures/client.ts";
import { labelledAttachments, labelledFields } from "../../portal/procedures/filled.ts";
import { type Procedure, procedureOf } from "../../portal/procedures/search.ts";
import type {
  ApplicationDocument,
  Catalogue,
  FollowedApplication,
  Municipality,
} from "../../portal/procedures/wire.ts";
import { shownPerson } from "../card/shown.ts";
import type { Input } from "../command.ts";
import type { ShownApplication } from "../context.ts";

/**
 * The procedure that the command line names.
 * @throws {MynakitError} ERR_USAGE_ARGUMENT, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function procedureNamed(platform: Platform, { arguments: { id } }: Input): Promise<Procedure> {
  const procedure = procedureOf(await fetchCatalogue(platform), String(id));
  if (procedure) return procedure;
  const allowed = "mynakit portal procedures search";
  throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "id", problem: "unknown", allowed });
}

/** A municipality as results show it. */
export const shownMunicipality = ({ code, name, prefecture }: Municipality) => ({ code, name, prefecture });

/** What results show of every procedure. */
export const shownProcedure = ({ id, title, summary, lifeEvents, channel, from, until, open }: Procedure) => ({
  id,
  title,
  summary,
  lifeEvents: [...lifeEvents],
  channel,
  from,
  until,
  open,
});

/** What an application says, as people read it. */
export function shownForm(
  procedure: Procedure,
  { applicant, fields, attachments }: Pick<ApplicationDocument, "applicant" | "fields" | "attachments">,
): ShownApplication {
  const { name, address, ...face } = applicant;
  return {
    procedure,
    applicant: { name, address, ...shownPerson(face) },
    answers: labelledFields(procedure, fields),
    attachments: labelledAttachments(procedure, attachments),
  };
}

/** The same as a result shows it: as it is signed, too. */
export const shownResult = (procedure: Procedure, { applicant, fields, attachments }: ApplicationDocument) => ({
  title: procedure.title,
  applicant,
  face: shownPerson(applicant),
  fields,
  answers: labelledFields(procedure, fields),
  attachments: labelledAttachments(procedure, attachments),
});

/** An application as results show it, with what the catalogue calls its procedure; null: it has no such any more. */
export const shownApplication = ({ events, ...application }: FollowedApplication, catalogue: Catalogue) => ({
  ...application,
  title: procedureOf(catalogue, application.procedure)?.title ?? null,
  events: [...events],
});
