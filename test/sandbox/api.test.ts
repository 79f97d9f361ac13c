import { describe, expect, test } from "vitest";
import { newIdempotencyKey } from "../../src/commands/idempotency-key.ts";
import { newProofKey } from "../../src/login/proof-key.ts";
import { canonicalJson } from "../../src/portal/procedures/wire.ts";
import { registerUser } from "../../src/portal/user.ts";
import { apiPaths, apiScopes, selfInformation } from "../../src/portal/wire/api.ts";
import type { InformationRecord } from "../../src/portal/wire/information.ts";
import { describeProtocol, operations } from "../../src/sandbox/http/openapi/document.ts";
import { applicant } from "./support/applicant.ts";
import { assertionOf, makeCard, random } from "./support/cards.ts";
import { type ServicePlatform, servicePlatform } from "./support/external-service.ts";
import { logIn } from "./support/login.ts";
import { askNonce, exchange } from "./support/sandbox.ts";
import { webBrowser } from "./support/web-browser.ts";

const newKey = () => newIdempotencyKey({ random });

async function registered({ platform }: ServicePlatform, holder = "taro") {
  const card = makeCard({ holder });
  const { accessToken } = await logIn(platform, card);
  await registerUser(platform, accessToken, { entry: { nickname: holder }, idempotencyKey: newKey() });
  return card;
}

