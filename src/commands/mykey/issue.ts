import { issueMykeyId, proposeMykeyId } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import type { IssueStep } from "../context.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";
import { shownMykeyId } from "./shown.ts";

/**
 * Reserves: proposes a MyKey ID, shows it, and issues it when confirmed. Run again, it shows the same ID. A dry run
 * ends with the proposal. The steps are those of the platform's own software.
 */
export const run: Run<DataOf<"mykey issue">> = (context, input) => {
  const dryRun = input.options.dryRun === true;
  const confirmed = input.options.yes === true || dryRun;
  const steps: IssueStep[] = [];
  const told = (name: IssueStep): void => {
    steps.push(name);
    context.progress({ step: "issue-step", name });
  };
  const order = { purpose: "mykey-issue" as const, confirmedBy: confirmed ? undefined : "--yes", told };
  return onAccount(context, order, async ({ platform, accessToken, login, newKey }) => {
    const proposal = await proposeMykeyId(platform, accessToken);
    told("display");
    if ("existing" in proposal) {
      return { data: { ...shownMykeyId(proposal.existing, platform, login), created: false, dryRun, steps } };
    }
    const { proposalId, mykeyId, furigana } = proposal;
    context.progress({ step: "proposal", mykeyId, furigana });
    if (dryRun) {
      const reservation = { state: "none" as const, at: null };
      const proposed = { mykeyId, furigana, state: "proposed" as const, reservation, issuedAt: null };
      return { data: { ...proposed, created: false, dryRun, steps, platform: shownPlatform(platform), ...login.pin } };
    }
    if (!confirmed) await context.confirmIssue({ mykeyId, furigana });
    const issued = await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: newKey() });
    told("issue");
    return { data: { ...shownMykeyId(issued, platform, login), created: issued.created, dryRun, steps } };
  });
};
