import { expect, test } from "vitest";
import { newProofKey } from "../../src/login/proof-key.ts";
import { challengePath, clientId, jwtBearerGrant } from "../../src/login/wire.ts";
import { pointsPaths } from "../../src/mykey/points/wire.ts";
import { mykeyPaths } from "../../src/mykey/wire.ts";
import { portalPaths } from "../../src/portal/wire.ts";
import { operations } from "../../src/sandbox/http/openapi/document.ts";
import { components, everywhere, refusalsOf } from "../../src/sandbox/http/openapi/operation.ts";
import { setSuspended } from "../../src/sandbox/mykey/suspension.ts";
import { addClient } from "../../src/sandbox/operator/clients.ts";
import { setClosed } from "../../src/sandbox/operator/closing.ts";
import { takeFromQuota } from "../../src/sandbox/store/quota.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { assertionOf, type CardOrder, impostor, makeCard, now, random } from "./support/cards.ts";
import { checkedFetch, exchanges } from "./support/checked-fetch.ts";
import { badProofsAreRefused, servicesAreLetIn } from "./support/protocol-api.ts";
import { devicesAreDecidedOn } from "./support/protocol-devices.ts";
import { applicationsAreDecidedOn, portalServesItsUsers } from "./support/protocol-portal.ts";
import { hour, operationAt, password, service, start, type World, world } from "./support/protocol-world.ts";
import { askNonce, exchange, runSandbox, temporaryFolder } from "./support/sandbox.ts";

const guarded = operations.filter(({ access }) => access === "account");
const once = operations.filter(({ once, access }) => once && !["service", "consent"].includes(access));

/**
 * What is described, but cannot be brought about from outside, and why. What a server refuses whatever is asked of it is
 * the matter of `server-limits.test.ts`.
 */
const unseen: Readonly<Record<string, string>> = {
  "GET /platform server-error": "no database is asked",
  "GET /openapi.json server-error": "no database is asked",
  "GET /.well-known/openid-configuration server-error": "no database is asked",
  "GET /.well-known/oauth-authorization-server server-error": "no database is asked",
  "GET /jwks server-error": "no database is asked",
  "GET /portal/v1/procedures server-error": "no database is asked",
  "GET /api/v1/procedures/company server-error": "no database is asked",
  "GET /api/v1/procedures/social-insurance-tax server-error": "no database is asked",
  "GET /api/v1/procedures/residence server-error": "no database is asked",
  "GET /api/v1/procedures/municipal server-error": "no database is asked",
  "GET /api/v1/forms/work-certificate server-error": "no database is asked",
  "GET /health server-error": "it answers unavailable",
  "GET /ready server-error": "it answers unavailable",
};

