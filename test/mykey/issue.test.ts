import { describe, expect, test } from "vitest";
import { fetchRules, type IssueOrder, issueMykeyId, proposeMykeyId, showMykeyId } from "../../src/mykey/client.ts";
import { hoursBefore, makeCard, now } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";

const minutes = 60 * 1000;

async function loggedIn(card = makeCard()) {
  const sandbox = await runSandbox();
  const { accessToken } = await logIn(sandbox.platform, card);
  const { platform } = sandbox;
  const propose = async () => {
    const proposal = await proposeMykeyId(platform, accessToken);
    if ("existing" in proposal) throw new Error("nothing has been issued yet");
    return proposal;
  };
  const issue = (order: IssueOrder) => issueMykeyId(platform, accessToken, order);
  return { sandbox, platform, accessToken, propose, issue };
}

describe("a MyKey ID", () => {
  test("is proposed, then issued as proposed, then shown [rows 2, 16]", async () => {
    const { platform, accessToken, propose, issue } = await loggedIn();
    const { proposalId, mykeyId, furigana, expiresAt } = await propose();
    expect(mykeyId).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
    expect(furigana.split(" ")).toHaveLength(8);
    expect(expiresAt).toBe("2026-11-22T03:10:00Z");
    const issued = await issue({ proposalId, idempotencyKey: "one" });
    expect(issued).toEqual({
      sandbox: true,
      mykeyId,
      furigana,
      state: "active",
      issuedAt: "2026-11-22T03:00:00Z",
      reservation: { state: "reserved", at: "2026-11-22T03:00:00Z" },
      created: true,
    });
    expect(await showMykeyId(platform, accessToken)).toEqual({ ...issued, created: false });
  });

  test("is proposed again as it is to who has one", async () => {
    const { platform, accessToken, propose, issue } = await loggedIn();
    const { proposalId } = await propose();
    const issued = await issue({ proposalId, idempotencyKey: "one" });
    const existing = { ...issued, created: false };
    expect(await proposeMykeyId(platform, accessToken)).toEqual({ sandbox: true, existing });
    expect(await issue({ proposalId, idempotencyKey: "two" })).toEqual(existing);
  });

  test("stays when the certificate is renewed", async () => {
    const card = makeCard({ holder: "holder", serialNumber: 1000 });
    const { platform, propose, issue } = await loggedIn(card);
    const { proposalId, mykeyId } = await propose();
    await issue({ proposalId, idempotencyKey: "one" });
    const renewed = await logIn(platform, makeCard({ holder: "holder", serialNumber: 2000 }));
    expect(await showMykeyId(platform, renewed.accessToken)).toMatchObject({ mykeyId });
    const stranger = await logIn(platform, makeCard({ holder: "stranger", serialNumber: 3000 }));
    await expect(showMykeyId(platform, stranger.accessToken)).rejects.toMatchObject({
      code: "ERR_PLATFORM_REFUSED",
      details: { reason: "no-mykey-id" },
    });
  });
});

describe("an issue is refused", () => {
  test("to a certificate that is too new, with the moment from which it is not", async () => {
    const { platform, accessToken, propose, sandbox } = await loggedIn(makeCard({ notBefore: hoursBefore(23.9) }));
    await expect(proposeMykeyId(platform, accessToken)).rejects.toMatchObject({
      code: "ERR_CERT_TOO_NEW",
      details: { notBefore: "2026-11-21T03:06:00Z", earliest: "2026-11-22T03:06:00Z" },
    });
    sandbox.advance(6 * minutes);
    await expect(propose()).resolves.toHaveProperty("proposalId");
  });

  test("for a proposal that nobody made, or made to somebody else", async () => {
    const { platform, propose, issue } = await loggedIn();
    const { proposalId } = await propose();
    const other = await logIn(platform, makeCard());
    const order = { proposalId, idempotencyKey: "one" };
    const unknown = { code: "ERR_PLATFORM_REFUSED", details: { reason: "proposal-unknown" } };
    await expect(issueMykeyId(platform, other.accessToken, order)).rejects.toMatchObject(unknown);
    await expect(issue({ proposalId: "made-up", idempotencyKey: "two" })).rejects.toMatchObject(unknown);
  });

  test("for a proposal that has expired; the refusal is not remembered against the key", async () => {
    const { propose, issue, sandbox } = await loggedIn();
    const { proposalId } = await propose();
    sandbox.advance(10 * minutes);
    const expired = { details: { reason: "proposal-expired" } };
    await expect(issue({ proposalId, idempotencyKey: "one" })).rejects.toMatchObject(expired);
    const again = await propose();
    const order = { proposalId: again.proposalId, idempotencyKey: "one" };
    expect(await issue(order)).toMatchObject({ mykeyId: again.mykeyId });
  });

  test("under an idempotency key of another request", async () => {
    const { propose, issue } = await loggedIn();
    const [first, second] = [await propose(), await propose()];
    await issue({ proposalId: first.proposalId, idempotencyKey: "one" });
    await expect(issue({ proposalId: second.proposalId, idempotencyKey: "one" })).rejects.toMatchObject({
      details: { reason: "idempotency-key-reused" },
    });
  });

  test.each([
    ["without idempotency key", {}, '{"proposalId":"x"}', "idempotency-key-missing"],
    ["with an endless key", { "idempotency-key": "k".repeat(129) }, '{"proposalId":"x"}', "idempotency-key-missing"],
    ["without body", { "idempotency-key": "k" }, "", "request-malformed"],
    ["with null", { "idempotency-key": "k" }, "null", "request-malformed"],
    ["with a proposal that is no text", { "idempotency-key": "k" }, '{"proposalId":{}}', "request-malformed"],
  ])("%s", async (_name, headers, body, reason) => {
    const { platform, accessToken } = await loggedIn();
    const url = `${platform.url}/mykey/v1/ids`;
    const method = "POST";
    const init = { method, headers: { ...headers, ...accessToken.headersFor({ method, url }) }, body };
    const response = await fetch(url, init);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ reason, sandbox: true });
  });
});

test("a repeated request gets the same answer, created and all", async () => {
  const { propose, issue } = await loggedIn();
  const { proposalId } = await propose();
  const order = { proposalId, idempotencyKey: "one" };
  const answers = await Promise.all([issue(order), issue(order), issue(order)]);
  answers.push(await issue(order));
  expect(answers.map(({ created }) => created)).toEqual([true, true, true, true]);
  expect(new Set(answers.map(({ mykeyId }) => mykeyId)).size).toBe(1);
});

test("the rules can be read by everybody", async () => {
  const { platform } = await runSandbox({ clock: () => now });
  expect(await fetchRules(platform)).toMatchObject({ waitingTimeSeconds: 24 * 60 * 60, idLength: 8, sandbox: true });
});
