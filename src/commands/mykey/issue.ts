import { fetchRules, issueMykeyId, proposeMykeyId } from "../../mykey/client.ts";
import { requireWaited } from "../../mykey/waiting.ts";
import type { Run } from "../command.ts";
import { afterLogin, logIn } from "../login.ts";
import type { DataOf } from "../results.ts";
import { shownMykeyId } from "./shown.ts";

const idempotencyKeyBytes = 16;

/**
 * Reserves: proposes a MyKey ID, shows it, and issues it when confirmed. Run again, it shows the same ID. What the
 * platform would refuse for the certificate's sake is refused before a PIN is asked for.
 */
export const run: Run<DataOf<"mykey issue">> = async (context, input) => {
  const confirmed = input.options.yes === true;
  const platform = await context.parts.platform();
  const rules = await fetchRules(platform);
  const login = await logIn(context, {
    platform,
    scope: ["mykey"],
    purpose: "mykey-issue",
    async check({ notBefore }, clock) {
      requireWaited(notBefore, rules, clock());
      if (!confirmed) await context.requireConfirmable("--yes");
    },
  });
  const { accessToken } = login.session;
  return afterLogin(login, async () => {
    const proposal = await proposeMykeyId(platform, accessToken);
    if ("existing" in proposal) {
      return { data: { ...shownMykeyId(proposal.existing, platform, login), created: false } };
    }
    const { proposalId, mykeyId, furigana } = proposal;
    context.progress({ step: "proposal", mykeyId, furigana });
    if (!confirmed) await context.confirmIssue({ mykeyId, furigana });
    const idempotencyKey = Buffer.from(context.host.random(idempotencyKeyBytes)).toString("hex");
    const issued = await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey });
    return { data: { ...shownMykeyId(issued, platform, login), created: issued.created } };
  });
};
