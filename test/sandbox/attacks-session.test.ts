import path from "node:path";
import { describe, expect, test } from "vitest";
import type { AccessToken } from "../../src/login/access-token.ts";
import { issueMykeyId, proposeMykeyId, reportLeak, revokeMykeyId } from "../../src/mykey/client.ts";
import { mykeyPaths } from "../../src/mykey/wire.ts";
import { hoursBefore, makeCard } from "./support/cards.ts";
import { answerOf, runFortress } from "./support/fortress.ts";
import { logIn } from "./support/login.ts";
import { temporaryFolder } from "./support/sandbox.ts";

async function holder() {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const fortress = await runFortress({ database });
  const { platform } = fortress;
  const card = makeCard({ holder: "holder", notBefore: hoursBefore(9000) });
  const { accessToken } = await logIn(platform, card);
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const { proposalId, mykeyId } = proposal;
  await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: "issue" });
  return { fortress, database, platform, card, accessToken, mykeyId };
}

/** Every path that takes a session, with a body that would do. */
const entrances: readonly (readonly [method: string, path: string, body?: object])[] = [
  ["GET", mykeyPaths.mine],
  ["POST", mykeyPaths.proposals],
  ["POST", mykeyPaths.ids, { proposalId: "x" }],
  ["POST", mykeyPaths.changeProposals, {}],
  ["POST", mykeyPaths.changes, { proposalId: "x" }],
  ["POST", mykeyPaths.revocation, { mykeyId: "ABCDEFGH" }],
  ["POST", mykeyPaths.leakReport],
  ["GET", mykeyPaths.profile],
  ["POST", mykeyPaths.profile, { notify: false }],
  ["POST", mykeyPaths.password, { password: "long enough to be one" }],
  ["GET", mykeyPaths.status],
  ["GET", mykeyPaths.history],
];

const entering = async (
  url: string,
  credential: string | AccessToken,
  [method, at, body]: (typeof entrances)[number],
) => {
  const session =
    typeof credential === "string" ? { authorization: credential } : credential.headersFor({ method, url: url + at });
  const headers = { ...session, "content-type": "application/json", "idempotency-key": "attack" };
  return answerOf(await fetch(url + at, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
};

describe("no entrance of the account opens to", () => {
  test("the session of somebody who revoked the ID since", async () => {
    const { fortress, platform, accessToken, mykeyId, card } = await holder();
    const earlier = await logIn(platform, card);
    await revokeMykeyId(platform, accessToken, { mykeyId, idempotencyKey: "revoke" });
    for (const { accessToken: token } of [earlier, { accessToken }]) {
      for (const entrance of entrances) {
        const refused = { status: 401, reason: "session-expired" };
        await fortress.refuses(refused, () => entering(fortress.url, token, entrance));
      }
    }
  });

  test("a suspended account, but for its history", async () => {
    const { fortress, platform, accessToken, card } = await holder();
    await reportLeak(platform, accessToken, { idempotencyKey: "leak" });
    const { accessToken: after } = await logIn(platform, card);
    for (const entrance of entrances) {
      const attack = () => entering(fortress.url, after, entrance);
      if ([mykeyPaths.status, mykeyPaths.history].some((open) => open === entrance[1])) {
        expect((await attack()).status).toBe(200);
      } else {
        await fortress.refuses({ status: 403, reason: "account-suspended" }, attack);
      }
      const before = () => entering(fortress.url, accessToken, entrance);
      await fortress.refuses({ status: 401, reason: "session-expired" }, before);
    }
  });

  test("a session that is over, of another sandbox, or made up", async () => {
    const { fortress, accessToken } = await holder();
    const other = await holder();
    const refused = { status: 401, reason: "session-expired" };
    for (const token of [
      other.accessToken.reveal(),
      "x",
      "null",
      `${accessToken.reveal()}x`,
      accessToken.reveal().slice(1),
    ]) {
      for (const entrance of entrances) {
        await fortress.refuses(refused, () => entering(fortress.url, `Bearer ${token}`, entrance));
      }
    }
    fortress.advance(15 * 60 * 1000 + 1);
    for (const entrance of entrances) {
      await fortress.refuses(refused, () => entering(fortress.url, accessToken, entrance));
    }
  });

  test("a session that was logged out", async () => {
    const { fortress, platform, accessToken } = await holder();
    const token = accessToken.reveal();
    const body = new URLSearchParams({ client_id: "mynakit", token });
    expect((await fetch(`${platform.url}/token/revocation`, { method: "POST", body })).status).toBe(200);
    const refused = { status: 401, reason: "session-expired" };
    await fortress.refuses(refused, () => entering(fortress.url, `Bearer ${token}`, ["GET", mykeyPaths.mine]));
  });

  test("a token that is not in the header, or not as RFC 6750 writes it", async () => {
    const { fortress, accessToken } = await holder();
    const token = accessToken.reveal();
    const refused = { status: 401, reason: "session-missing" };
    for (const authorization of [
      "",
      token,
      `Basic ${token}`,
      `Bearer  ${token}`,
      `Bearer ${token},${token}`,
      `Bearer "${token}"`,
    ]) {
      await fortress.refuses(refused, () => entering(fortress.url, authorization, ["GET", mykeyPaths.mine]));
    }
    for (const query of [`access_token=${token}`, `token=${token}`, `authorization=Bearer%20${token}`]) {
      const attack = async () => answerOf(await fetch(`${fortress.url}${mykeyPaths.mine}?${query}`));
      await fortress.refuses(refused, attack);
    }
    expect(JSON.stringify(fortress.entries)).not.toContain(token);
  });
});

test("who revoked the ID gets another one, and nothing comes back to the old one", async () => {
  const { fortress, platform, accessToken, mykeyId, card } = await holder();
  await revokeMykeyId(platform, accessToken, { mykeyId, idempotencyKey: "revoke" });
  const { accessToken: again } = await logIn(platform, card);
  const proposal = await proposeMykeyId(platform, again);
  if ("existing" in proposal) throw new Error("the ID was revoked");
  const { proposalId } = proposal;
  const anew = await issueMykeyId(platform, again, { proposalId, idempotencyKey: "anew" });
  expect(anew.mykeyId).not.toBe(mykeyId);
  const revoking = ["POST", mykeyPaths.revocation, { mykeyId }] as const;
  const refused = { status: 409, reason: "confirmation-mismatch" };
  await fortress.refuses(refused, () => entering(fortress.url, again, revoking));
});

test("of two cards of one person the newer one takes the account over, and the older one is let in nowhere", async () => {
  const { fortress, platform, accessToken } = await holder();
  const newer = makeCard({ holder: "holder", notBefore: hoursBefore(100) });
  const { accessToken: taking } = await logIn(platform, newer);
  expect((await entering(fortress.url, taking, ["GET", mykeyPaths.mine])).status).toBe(200);
  for (const entrance of entrances.slice(0, -2)) {
    const refused = { status: 403, reason: "certificate-replaced" };
    await fortress.refuses(refused, () => entering(fortress.url, accessToken, entrance));
  }
});
