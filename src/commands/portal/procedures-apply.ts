import { isError, MynakitError, noPinTouched } from "../../errors.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { whoami } from "../../portal/client.ts";
import { submitApplication } from "../../portal/procedures/applications.ts";
import { type Outbox, type Outgoing, outbox } from "../../portal/procedures/outbox.ts";
import { receiptFile } from "../../portal/procedures/receipt.ts";
import type { Procedure } from "../../portal/procedures/search.ts";
import { type ApplicationDocument, type Received, submissionRefusals } from "../../portal/procedures/wire.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import { requireFree, writeOutput } from "../output.ts";
import type { DataOf } from "../results.ts";
import { type ApplicationByCard, applicationByCard, type Draft } from "./application-by-card.ts";
import { filledForm } from "./form-input.ts";
import { type PortalService, portalService } from "./service.ts";
import { procedureNamed, shownResult } from "./shown-procedure.ts";

type Data = DataOf<"portal procedures apply">;

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
  const { subject, certificate } = await whoami(platform, accessToken);
  const draft: Draft = { ...filled, platform, procedure, corrects, loggedInWith: certificate.serialNumber };
  const box = outbox(context.home, {
    platform: platform.url,
    subject,
    procedure: procedure.id,
    fields: filled.fields,
    attachments: Object.fromEntries(filled.attachments.map(({ name, sha256 }) => [name, sha256])),
    corrects,
  });
  const earlier = dryRun ? undefined : box.earlier();
  const resent = earlier && (await resend(service, box, earlier));
  const { document, pins, received } =
    resent ??
    (await sent(service, box, await applicationByCard(context, draft, { dryRun, confirmed: options.yes === true })));
  if (output && received) {
    const { answer, outgoing } = received;
    await reporting(pins.sign, async () => writeOutput(output, receiptFile(outgoing, answer.receipt)));
  }
  return {
    data: {
      procedure: procedure.id,
      ...shownResult(procedure, document),
      application: received
        ? {
            id: received.answer.id,
            state: received.answer.state,
            receivedAt: received.answer.events[0]?.at ?? document.time,
          }
        : null,
      receipt: received && output ? output.file : null,
      dryRun,
      resent: resent !== undefined,
      pins,
      platform: shownPlatform(platform),
    },
    told: () => received && box.clear(),
  };
};

const elsewhere = { counter: "procedure-at-counter", print: "procedure-on-paper" } as const;

/** @throws {MynakitError} ERR_PLATFORM_REFUSED, as the platform itself would, which does not say why */
function requireApplicable({ channel, open, id }: Procedure): void {
  const reason = channel !== "online" ? elsewhere[channel] : open ? undefined : "procedure-out-of-period";
  if (reason === undefined) return;
  const description = `${id} cannot be applied for online, or not now`;
  throw new MynakitError("ERR_PLATFORM_REFUSED", { reason, description });
}

interface Applied extends Pick<ApplicationByCard, "document" | "pins"> {
  readonly received?: { readonly answer: Received; readonly outgoing: Outgoing };
}

/** Undefined: it never arrived, and is too old to arrive now; it has to be signed anew. */
async function resend(service: PortalService, box: Outbox, outgoing: Outgoing): Promise<Applied | undefined> {
  const document = JSON.parse(outgoing.application) as ApplicationDocument;
  try {
    const answer = await send(service, box, outgoing);
    return { document, received: { answer, outgoing }, pins: { text: noPinTouched, sign: noPinTouched } };
  } catch (error) {
    if (!neverArrived(error)) throw error;
    return undefined;
  }
}

/** What the card has signed is on the disk before it is on its way. */
async function sent(
  service: PortalService,
  box: Outbox,
  { document, pins, submission }: ApplicationByCard,
): Promise<Applied> {
  if (!submission) return { document, pins };
  return reporting(pins.sign, async () => {
    const outgoing: Outgoing = { ...submission, idempotencyKey: service.newKey() };
    box.keep(outgoing);
    const answer = await send(service, box, outgoing);
    return { document, pins, received: { answer, outgoing } };
  });
}

/** What a platform refuses an application for that it has not received before; a closed one says nothing about that. */
const finalReasons: ReadonlySet<string> = new Set(["request-malformed", ...submissionRefusals]);

const neverArrived = (error: unknown): boolean =>
  isError(error, "ERR_PLATFORM_REFUSED") && finalReasons.has(error.details.reason);

/** What is sent stays until it is known what became of it. */
async function send({ platform, accessToken }: PortalService, box: Outbox, outgoing: Outgoing): Promise<Received> {
  try {
    return await submitApplication(platform, accessToken, outgoing);
  } catch (error) {
    if (neverArrived(error)) box.clear();
    throw error;
  }
}
