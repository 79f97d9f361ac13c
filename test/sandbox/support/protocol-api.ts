import { expect } from "vitest";
import { newProofKey } from "../../../src/login/proof-key.ts";
import { fetchConsents, withdrawConsent } from "../../../src/portal/consents.ts";
import { apiPaths, apiScopes } from "../../../src/portal/wire/api.ts";
import { operations } from "../../../src/sandbox/http/openapi/document.ts";
import { components, type Operation } from "../../../src/sandbox/http/openapi/operation.ts";
import { applicant } from "./applicant.ts";
import { makeCard, random } from "./cards.ts";
import { servicePlatform } from "./external-service.ts";
import { logIn } from "./login.ts";
import { applicationsAreRefused } from "./protocol-portal.ts";
import { hour } from "./protocol-world.ts";

interface Bearer {
  readonly url: string;
  readonly clock: () => Date;
  /** Bound to a key that is not used here. */
  readonly token: string;
}

/** What is refused to who has a token, but not its key. */
export async function badProofsAreRefused(of: readonly Operation[], { url, clock, token }: Bearer): Promise<void> {
  const key = newProofKey({ clock, random });
  const late = newProofKey({ clock: () => new Date(clock().getTime() - hour), random });
  for (const { method, path } of of) {
    const request = { method, url: url + path, accessToken: token };
    const foreign = key.proof(request);
    await fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } });
    for (const dpop of ["x", late.proof(request), key.proof({ ...request, url }), foreign, foreign]) {
      await fetch(url + path, { method, headers: { authorization: `DPoP ${token}`, dpop } });
    }
  }
}

/** What external services are let do, and everything that is refused to them. */
export async function servicesAreLetIn(): Promise<void> {
  const world = await servicePlatform();
  const { url, clock, platform } = world;
  const card = makeCard({ holder: "consenting" });
  const everything = apiScopes.join(" ");
  const app = await world.service("App", everything);
  const token = await app.consented(card, everything);
  const guarded = operations.filter(({ access }) => access === "consent");
  const ask = ({ method, path, body }: Operation, by = token, changed?: object, key?: string) =>
    method === "GET"
      ? app.get(path, by)
      : app.post(path, by, changed ?? (components[body ?? "Submission"].example as object), key);

  for (const operation of guarded) if (operation.path !== apiPaths.registration) await ask(operation);
  const registration = guarded.filter(({ path }) => path === apiPaths.registration);
  for (const operation of registration) if (operation.method === "GET") await ask(operation);
  await app.post(apiPaths.registration, token, { nickname: " " });
  await app.post(apiPaths.registration, token, { nickname: "taken" }, "taken");
  for (const operation of guarded) await ask(operation);
  for (const action of ["connect", "remove", "remove"]) {
    await app.post(apiPaths.deliveryConnections, token, { service: "mypost", action });
  }
  for (const operation of guarded.filter(({ once }) => once)) {
    for (const [changed, key] of [[{}], [undefined, "taken"], [undefined, "k".repeat(129)]] as const) {
      await ask(operation, token, changed, key);
    }
  }
  await applicationsAreRefused(
    await applicant(world),
    async (application, signature, attachments = [], key) => {
      const { status, body } = await app.post(
        apiPaths.applications,
        token,
        { application, signature, attachments },
        key === undefined ? undefined : `application ${key}`,
      );
      if (status !== 200) throw { details: { reason: body.reason } };
      return { id: String(body.id) };
    },
    world.database,
  );
  const bound = await app.bound(card, everything);
  await badProofsAreRefused(guarded, { url, clock, token: bound.token });

  const { accessToken } = await logIn(platform, card);
  const unknown = withdrawConsent(platform, accessToken, { consent: "nobody's", idempotencyKey: "nobody's" });
  await expect(unknown).rejects.toMatchObject({ details: { reason: "consent-unknown" } });
  for (const { id } of await fetchConsents(platform, accessToken)) {
    await withdrawConsent(platform, accessToken, { consent: id, idempotencyKey: id });
  }
  for (const operation of guarded) await ask(operation);
}
