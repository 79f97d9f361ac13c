import { MynakitError } from "../../errors.ts";
import { changeMykeyId, proposeChange, showMykeyId } from "../../mykey/client.ts";
import type { ChangeProposal, MykeyRules } from "../../mykey/wire.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { type Account, onAccount } from "./account.ts";
import { shownMykeyId } from "./shown.ts";

/** Gives the person another ID, of their own choice or generated, which takes effect at once. */
export const run: Run<DataOf<"mykey change">> = (context, input) => {
  const { id } = input.arguments;
  const wanted = typeof id === "string" ? id.normalize("NFKC").toUpperCase() : null;
  const confirmed = input.options.yes === true;
  const order = {
    purpose: "mykey-change" as const,
    confirmedBy: confirmed ? undefined : "--yes",
    checkRules({ idLength, idAlphabet }: MykeyRules): void {
      if (wanted === null) return;
      if (wanted.length === idLength && [...wanted].every((each) => idAlphabet.includes(each))) return;
      throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "id", problem: "malformed", allowed: "WXYZ2345" });
    },
  };
  return onAccount(context, input, order, async (account) => {
    const { platform, accessToken, login, newKey } = account;
    const { mykeyId: previous } = await showMykeyId(platform, accessToken);
    const { proposalId, generated } = await chosen(context, account, wanted, confirmed);
    const changed = await changeMykeyId(platform, accessToken, { proposalId, idempotencyKey: newKey() });
    return { data: { ...shownMykeyId(changed, platform, login), previous, generated } };
  });
};

/** Another one is proposed as often as the person asks for the next and the platform has one. */
async function chosen(
  context: Context,
  { platform, accessToken }: Account,
  wanted: string | null,
  confirmed: boolean,
): Promise<ChangeProposal> {
  let proposal = await proposeChange(platform, accessToken, wanted);
  context.progress({ step: "proposal", mykeyId: proposal.mykeyId, furigana: proposal.furigana });
  while (!confirmed && (await context.confirmChange(proposal)) === "next") {
    proposal = await proposeChange(platform, accessToken, null);
  }
  return proposal;
}
