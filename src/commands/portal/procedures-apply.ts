import { isError, MynakitError, noPinTouched, type PinReport } from "../../errors.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { sightApplicant } from "../../jpki/sight-applicant.ts";
import { digestOf } from "../../jpki/sign.ts";
import { createSignedData } from "../../jpki/signature/cms.ts";
import { signDocument } from "../../jpki/signature/signing.ts";
import { readAttributes } from "../../jpki/text/read.ts";
import { fetchNonce } from "../../login/nonce.ts";
import { platformClock } from "../../login/platform.ts";
import { embeddedUrl } from "../../login/wire.ts";
import { whoami } from "../../portal/client.ts";
import { submitApplication } from "../../portal/procedures/applications.ts";
import { type Outbox, type Outgoing, outbox } from "../../portal/procedures/outbox.ts";
import { receiptFile } from "../../portal/procedures/receipt.ts";
import type { Procedure } from "../../portal/procedures/search.ts";
import {
  type Applicant,
  type ApplicationDocument,
  canonicalJson,
  type Received,
} from "../../portal/procedures/wire.ts";
import { holdOptions } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import { shownPlatform } from "../login.ts";
import { requireFree, writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { type Filled, filledForm } from "./form-input.ts";
import { type PortalService, portalService } from "./service.ts";
import { procedureNamed, shownForm, shownResult } from "./shown-procedure.ts";

type Data = DataOf<"portal procedures apply">;

/** An application but for who applies, and when. */
interface Draft extends Filled, PortalService {
  readonly procedure: Procedure;
  readonly corrects: string | null;
}

/**
 * Applies: the form is whole and the session stands before the card is touched. The card tells who its holder is (text
 * PIN), the person sees the whole application and says yes, the card signs it (signing PIN), and it is sent. What an
 * earlier run had signed and could not see through to its end is sent again, without a card.
 */
export const run: Run<Data> = async (context, input) => {
  const { options } = input;
  const dryRun = options.dryRun === true;
  const output = options.output === undefined ? null : { file: String(options.output), force: options.force === true };
  if (output) requireFree(output);
  const service = await portalService(context);
  const { platform, accessToken } = service;
  const procedure = await procedureNamed(platform, input);
  requireApplicable(procedure);
  const filled = await filledForm(context, input, procedure);
  const corrects = options.corrects === undefined ? null : String(options.corrects);
  const { subject } = await whoami(platform, accessToken);
  const draft: Draft = { ...service, ...filled, procedure, corrects };
  const box = outbox(context.home, {
    platform: platform.url,
    subject,
    procedure: procedure.id,
    fields: filled.fields,
    attachments: Object.fromEntries(filled.attachments.map(({ name, sha256 }) => [name, sha256])),
    corrects,
  });
  const earlier = dryRun ? undefined : box.earlier();
  const resent = earlier && (await resend(draft, box, earlier));
  const { document, outgoing, received, pins } =
    resent ?? (await applyWithCard(context, draft, box, { dryRun, confirmed: options.yes === true }));
  if (output && outgoing && received) {
    await reporting(pins.sign, async () => writeOutput(output, receiptFile(outgoing, received.receipt)));
  }
  return {
    data: {
      procedure: procedure.id,
      ...shownResult(procedure, document),
      application: received
        ? { id: received.id, state: received.state, receivedAt: received.events[0]?.at ?? document.time }
        : null,
      receipt: received && output ? output.file : null,
      dryRun,
      resent: resent !== undefined,
      pins,
      platform: shownPlatform(platform),
    },
  };
};

/** @throws {MynakitError} ERR_PLATFORM_REFUSED, as the platform itself would */
function requireApplicable({ channel, open, id }: Procedure): void {
  if (open && channel === "online") return;
  const description = `${id} cannot be applied for online, or not now`;
  throw new MynakitError("ERR_PLATFORM_REFUSED", { reason: "procedure-closed", description });
}

interface Applied {
  readonly document: ApplicationDocument;
  readonly outgoing?: Outgoing;
  readonly received?: Received;
  readonly pins: { readonly text: PinReport; readonly sign: PinReport };
}

/** Undefined: it never arrived, and is too old to arrive now; it has to be signed anew. */
async function resend(draft: Draft, box: Outbox, outgoing: Outgoing): Promise<Applied | undefined> {
  const document = JSON.parse(outgoing.application) as ApplicationDocument;
  try {
    const received = await send(draft, box, outgoing);
    return { document, outgoing, received, pins: { text: noPinTouched, sign: noPinTouched } };
  } catch (error) {
    if (!neverArrived(error)) throw error;
    return undefined;
  }
}

async function applyWithCard(
  context: Context,
  draft: Draft,
  box: Outbox,
  { dryRun, confirmed }: { readonly dryRun: boolean; readonly confirmed: boolean },
): Promise<Applied> {
  const { platform } = draft;
  if (!dryRun && !confirmed) await context.requireConfirmable("--yes");
  const reader = await context.reader();
  const holds = holdOptions(context);
  const ownClock = context.clock({ simulatedCard: reader.simulated, embeddedPlatform: platform.url === embeddedUrl });
  // A real card never signs another time than its holder's.
  const clock = reader.simulated ? platformClock(platform, ownClock) : ownClock;
  context.progress({ step: "reading-card" });
  const sightings = await sightApplicant(reader, holds);
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
    context.progress({ step: "application", application: shownForm(unsigned.procedure, unsigned) });
    if (dryRun) return { document: documentOf(unsigned, "", clock()), pins: { text, sign: noPinTouched } };
    if (!confirmed) await context.confirmSubmission();
    let document: ApplicationDocument | undefined;
    const signing = await signDocument(reader, {
      ...holds,
      key: "sign",
      clock,
      withAuthority: false,
      sighting: sightings.sign,
      async askPin(prompt) {
        const pin = await context.askPin({ ...prompt, purpose: "application-sign" });
        document = documentOf(unsigned, await fetchNonce(platform), clock());
        context.progress({ step: "using-card" });
        return pin;
      },
      async work({ certificate, sign }) {
        if (!document) throw new TypeError("the card signed before it was told what");
        const digest = digestOf("sha256", Buffer.from(canonicalJson(document)));
        const der = await createSignedData({ digest, certificates: [certificate.der], signingTime: clock(), sign });
        return { document, der };
      },
    });
    context.progress({ step: "card-done" });
    const { result, pin: sign } = signing;
    return reporting(sign, async () => {
      const outgoing: Outgoing = {
        application: canonicalJson(result.document),
        signature: Buffer.from(result.der).toString("base64"),
        attachments: draft.attachments.map(({ name: of, content }) => ({
          name: of,
          content: Buffer.from(content).toString("base64"),
        })),
        idempotencyKey: draft.newKey(),
      };
      box.keep(outgoing);
      context.progress({ step: "contacting-platform" });
      const received = await send(draft, box, outgoing);
      return { document: result.document, outgoing, received, pins: { text, sign } };
    });
  });
}

/** What a platform refuses an application for that it has not received before; a closed one says nothing about that. */
const finalReasons: ReadonlySet<string> = new Set([
  "request-malformed",
  "procedure-unknown",
  "procedure-closed",
  "form-refused",
  "attachment-refused",
  "signature-refused",
  "nonce-unknown",
  "application-unknown",
  "application-decided",
]);

const neverArrived = (error: unknown): boolean =>
  isError(error, "ERR_PLATFORM_REFUSED") && finalReasons.has(error.details.reason);

/** What is sent stays until it is known what became of it. */
async function send({ platform, accessToken }: Draft, box: Outbox, outgoing: Outgoing): Promise<Received> {
  try {
    const received = await submitApplication(platform, accessToken, outgoing);
    box.clear();
    return received;
  } catch (error) {
    if (neverArrived(error)) box.clear();
    throw error;
  }
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
