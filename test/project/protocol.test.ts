import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { newKey } from "../../src/new-key.ts";
import { createProvider } from "../../src/sandbox/authorization/provider.ts";
import { createApp } from "../../src/sandbox/http/app.ts";
import { describeProtocol, operations } from "../../src/sandbox/http/openapi/document.ts";
import { isPage } from "../../src/sandbox/http/openapi/pages.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { documentedExamples, validatorAt } from "../sandbox/support/protocol.ts";
import { temporaryFolder } from "../sandbox/support/sandbox.ts";

const root = path.resolve(import.meta.dirname, "../..");
const issuer = "http://127.0.0.1:8080";

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Hears which routes a provider registers while it is made: it tells them to nobody. */
async function routesMadeBy(make: () => void): Promise<Route[]> {
  const file = path.join(root, "node_modules/oidc-provider/lib/helpers/router.js");
  type Register = (name: string, route: string) => unknown;
  const { default: Router } = (await import(file)) as { default: { prototype: Record<string, Register> } };
  const spies = ["get", "post", "put", "delete"].map((method) => ({ method, spy: vi.spyOn(Router.prototype, method) }));
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  make();
  return spies.flatMap(({ method, spy }) =>
    spy.mock.calls.map(([, route]) => ({ method: method.toUpperCase(), path: route })),
  );
}

/** Every path that the platform answers, pages and what HTTP asks of each path left out. */
async function answered(): Promise<string[]> {
  const store = await openStore(path.join(temporaryFolder(), "sandbox.db"), () => 0);
  const parts = { db: store.db, anchors: [], now: () => 0, random: (length: number) => new Uint8Array(length) };
  const key = newKey().export({ format: "jwk" });
  const jwks = { keys: [{ ...key, kid: "1", alg: "ES256", use: "sig" }] } as Parameters<typeof createProvider>[1];
  const routes: Route[] = [];
  const made = await routesMadeBy(() => {
    const provider = createProvider(issuer, jwks, { ...parts, audience: issuer }, () => {});
    routes.push(...createApp(provider, { ...parts, reservationCap: 1, standing: store.standing }, () => {}).routes);
  });
  await store.close();
  return [...routes, ...made]
    .filter(({ method, path: route }) => !["ALL", "HEAD", "OPTIONS"].includes(method) && !isPage(route))
    .map(({ method, path: route }) => `${method} ${route.replaceAll(/:(\w+)/g, "{$1}")}`)
    .sort();
}

describe("the protocol's OpenAPI document", () => {
  test("describes every path that the platform answers, and no other", async () => {
    const described = operations.map(({ method, path: route }) => `${method} ${route}`);
    const routes = await answered();
    expect(described.sort()).toEqual([...new Set(routes)]);
    expect(routes).toEqual(expect.arrayContaining(["POST /token", "GET /mykey/v1/rules"]));
  });

  test("is valid OpenAPI 3.1", async () => {
    const document = structuredClone(describeProtocol(issuer)) as Record<string, unknown>;
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    const broken = { ...document, info: {} };
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
  });

  test("names each operation once, and only examples that are valid", () => {
    const names = operations.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    const wrong = documentedExamples().filter(({ place, example }) => !validatorAt(...place)(example));
    expect(wrong).toEqual([]);
    expect(documentedExamples().length).toBeGreaterThan(names.length);
  });
});
