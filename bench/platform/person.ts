import { cardLogin } from "../../src/login/card-login.ts";
import type { Platform } from "../../src/login/platform.ts";
import type { Session } from "../../src/login/session.ts";
import {
  accountHistory,
  changeMykeyId,
  issueMykeyId,
  proposeChange,
  proposeMykeyId,
  showMykeyId,
} from "../../src/mykey/client.ts";
import { makeCard, random, signerOf, type TestCard } from "../../test/sandbox/support/cards.ts";

const day = 24 * 60 * 60 * 1000;
const clock = () => new Date();

export const newCard = (): TestCard =>
  makeCard({ notBefore: new Date(Date.now() - 30 * day), notAfter: new Date(Date.now() + 300 * day) });

export const platformAt = (url: string): Platform => ({ url, sandbox: true, fetch, close: async () => undefined });

/** A login as every client makes it: discovery, nonce, assertion. */
export async function logIn(platform: Platform, card: TestCard): Promise<Session> {
  const { session } = await cardLogin({ platform, sign: signerOf(card), scope: ["mykey"], clock, random });
  return session;
}

const newKey = (): string => Buffer.from(random(16)).toString("hex");

export async function issue(platform: Platform, { accessToken }: Session): Promise<void> {
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("a new card has an ID");
  await issueMykeyId(platform, accessToken, { proposalId: proposal.proposalId, idempotencyKey: newKey() });
}

export async function change(platform: Platform, { accessToken }: Session): Promise<void> {
  const { proposalId } = await proposeChange(platform, accessToken, null);
  await changeMykeyId(platform, accessToken, { proposalId, idempotencyKey: newKey() });
}

export async function show(platform: Platform, { accessToken }: Session): Promise<void> {
  await showMykeyId(platform, accessToken);
}

export async function history(platform: Platform, { accessToken }: Session): Promise<void> {
  await accountHistory(platform, accessToken);
}