describe("the API for external services", () => {
  test("has the four groups of Mynaportal's own, each path with the scope that opens it [row 153]", () => {
    const { paths } = describeProtocol("http://127.0.0.1") as {
      paths: Record<string, Record<string, { tags: string[]; security: { session: string[] }[] }>>;
    };
    const groups = new Map<string, string[]>();
    const opened = new Set<string>();
    for (const [path, methods] of Object.entries(paths)) {
      if (!path.startsWith("/api/")) continue;
      for (const { tags, security } of Object.values(methods)) {
        const [tag = ""] = tags;
        groups.set(tag, [...new Set([...(groups.get(tag) ?? []), path.split("/").at(-1) ?? ""])]);
        for (const { session } of security) for (const scope of session) opened.add(scope);
      }
    }
    expect(Object.fromEntries(groups)).toEqual({
      "api-procedures": ["company", "social-insurance-tax", "residence", "municipal", "applications"],
      "api-forms": ["work-certificate"],
      "api-information": [...selfInformation, "insurance", "notices", "deliveries", "registration"],
      "api-connections": ["deliveries", "attributes"],
    });
    expect([...opened].sort()).toEqual([...apiScopes].sort());
  });

  test("tells everybody of procedures by whom they go to, and of the form of a work certificate [row 153]", async () => {
    const { service } = await servicePlatform();
    const app = await service("App", "openid");
    const kinds = async (path: string) =>
      ((await app.get(path)).body.procedures as { kind: string }[]).map(({ kind }) => kind);
    expect(await kinds(apiPaths.companyProcedures)).toEqual(["company-setup"]);
    expect(await kinds(apiPaths.insuranceProcedures)).toEqual(["insurance-enrolment"]);
    expect(await kinds(apiPaths.residenceProcedures)).toEqual(["residence-extension"]);
    expect(await kinds(apiPaths.municipalProcedures)).toEqual(
      expect.arrayContaining(["child-allowance", "moving-out"]),
    );
    expect(await kinds(apiPaths.workCertificate)).toEqual(["work-certificate"]);
  });

  test("opens each kind of information by its own scope, and by none of the others [row 153]", async () => {
    const world = await servicePlatform();
    const card = await registered(world);
    const app = await world.service("App", apiScopes.join(" "));
    const guarded = operations.filter(({ access, method }) => access === "consent" && method === "GET");
    expect(guarded).toHaveLength(15);
    for (const { path, scope = "" } of guarded) {
      const token = await app.consented(card, scope);
      expect([path, (await app.get(path, token)).status]).toEqual([path, 200]);
      const other = guarded.find((one) => one.scope !== scope)?.path ?? "";
      expect((await app.get(other, token)).body.reason).toBe("scope-missing");
    }
  });

  test("tells of a part of a topic nothing but that part, and what falls due [row 154]", async () => {
    const world = await servicePlatform();
    const app = await world.service("App", apiScopes.join(" "));
    let planned = 0;
    for (const holder of ["a", "b", "c", "d", "e", "f"]) {
      const card = await registered(world, holder);
      const token = await app.consented(card, "selfinfo:vaccinations selfinfo:children selfinfo:checkups");
      const of = async (path: string) => (await app.get(path, token)).body as Record<string, InformationRecord[]>;
      const [vaccinations, children, checkups] = [
        await of(apiPaths.vaccinations),
        await of(apiPaths.children),
        await of(apiPaths.checkups),
      ];
      const all = children.records ?? [];
      expect(vaccinations.records).toEqual(all.filter(({ item }) => item.startsWith("vaccine-")));
      expect(checkups.records?.filter(({ item }) => item === "child-checkup")).toEqual(
        all.filter(({ item }) => item === "child-checkup"),
      );
      expect(checkups.records?.every(({ item }) => /checkup/.test(item))).toBe(true);
      for (const { day } of [...(vaccinations.planned ?? []), ...(checkups.planned ?? [])]) {
        expect(day > "2026-11-22" && day <= "2027-11-22").toBe(true);
      }
      planned += vaccinations.planned?.length ?? 0;
    }
    expect(planned).toBeGreaterThan(0);
  });

  test("is asked for on a page that names the service, and what it wants, in the reader's language [row 153]", async () => {
    const world = await servicePlatform();
    const app = await world.service("健康アプリ <b>", apiScopes.join(" "));
    const code = await app.asks("selfinfo:vaccinations link:attributes");
    const page = async (language: string) =>
      (await webBrowser(world.url, { "accept-language": language }).open(`/device?user_code=${code}`)).html;
    const japanese = await page("ja");
    for (const shown of [
      "次の外部サービスが、あなたの同意を求めています。",
      "健康アプリ &lt;b&gt;",
      "予防接種の記録と予定 / このサービスだけで使う識別子",
    ]) {
      expect(japanese).toContain(shown);
    }
    expect(await page("en")).toContain(
      "vaccinations, given and planned / an identifier of yours for this service alone",
    );
  });

  test("registers, links a delivery service and hands in a signed application for who let it, each once [row 153]", async () => {
    const world = await servicePlatform();
    const card = makeCard({ holder: "newcomer" });
    const app = await world.service("App", apiScopes.join(" "));
    const token = await app.consented(
      card,
      "registration:write selfinfo:registration link:deliveries selfinfo:deliveries procedures:submit procedures:status",
    );
    expect((await app.get(apiPaths.registration, token)).body.reason).toBe("not-registered");
    const entry = { nickname: "たろう" };
    expect(await app.post(apiPaths.registration, token, entry)).toMatchObject({ status: 200, body: entry });
    expect((await app.post(apiPaths.registration, token, entry)).body.reason).toBe("already-registered");
    const link = { service: "mypost", action: "connect" };
    const linked = await app.post(apiPaths.deliveryConnections, token, link);
    expect(linked.body).toEqual((await app.get(apiPaths.deliveries, token)).body);
    expect(linked.body.deliveries).toEqual([
      { service: "e-shishobako", linkedAt: null },
      { service: "mypost", linkedAt: "2026-11-22T03:00:00Z" },
    ]);
    const official = await app.post(apiPaths.deliveryConnections, token, { service: "e-tax", action: "connect" });
    expect(official.body.reason).toBe("request-malformed");

    const { document, sign } = await applicant(world);
    const application = canonicalJson(await document());
    const submission = { application, signature: await sign(application), attachments: [] };
    const received = await app.post(apiPaths.applications, token, submission);
    expect(received).toMatchObject({ status: 200, body: { state: "received", procedure: "131105-moving-out" } });
    const again = await app.post(apiPaths.applications, token, submission);
    expect(again.body.id).toBe(received.body.id);
    const { applications } = (await app.get(apiPaths.applications, token)).body as { applications: object[] };
    expect(applications).toMatchObject([{ id: received.body.id }]);
    const altered = { ...submission, application: application.replace("大阪市", "京都市") };
    expect((await app.post(apiPaths.applications, token, altered)).body.reason).toBe("signature-refused");
  });

  test("lets nobody in who asked for nothing, asked in another way, or has not the key [row 153]", async () => {
    const world = await servicePlatform();
    const { url } = world;
    const card = await registered(world);
    const app = await world.service("App", "openid selfinfo:tax");
    expect((await app.get(apiPaths.tax)).body.reason).toBe("session-missing");
    expect((await app.get(apiPaths.tax, "made-up")).body.reason).toBe("session-expired");
    // Whoever logs in themselves has no API: neither mynakit, nor a service in mynakit's name.
    const own = await exchange(url, assertionOf(card, url, await askNonce(url)), "openid portal mykey");
    expect((await app.get(apiPaths.tax, own.answer.access_token)).body.reason).toBe("scope-missing");
    const wider = await exchange(url, assertionOf(card, url, await askNonce(url)), "selfinfo:tax");
    expect(wider.answer).toMatchObject({ error: "invalid_scope", reason: "scope-unknown" });
    const inItsName = await fetch(`${url}/device-logins`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "mynakit", scope: "selfinfo:tax" }),
    });
    expect(await inItsName.json()).toMatchObject({ reason: "scope-unknown" });
    // No more than it was registered with.
    await expect(app.consented(card, "selfinfo:health")).rejects.toMatchObject({ error: "invalid_scope" });
    // Its token opens nothing else.
    const token = await app.consented(card, "openid selfinfo:tax");
    for (const path of ["/portal/v1/me", "/portal/v1/information", "/mykey/v1/account"]) {
      expect([path, (await app.get(path, token)).status]).not.toEqual([path, 200]);
    }
    const bound = await app.bound(card, "selfinfo:tax");
    expect((await bound.get(apiPaths.tax)).status).toBe(200);
    expect((await app.get(apiPaths.tax, bound.token)).body.reason).toBe("proof-missing");
    const thief = newProofKey({ clock: world.clock, random });
    const dpop = thief.proof({ method: "GET", url: url + apiPaths.tax, accessToken: bound.token });
    const stolen = await fetch(url + apiPaths.tax, { headers: { authorization: `DPoP ${bound.token}`, dpop } });
    expect(await stolen.json()).toMatchObject({ reason: "proof-foreign" });
  });
});
