import { describe, expect, test } from "vitest";
import { newIdempotencyKey } from "../../../src/commands/idempotency-key.ts";
import { issueMykeyId, proposeMykeyId, reportLeak } from "../../../src/mykey/client.ts";
import { endSessions, listSessions } from "../../../src/portal/client.ts";
import { fetchConsents, withdrawConsent } from "../../../src/portal/consents.ts";
import { fetchExchanges } from "../../../src/portal/exchanges.ts";
import { registerUser } from "../../../src/portal/user.ts";
import { apiPaths } from "../../../src/portal/wire/api.ts";
import { makeCard, random } from "./cards.ts";
import { type ServicePlatform, servicePlatform } from "./external-service.ts";
import { logIn } from "./login.ts";

const minute = 60_000;
const scope = "selfinfo:vaccinations selfinfo:checkups";

/**
 * What consents to external services must keep to, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function consentContract(freshDatabase: () => Promise<string>): void {
  const open = async () => servicePlatform(await freshDatabase());
  const newKey = () => newIdempotencyKey({ random });
  /** Somebody who has registered, and is logged in by themselves. */
  const registered = async ({ platform }: ServicePlatform, holder: string) => {
    const card = makeCard({ holder });
    const { accessToken } = await logIn(platform, card);
    await registerUser(platform, accessToken, { entry: { nickname: holder }, idempotencyKey: newKey() });
    return { card, accessToken };
  };

  describe("a consent to an external service", () => {
    test("stands under what was approved and no more, is shown to the person, and every read with it [row 153]", async () => {
      const world = await open();
      const { card, accessToken } = await registered(world, "taro");
      const app = await world.service("健康アプリ", `${scope} selfinfo:tax`);
      const token = await app.consented(card, scope);
      const [consent] = await fetchConsents(world.platform, accessToken);
      expect(consent).toMatchObject({
        service: "健康アプリ",
        client: app.client.id,
        scopes: ["selfinfo:vaccinations", "selfinfo:checkups"],
        state: "standing",
        until: "2026-11-22T03:15:00Z",
      });
      const before = await fetchExchanges(world.platform, accessToken);
      expect(await app.get(apiPaths.vaccinations, token)).toMatchObject({ status: 200, body: { of: "vaccinations" } });
      expect(await app.get(apiPaths.tax, token)).toMatchObject({ status: 403, body: { reason: "scope-missing" } });
      expect(await app.get(apiPaths.children, token)).toMatchObject({ status: 403, body: { reason: "scope-missing" } });
      const [read, ...others] = await fetchExchanges(world.platform, accessToken);
      expect(read).toMatchObject({
        requester: "service",
        service: "健康アプリ",
        provider: "municipality",
        topic: "vaccinations",
        ground: "consent",
        outcome: "provided",
      });
      expect(others).toEqual(before);
      // Nobody else sees it.
      const other = await registered(world, "hanako");
      expect(await fetchConsents(world.platform, other.accessToken)).toEqual([]);
    });

    test("is withdrawn by the person alone, once, and stays in the list; the token opens nothing any more [row 153]", async () => {
      const world = await open();
      const { card, accessToken } = await registered(world, "taro");
      const other = await registered(world, "hanako");
      const all = `openid portal ${scope}`;
      const app = await world.service("App", all);
      const token = await app.consented(card, all);
      const [{ id: consent } = { id: "" }] = await fetchConsents(world.platform, accessToken);
      const withdraw = (by: typeof accessToken) =>
        withdrawConsent(world.platform, by, { consent, idempotencyKey: newKey() });
      const unknown = { details: { reason: "consent-unknown" } };
      await expect(withdraw(other.accessToken)).rejects.toMatchObject(unknown);
      const opened = [apiPaths.checkups, "/portal/v1/me", "/me"];
      for (const path of opened) expect(await app.get(path, token), path).toMatchObject({ status: 200 });
      expect(await withdraw(accessToken)).toMatchObject([{ state: "withdrawn", withdrawnAt: "2026-11-22T03:00:00Z" }]);
      const refused = { status: 401, body: { reason: "session-expired" } };
      for (const path of opened) expect(await app.get(path, token), path).toMatchObject({ status: 401 });
      const clients = (await listSessions(world.platform, accessToken)).map(({ client }) => client);
      expect(clients).toEqual(["mynakit"]);
      await expect(withdraw(accessToken)).rejects.toMatchObject(unknown);
      // Another approval is another consent.
      const again = await app.consented(card, scope);
      expect(await app.get(apiPaths.checkups, again)).toMatchObject({ status: 200 });
      expect(await app.get(apiPaths.checkups, token)).toMatchObject(refused);
    });

    test("is over with its time, and nothing is read from then on", async () => {
      const world = await open();
      const { card } = await registered(world, "taro");
      const app = await world.service("App", scope);
      const token = await app.consented(card, scope);
      world.advance(15 * minute);
      expect(await app.get(apiPaths.checkups, token)).toMatchObject({
        status: 401,
        body: { reason: "session-expired" },
      });
      const { accessToken } = await logIn(world.platform, card);
      expect(await fetchConsents(world.platform, accessToken)).toMatchObject([{ state: "over", withdrawnAt: null }]);
    });

    test("is over when the service gives its token back, or the person ends its session", async () => {
      const world = await open();
      const { card, accessToken } = await registered(world, "taro");
      const app = await world.service("App", scope);
      const given = await app.consented(card, scope);
      await app.revoke(given);
      const token = await app.consented(card, scope);
      const sessions = await listSessions(world.platform, accessToken);
      const [{ id: session } = { id: "" }] = sessions.filter(({ client }) => client === app.client.id);
      await endSessions(world.platform, accessToken, { session, idempotencyKey: newKey() });
      for (const one of [given, token]) {
        expect(await app.get(apiPaths.checkups, one)).toMatchObject({ body: { reason: "session-expired" } });
      }
      const states = (await fetchConsents(world.platform, accessToken)).map(({ state }) => state);
      expect(states).toEqual(["over", "over"]);
    });

    test("ends with every session of an account that is suspended", async () => {
      const world = await open();
      const { platform } = world;
      const { card, accessToken } = await registered(world, "taro");
      const proposal = await proposeMykeyId(platform, accessToken);
      const proposalId = "proposalId" in proposal ? proposal.proposalId : "";
      await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: newKey() });
      const app = await world.service("App", scope);
      const token = await app.consented(card, scope);
      await reportLeak(platform, accessToken, { idempotencyKey: newKey() });
      expect(await app.get(apiPaths.checkups, token)).toMatchObject({ body: { reason: "session-expired" } });
    });

    test("is of one person: what the same service reads of two is theirs each, under identifiers of their own", async () => {
      const world = await open();
      const app = await world.service("App", "selfinfo:registration link:attributes");
      const other = await world.service("Other", "link:attributes");
      const identifiers: unknown[] = [];
      for (const holder of ["taro", "hanako"]) {
        const { card } = await registered(world, holder);
        const token = await app.consented(card, "selfinfo:registration link:attributes");
        expect((await app.get(apiPaths.registration, token)).body.nickname).toBe(holder);
        identifiers.push((await app.get(apiPaths.attributes, token)).body.identifier);
        const elsewhere = await other.consented(card, "link:attributes");
        identifiers.push((await other.get(apiPaths.attributes, elsewhere)).body.identifier);
      }
      expect(new Set(identifiers).size).toBe(4);
    });
  });
}