async function loginsAreRefused(): Promise<void> {
  const database = `${temporaryFolder()}/sandbox.db`;
  const { url } = await runSandbox({ database });
  const say = async (order: CardOrder, forgery = {}) =>
    exchange(url, assertionOf(makeCard(order), url, await askNonce(url), forgery), "openid portal");
  const seconds = now.getTime() / 1000;
  await say({});
  await exchange(url, "");
  for (const scope of ["everything", "offline_access", "portal\u0000mykey"]) await exchange(url, "a.b.c", scope);
  await exchange(url, "a.b.c");
  const [header, , signature] = assertionOf(makeCard(), url, "x").split(".");
  await exchange(url, [header, assertionOf(makeCard(), url, "x").split(".")[1], signature].join("."));
  await say({}, { claims: { sub: "somebody" } });
  await say({}, { claims: { aud: "https://elsewhere.example" } });
  await say({}, { claims: { exp: seconds + 3600 } });
  await say({}, { claims: { iat: seconds - 3600, exp: seconds - 3540 } });
  await say({}, { claims: { nonce: "made-up" } });
  const twice = { serialNumber: 4711, holder: "twice" };
  for (const _time of [1, 2]) await say(twice, { claims: { jti: "the-same" } });
  await say({}, { header: { x5c: ["MAMBAgM="] } });
  await say({ issuer: impostor });
  await say({ notBefore: new Date(now.getTime() + hour) });
  await say({ notAfter: new Date(now.getTime() - hour) });
  await say({ authority: true });
  const { db, close } = await openStore(database, () => now.getTime());
  const { issuer } = await db.selectFrom("certificate").select("issuer").executeTakeFirstOrThrow();
  await db
    .insertInto("revoked_certificate")
    .values({ issuer, serial_number: "1267", reason: "lost", revoked_at: 0 })
    .execute();
  const redirect = "https://app.example/callback";
  const order = { name: "App", redirectUris: [redirect], scope: "openid" };
  const registered = await addClient(order, { db, now: () => now.getTime(), random });
  await close();
  await say(twice);
  const form = (at: string, fields: Record<string, string>, headers = {}) =>
    fetch(url + at, { method: "POST", body: new URLSearchParams(fields), headers });
  const request = { method: "POST", url: `${url}/token` };
  const key = newProofKey({ clock: () => now, random });
  const late = newProofKey({ clock: () => new Date(now.getTime() - hour), random });
  const proof = key.proof(request);
  for (const dpop of ["x", late.proof(request), key.proof({ ...request, url }), proof, proof]) {
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const fields = { grant_type: jwtBearerGrant, client_id: clientId, scope: "portal", assertion };
    await form("/token", fields, { dpop });
  }
  await form("/token", {});
  await form("/token", { grant_type: "x", client_id: clientId });
  await form("/token", { grant_type: "x", client_id: "nobody" });
  const exchanged = { grant_type: "authorization_code", client_id: registered.id, redirect_uri: redirect };
  await form("/token", { ...exchanged, code: "made-up", code_verifier: "v".repeat(43) });
  await form("/token/revocation", { token: "x" });
  await form("/token/revocation", { token: "x", client_id: "nobody" });
  const { answer } = await exchange(url, assertionOf(makeCard(), url, await askNonce(url)), "openid portal");
  const { answer: portal } = await exchange(url, assertionOf(makeCard(), url, await askNonce(url)), "portal");
  const bearer = (token = "") => ({ authorization: `Bearer ${token}` });
  for (const method of ["GET", "POST"]) {
    for (const token of [answer.access_token, portal.access_token, "x"]) {
      await fetch(`${url}/me`, { method, headers: bearer(token) });
    }
    await fetch(`${url}/me?access_token=x`, { method, headers: bearer("x") });
  }
  await fetch(`${url}/portal/v1/me`, { headers: bearer(answer.access_token) });
  await form("/token/revocation", { token: answer.access_token ?? "", client_id: clientId });
  for (const at of ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"]) {
    await fetch(url + at);
  }
}

/** What all operations of a kind refuse alike. */
async function kindsAreRefused({ ask, post, tokenOf, join, parts, serviceToken, advance }: World): Promise<void> {
  for (const operation of operations.filter(({ access }) => !["nothing", "openid"].includes(access))) {
    await ask(operation);
    await ask(operation, { token: `${service}.x` });
    await ask(operation, { token: await tokenOf({}, [operation.access === "portal" ? "mykey" : "portal"]) });
  }
  for (const operation of operations.filter(({ method, oauth }) => method === "POST" && !oauth)) {
    await ask(operation, { body: "x".repeat(20_000) });
  }
  const nobody = await tokenOf({});
  for (const operation of guarded) await ask(operation, { token: nobody });

  const { token, mykeyId, again } = await join("somebody");
  await post(mykeyPaths.profile, token, { notify: false }, "taken");
  for (const operation of once) {
    await ask(operation, { token, key: "taken" });
    await ask(operation, { token, key: "k".repeat(129) });
    if (operation.body) await ask(operation, { token, body: { email: 1 } });
  }
  await post(mykeyPaths.changeProposals, token, { wanted: 1 });
  await post(pointsPaths.reports, serviceToken, {});
  await ask(operationAt("POST", pointsPaths.reports), { token: serviceToken, key: "k".repeat(129) });

  const replaced = await tokenOf({ holder: "renewer", serialNumber: 1 });
  await post(mykeyPaths.proposals, replaced);
  const notBefore = new Date(start - 8000 * hour);
  await post(mykeyPaths.proposals, await tokenOf({ holder: "renewer", serialNumber: 2, notBefore }));
  const fresh = await tokenOf({ notBefore: new Date(start - hour) });
  const ending = await tokenOf({ notAfter: new Date(start + 60_000) });
  await setSuspended(true, { mykeyId, idempotencyKey: "suspend" }, parts);
  const suspended = await again();
  advance(120_000);
  for (const operation of guarded) {
    for (const refused of [replaced, fresh, ending, suspended]) await ask(operation, { token: refused });
  }
}

