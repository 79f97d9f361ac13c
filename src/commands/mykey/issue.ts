import { type IssueStep, issueSteps, MynakitError } from "../../errors.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import { type IssueOrder, issueMykeyId, proposeMykeyId } from "../../mykey/client.ts";
import type { MykeyRules } from "../../mykey/wire.ts";
import type { Input, Result, Run } from "../command.ts";
import type { Context } from "../context.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";
import { batchOrder } from "./batch/order.ts";
import { shownMykeyId } from "./shown.ts";

/** What outlives the process that issues, so that a later one can go on where it stopped. */
export interface IssueMemory {
  /** Refuses, by throwing, a card for which no PIN is to be asked. */
  check(certificate: JpkiCertificate): void;
  /** What an earlier process ordered for this card, whether or not it was carried out. */
  earlier(): IssueOrder | undefined;
  /** Called before the order leaves. */
  intend(order: IssueOrder): void;
}

/** Issues for the card of one reader, or for those of a batch. */
export const run: Run<DataOf<"mykey issue">> = async (context, input) => {
  const batch = batchOrder(context, input);
  if (!batch) return issue(context, input);
  const { issueBatch } = await import("./batch/run.ts");
  return issueBatch(context, batch);
};

/**
 * Reserves: proposes a MyKey ID, shows it, and issues it when confirmed. Run again, it shows the same ID. A dry run
 * ends with the proposal. The steps are those of the platform's own software.
 */
export async function issue(
  context: Context,
  input: Input,
  memory?: IssueMemory,
): Promise<Result<DataOf<"mykey issue">>> {
  const dryRun = input.options.dryRun === true;
  const confirmed = input.options.yes === true || dryRun;
  const steps: IssueStep[] = [];
  const told = (name: IssueStep): void => {
    steps.push(name);
    context.progress({ step: "issue-step", name });
  };
  const confirmedBy = confirmed ? undefined : "--yes";
  const order = {
    purpose: "mykey-issue" as const,
    confirmedBy,
    told,
    checkRules({ reservations: { left } }: MykeyRules): void {
      // Before the login nobody knows who has an ID already, and gets it shown whether or not there is a place left.
      if (left === 0) context.progress({ step: "no-places" });
    },
    ...(memory && { check: memory.check }),
  };
  const work = onAccount(context, input, order, async ({ platform, accessToken, login, newKey }) => {
    const proposal = await proposeMykeyId(platform, accessToken);
    told("display");
    if ("existing" in proposal) {
      const { existing } = proposal;
      const earlier = memory?.earlier();
      // Repeated, the order that another process left behind tells whether that one made the ID.
      const repeated = earlier && (await issueMykeyId(platform, accessToken, earlier));
      const created = repeated?.mykeyId === existing.mykeyId && repeated.created;
      return { data: { ...shownMykeyId(existing, platform, login), created, dryRun, steps } };
    }
    const { proposalId, mykeyId, furigana } = proposal;
    context.progress({ step: "proposal", mykeyId, furigana });
    if (dryRun) {
      const reservation = { state: "none" as const, at: null };
      const proposed = { mykeyId, furigana, state: "proposed" as const, reservation, issuedAt: null };
      return { data: { ...proposed, created: false, dryRun, steps, platform: shownPlatform(platform), ...login.pin } };
    }
    if (!confirmed) await context.confirmIssue({ mykeyId, furigana });
    const issueOrder = { proposalId, idempotencyKey: newKey() };
    memory?.intend(issueOrder);
    const issued = await issueMykeyId(platform, accessToken, issueOrder);
    told("issue");
    return { data: { ...shownMykeyId(issued, platform, login), created: issued.created, dryRun, steps } };
  });
  return work.catch((error: unknown) => {
    if (!(error instanceof MynakitError)) throw error;
    const step = failedStep(error, steps.length);
    throw step ? error.atStep(step) : error;
  });
}

/** The step of an error: the one that was to be done next, unless the error is of one that comes later. */
function failedStep({ code }: MynakitError, done: number): IssueStep | undefined {
  if (code === "ERR_CARD_ABSENT" && done === 0) return "card";
  return code.startsWith("ERR_PIN_") ? "pin" : issueSteps[done];
}
