import { noPinTouched, type PinReport } from "../../errors.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { sightApplicant } from "../../jpki/sight-applicant.ts";
import { digestOf } from "../../jpki/sign.ts";
import { createSignedData } from "../../jpki/signature/cms.ts";
import { signDocument } from "../../jpki/signature/signing.ts";
import { readAttributes } from "../../jpki/text/read.ts";
import { fetchNonce } from "../../login/nonce.ts";
import { embeddedUrl } from "../../login/wire.ts";
import type { Procedure } from "../../portal/procedures/search.ts";
import {
  type Applicant,
  type ApplicationDocument,
  canonicalJson,
  type Submission,
} from "../../portal/procedures/wire.ts";
import { holdOptions } from "../card-use.ts";
import type { Context } from "../context.ts";
import { judgedBy } from "../login.ts";
import type { Filled } from "./form-input.ts";
import type { PortalService } from "./service.ts";
import { shownForm } from "./shown-procedure.ts";

/** An application but for who applies, and when. */
export interface Draft extends Filled, Pick<PortalService, "platform"> {
  readonly procedure: Procedure;
  readonly corrects: string | null;
  /** The serial number of the authentication certificate of the session, in hexadecimal. */
  readonly loggedInWith: string;
}

/** An application as the card completed it. */
export interface ApplicationByCard {
  readonly document: ApplicationDocument;
  /** With its signature; left out: it was only to be shown. */
  readonly submission?: Submission;
  readonly pins: { readonly text: PinReport; readonly sign: PinReport };
}

/**
 * Has the card of whoever logged in say who its holder is, shows the person the whole application, and has the card sign
 * it. Three holds; the person and the platform are asked with the card free.
 * @param dryRun shows it, and signs nothing
 * @param confirmed the person has said yes already
 * @throws {MynakitError} ERR_USAGE_INPUT_NEEDED, ERR_CANCELLED, ERR_NETWORK_*, what `sightApplicant`, `readAttributes` and
 *   `signDocument` throw
 */
export async function applicationByCard(
  context: Context,
  draft: Draft,
  { dryRun, confirmed }: { readonly dryRun: boolean; readonly confirmed: boolean },
): Promise<ApplicationByCard> {
  const { platform } = draft;
  if (!dryRun && !confirmed) await context.requireConfirmable("--yes");
  const reader = await context.reader();
  const holds = holdOptions(context);
  const clock = context.clock({ simulatedCard: reader.simulated, embeddedPlatform: platform.url === embeddedUrl });
  const timeFor = (certificate: JpkiCertificate): Date => judgedBy(certificate, platform, clock)();
  context.progress({ step: "reading-card" });
  const sightings = await sightApplicant(reader, { ...holds, authentication: draft.loggedInWith });
  const textPurpose = dryRun ? "application-preview" : "application-attributes";
  const { attributes, pin: text } = await readAttributes(reader, "text", {
    ...holds,
    sighting: sightings.text,
    askPin: (prompt) => context.askPin({ ...prompt, purpose: textPurpose }),
  });
  return reporting(text, async () => {
    const { name, address, birth, sex } = attributes;
    const unsigned = { ...draft, applicant: { name, address, birth, sex } };
    if (dryRun) context.progress({ step: "card-done" });
    context.progress({ step: "application", application: shownForm(draft.procedure, unsigned) });
    if (dryRun) return { document: documentOf(unsigned, "", clock()), pins: { text, sign: noPinTouched } };
    if (!confirmed) await context.confirmSubmission();
    let nonce: string | undefined;
    const { result, pin: sign } = await signDocument(reader, {
      ...holds,
      key: "sign",
      clock: timeFor,
      withAuthority: false,
      sighting: sightings.sign,
      async askPin(prompt) {
        const pin = await context.askPin({ ...prompt, purpose: "application-sign" });
        nonce = await fetchNonce(platform);
        context.progress({ step: "using-card" });
        return pin;
      },
      async work({ certificate, sign: signWith }) {
        if (nonce === undefined) throw new TypeError("the card signed before it was told what");
        const time = timeFor(certificate);
        const document = documentOf(unsigned, nonce, time);
        const digest = digestOf("sha256", Buffer.from(canonicalJson(document)));
        const certificates = [certificate.der] as const;
        const der = await createSignedData({ digest, certificates, signingTime: time, sign: signWith });
        return { document, der };
      },
    });
    context.progress({ step: "card-done" });
    context.progress({ step: "contacting-platform" });
    const submission: Submission = {
      application: canonicalJson(result.document),
      signature: Buffer.from(result.der).toString("base64"),
      attachments: draft.attachments.map(({ name: of, content }) => ({
        name: of,
        content: Buffer.from(content).toString("base64"),
      })),
    };
    return { document: result.document, submission, pins: { text, sign } };
  });
}

function documentOf(
  { procedure, platform, fields, attachments, corrects, applicant }: Draft & { readonly applicant: Applicant },
  nonce: string,
  time: Date,
): ApplicationDocument {
  return {
    type: "mynakit.application/1",
    platform: platform.url,
    procedure: procedure.id,
    version: procedure.version,
    applicant,
    fields,
    attachments: attachments.map(({ content: _content, ...digest }) => digest),
    corrects,
    nonce,
    time: time.toISOString(),
  };
}
