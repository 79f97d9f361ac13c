import { MynakitError } from "../../errors.ts";
import { templateOf } from "../../portal/procedures/form.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import { type Output, requireFree, writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { procedureNamed, shownMunicipality, shownProcedure } from "./shown-procedure.ts";

/** What a procedure needs; with `--template` also its form, as a file to fill in. Needs no login and no card. */
export const run: Run<DataOf<"portal procedures show">> = async (context, input) => {
  const { template, force } = input.options;
  const option = "--template";
  const output: Output | null =
    template === undefined ? null : { file: String(template), force: force === true, option };
  if (output) requireFree(output);
  const platform = await context.parts.platform();
  const procedure = await procedureNamed(platform, input);
  if (output && procedure.channel === "counter") {
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "no-form" });
  }
  if (output) writeOutput(output, templateOf(procedure));
  const { kind, version, fields, attachments } = procedure;
  return {
    data: {
      ...shownProcedure(procedure),
      kind,
      version,
      municipality: shownMunicipality(procedure.municipality),
      fromCard: ["name", "address", "birthDate", "sex"],
      fields: fields.map((field) => ({ ...field, choices: [...field.choices] })),
      attachments: attachments.map((attachment) => ({ ...attachment, mediaTypes: [...attachment.mediaTypes] })),
      template: output?.file ?? null,
      platform: shownPlatform(platform),
    },
  };
};