/** What is refused to who has a token, but not its key. */
async function proofsAreRefused({ url, clock, tokenOf }: World): Promise<void> {
  const token = (await tokenOf({})).reveal();
  const own = operations.filter(({ access }) => ["portal", "history", "account"].includes(access));
  await badProofsAreRefused(own, { url, clock, token });
}

/** The life of MyKey IDs. */
async function idsAreGranted({ ask, post, tokenOf, byPassword, propose, join, parts, advance }: World): Promise<void> {
  const { token, mykeyId } = await join("taro");
  const { mykeyId: taken } = await join("hanako");
  for (const { path } of operations.filter(({ method, access }) => method === "GET" && access !== "service")) {
    if (!path.startsWith("/.well-known")) await ask(operationAt("GET", path), { token });
  }
  await post(mykeyPaths.proposals, token);
  const newcomer = await tokenOf({ holder: "newcomer" });
  await post(mykeyPaths.ids, newcomer, { proposalId: "x" });
  const late = await propose(newcomer);
  await post(mykeyPaths.changes, token, { proposalId: "x" });
  for (const path of ["/me", mykeyPaths.pageTicket]) await ask(operationAt("POST", path), { token });
  const change = await post(mykeyPaths.changeProposals, token, { wanted: "SAKURA22" });
  advance(10 * 60_000);
  await post(mykeyPaths.ids, newcomer, { proposalId: late });
  await post(mykeyPaths.changes, token, { proposalId: change.proposalId });
  for (const wanted of ["x", taken, taken, taken, taken, taken, taken]) {
    await post(mykeyPaths.changeProposals, token, { wanted });
  }
  const { proposalId } = await post(mykeyPaths.changeProposals, newcomer, {});
  expect(proposalId).toBeUndefined();
  const other = await join("changer");
  const another = await post(mykeyPaths.changeProposals, other.token, {});
  await post(mykeyPaths.changes, other.token, { proposalId: another.proposalId });
  await post(mykeyPaths.profile, token, { email: "nowhere" });
  await post(mykeyPaths.profile, token);
  await post(mykeyPaths.revocation, token, { mykeyId: "XXXXXXXX" });
  await post(mykeyPaths.password, token, { password: "short" });
  await post(mykeyPaths.password, token);
  await post(mykeyPaths.password, await byPassword(mykeyId));
  for (let guess = 1; guess <= 6; guess++) await byPassword(mykeyId, "wrong horse battery");
  advance(60_000);
  await setSuspended(true, { mykeyId, idempotencyKey: "suspend" }, parts);
  await byPassword(mykeyId, password);
  const leaver = await join("leaver");
  await post(mykeyPaths.revocation, leaver.token, { mykeyId: leaver.mykeyId });
  await post(mykeyPaths.leakReport, (await join("loser")).token);
  for (const session of ["nobody's", "all"]) await post(portalPaths.sessionEnds, await tokenOf({}), { session });
}

/** Points, and all that there are too few of. */
async function pointsAreGranted(of: World): Promise<void> {
  const { db, post, tokenOf, propose, join, account, serviceToken, advance } = of;
  const first = await tokenOf({ holder: "first" });
  const second = await tokenOf({ holder: "second" });
  const kept = await propose(second);
  const { mykeyId } = await join("first");
  await post(mykeyPaths.ids, second, { proposalId: kept });
  await post(mykeyPaths.proposals, second);

  const cap = { programme: "application-1", most: 1 };
  await takeFromQuota(db, cap.programme, 1, cap.most);
  const own = await account("own", mykeyId);
  await own(first);
  await db.updateTable("quota").set({ taken: 0 }).where("name", "=", cap.programme).execute();
  await own(first);
  await (await account("spare", mykeyId))(first);
  const report = { serviceId: "own", kind: "charge", yen: 20_000 };
  await post(pointsPaths.reports, serviceToken, report, "report");
  await post(pointsPaths.reports, serviceToken, { ...report, yen: 1 }, "report");
  await post(pointsPaths.reports, serviceToken, { ...report, serviceId: "nobody's" });

  await db.updateTable("quota").set({ taken: 0 }).execute();
  const ward = await join("ward");
  const guardians = await account("guardian's", mykeyId, ward.mykeyId);
  await own(ward.token);
  await post(pointsPaths.applications, ward.token, { service: "nopay", serviceId: "x", securityCode: "x" });
  await post(pointsPaths.applications, ward.token, { service, serviceId: "own", securityCode: "wrong" });
  await db.updateTable("points_application").set({ service_id: "guardian's" }).execute();
  await guardians(ward.token);
  await db.updateTable("reservation").set({ state: "void" }).execute();
  await guardians(ward.token);
  advance(24 * hour * 365 * 8);
  await post(pointsPaths.reports, serviceToken, report);
  await own(await tokenOf({ holder: "first", notAfter: new Date(start + 9 * 365 * 24 * hour) }));
}

