import { deviceGrant, devicePaths } from "../../../src/login/device/wire.ts";
import { newProofKey } from "../../../src/login/proof-key.ts";
import { clientId } from "../../../src/login/wire.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { assertionOf, type CardOrder, type Forgery, impostor, makeCard, now, random } from "./cards.ts";
import { hour } from "./protocol-world.ts";
import { runSandbox, temporaryFolder } from "./sandbox.ts";

type Answer = Readonly<Record<string, string>>;

/** A sandbox, and a device's requests as they go over the wire. */
async function devices() {
  const database = `${temporaryFolder()}/sandbox.db`;
  const { url, advance, clock } = await runSandbox({ database });
  const send = async (at: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
    (await (await fetch(url + at, { method: "POST", body, headers })).json()) as Answer;
  const post = (at: string, body: object) => send(at, JSON.stringify(body), { "content-type": "application/json" });
  const asking = { client_id: clientId, scope: "openid portal" };
  const ask = (fields: Record<string, string> = asking, headers = {}) =>
    send(devicePaths.authorization, new URLSearchParams(fields), headers);
  const poll = (deviceCode = "") =>
    send("/token", new URLSearchParams({ grant_type: deviceGrant, client_id: clientId, device_code: deviceCode }));
  /** One that waits, and how it is decided on. */
  const waiting = async () => {
    const { device_code: deviceCode = "", user_code: userCode = "" } = await ask();
    const { request = "" } = await post(devicePaths.lookups, { userCode });
    const assertion = async (order: CardOrder = {}, forgery: Forgery = {}) => {
      const { nonce = "" } = await post(devicePaths.challenges, { request });
      return assertionOf(makeCard(order), url + devicePaths.approvals, nonce, forgery);
    };
    const approve = async (order: CardOrder = {}, forgery: Forgery = {}) =>
      post(devicePaths.approvals, { request, assertion: await assertion(order, forgery) });
    return { deviceCode, userCode, request, assertion, approve };
  };
  return { database, url, advance, clock, post, ask, asking, poll, waiting };
}

/** What is refused to devices that ask, and to cards that approve. */
async function badRequests({
  database,
  url,
  clock,
  post,
  ask,
  asking,
  poll,
  waiting,
}: Awaited<ReturnType<typeof devices>>) {
  await ask({});
  await ask({ ...asking, scope: "everything" });
  const request = { method: "POST", url: url + devicePaths.authorization };
  const key = newProofKey({ clock, random });
  const late = newProofKey({ clock: () => new Date(now.getTime() - hour), random });
  const proof = key.proof(request);
  for (const dpop of ["x", late.proof(request), key.proof({ ...request, url }), proof, proof]) {
    const { device_code: bound } = await ask(asking, { dpop });
    // It comes without the key.
    if (bound !== undefined) await poll(bound);
  }
  await poll("made up");
  for (const path of Object.values(devicePaths).slice(1)) await post(path, {});
  const unknown = { request: "nobody's", assertion: "a.b.c" };
  for (const path of [devicePaths.challenges, devicePaths.denials, devicePaths.approvals]) await post(path, unknown);
  const device = await waiting();
  await poll(device.deviceCode);
  await poll(device.deviceCode);
  const seconds = now.getTime() / 1000;
  await post(devicePaths.approvals, { request: device.request, assertion: "x" });
  const [one, other] = [await device.assertion(), await device.assertion()].map((text) => text.split("."));
  await post(devicePaths.approvals, {
    request: device.request,
    assertion: [one?.[0], other?.[1], one?.[2]].join("."),
  });
  for (const claims of [
    { sub: "somebody" },
    { aud: url },
    { exp: seconds + 3600 },
    { iat: seconds - 3600, exp: seconds - 3540 },
    { nonce: "made-up" },
  ]) {
    await device.approve({}, { claims });
  }
  await device.approve({}, { header: { x5c: ["MAMBAgM="] } });
  await device.approve({ issuer: impostor });
  await device.approve({ notBefore: new Date(now.getTime() + hour) });
  await device.approve({ notAfter: new Date(now.getTime() - hour) });
  await device.approve({ authority: true });
  const twice = { serialNumber: 4711, holder: "twice" };
  const claims = { jti: "the-same" };
  await (await waiting()).approve(twice, { claims });
  await device.approve(twice, { claims });
  const { db, close } = await openStore(database, () => now.getTime());
  const { issuer } = await db.selectFrom("certificate").select("issuer").executeTakeFirstOrThrow();
  const revoked = { issuer, serial_number: "1267", reason: "lost", revoked_at: 0 };
  await db.insertInto("revoked_certificate").values(revoked).execute();
  await close();
  await device.approve(twice);
}

/** Every end that a device's request can have, as each endpoint tells it. */
export async function devicesAreDecidedOn(): Promise<void> {
  const world = await devices();
  await badRequests(world);
  const { post, ask, asking, poll, waiting, advance } = world;
  const [denied, cancelled, used, expired] = [await waiting(), await waiting(), await waiting(), await waiting()];
  const assertions = [await denied.assertion(), await cancelled.assertion(), await used.assertion()];
  await post(devicePaths.denials, { request: denied.request });
  await post(devicePaths.cancellations, { deviceCode: cancelled.deviceCode });
  await used.approve();
  await poll(used.deviceCode);
  const everywhere = async (device: typeof denied, assertion: string) => {
    const { userCode, request, deviceCode } = device;
    await poll(deviceCode);
    await post(devicePaths.lookups, { userCode });
    await post(devicePaths.challenges, { request });
    await post(devicePaths.denials, { request });
    await post(devicePaths.approvals, { request, assertion });
  };
  for (const [index, device] of [denied, cancelled, used].entries()) await everywhere(device, assertions[index] ?? "");
  const late = await expired.assertion();
  advance(10 * 60_000);
  await everywhere(expired, late);
  for (let guess = 0; guess <= 10; guess++) await post(devicePaths.lookups, { userCode: "BBBB-BBBB" });
  const { db, close } = await openStore(world.database, () => now.getTime());
  await db.schema.alterTable("device_login").renameTo("no_device_login").execute();
  await ask(asking);
  await post(devicePaths.cancellations, { deviceCode: "x" });
  for (const path of [devicePaths.challenges, devicePaths.denials, devicePaths.approvals]) {
    await post(path, { request: "x", assertion: "x" });
  }
  await close();
}