/** A platform that its operator closed. */
async function nobodyIsLetIn({ parts, ask }: World): Promise<void> {
  await setClosed({ until: start + hour }, parts);
  const asked = operationAt("POST", challengePath);
  await expect.poll(() => ask(asked)).toMatchObject({ reason: "platform-closed" });
  for (const operation of operations) await ask(operation);
}

/** A database that broke while the platform ran. */
async function nothingWorks({ url, db, ask, tokenOf, byPassword, serviceToken }: World): Promise<void> {
  const token = await tokenOf({});
  for (const table of [
    "meta",
    "challenge",
    "oidc_payload",
    "mykey",
    "quota",
    "points_service",
    "throttle",
    "setting",
    "person",
  ]) {
    await db.schema.alterTable(table).renameTo(`no_${table}`).execute();
  }
  for (const operation of operations.filter(({ oauth }) => !oauth)) {
    await ask(operation, { token: operation.access === "service" ? serviceToken : token });
  }
  const headers = { authorization: "Bearer x" };
  for (const method of ["GET", "POST"]) await fetch(`${url}/me`, { method, headers });
  const fields = new URLSearchParams({ client_id: clientId, token: "x" });
  await fetch(`${url}/token/revocation`, { method: "POST", body: fields });
  await byPassword("ABCDEFGH");
}

test("the protocol's description promises nothing that does not happen: every grant and every reason was seen", {
  timeout: 120_000,
}, async () => {
  await loginsAreRefused();
  await kindsAreRefused(await world());
  await proofsAreRefused(await world());
  await idsAreGranted(await world());
  await pointsAreGranted(await world(1));
  await devicesAreDecidedOn();
  await portalServesItsUsers(await world());
  await applicationsAreDecidedOn();
  await servicesAreLetIn();
  await nobodyIsLetIn(await world());
  await nothingWorks(await world());
  const seen = new Set(
    exchanges.map(({ method, path, answer }) => {
      const { reason, error } = answer.status < 300 ? { reason: "granted" } : JSON.parse(answer.body);
      return `${method} ${path} ${reason ?? error}`;
    }),
  );
  const promised = operations.flatMap((operation) =>
    [
      "granted",
      ...refusalsOf(operation).filter((reason) => !everywhere.includes(reason)),
      ...Object.values(operation.errors ?? {}).flat(),
    ].map((outcome) => `${operation.method} ${operation.path} ${outcome}`),
  );
  expect(promised.filter((outcome) => !seen.has(outcome) && !(outcome in unseen))).toEqual([]);
  expect(Object.keys(unseen).filter((outcome) => seen.has(outcome) || !promised.includes(outcome))).toEqual([]);
});

const right = components.PlatformDescription.example as object;

test.each([
  ["a member too many", 200, { ...right, more: 1 }, {}, "must NOT have additional properties"],
  ["a member too few", 200, { ...right, sandbox: undefined }, {}, "must have required property 'sandbox'"],
  ["a status that is not described", 404, right, {}, "status 404 is not described"],
  ["another type", 200, right, { "content-type": "text/html" }, "content type text/html"],
  ["a header field of its own", 200, right, { "x-new": "1" }, "header x-new is not described"],
])("an answer with %s would be noticed", async (_name, status, body, headers, problem) => {
  const problems: string[] = [];
  const answering: typeof fetch = async () => Response.json(body, { status, headers });
  await checkedFetch(answering, () => true, problems)("http://127.0.0.1/platform");
  expect(problems).toContainEqual(expect.stringContaining(problem));
});

test("a granted request that is not as described would be noticed", async () => {
  const problems: string[] = [];
  const granted = async () => Response.json({ sandbox: true, changedAt: "2026-11-22T03:00:00Z" });
  const send = checkedFetch(granted, () => true, problems);
  await send(`http://127.0.0.1${mykeyPaths.password}`, { method: "POST", body: '{"pass":"word"}' });
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringContaining("granted without the idempotency key"),
      expect.stringContaining("request: must have required property 'password'"),
    ]),
  );
});
