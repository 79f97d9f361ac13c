import * as client from "openid-client";
import { expect, onTestFinished } from "vitest";
import { approveDevice, lookUpDevice } from "../../../src/login/device/approval.ts";
import { deviceGrant } from "../../../src/login/device/wire.ts";
import type { RegisteredClient } from "../../../src/sandbox/authorization/clients.ts";
import { addClient } from "../../../src/sandbox/operator/clients.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { random, signerOf, type TestCard } from "./cards.ts";
import { type ClockedPlatform, type RunningSandbox, runSandbox } from "./sandbox.ts";

/** A service of somebody else: OpenID Connect by `openid-client`, the API by plain `fetch`; nothing of ours. */
export interface ExternalService {
  readonly client: RegisteredClient;
  /** Asks whom it may concern. @returns the code that a person types */
  readonly asks: (scope: string) => Promise<string>;
  /** Asks a person, who approves with the card. @returns the access token */
  readonly consented: (card: TestCard, scope: string) => Promise<string>;
  /** The same, bound to a key. @returns the access token, and what asks with the key */
  readonly bound: (card: TestCard, scope: string) => Promise<{ token: string; get(path: string): Promise<Answer> }>;
  /** Gives a token back. */
  readonly revoke: (token: string) => Promise<void>;
  readonly get: (path: string, token?: string) => Promise<Answer>;
  readonly post: (path: string, token: string, body: object, key?: string) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ServicePlatform extends RunningSandbox {
  /** Registers a service that may ask for a scope. */
  readonly service: (name: string, scope: string) => Promise<ExternalService>;
}

/** A sandbox with services outside of it. */
export async function servicePlatform(database?: string): Promise<ServicePlatform> {
  const sandbox = await runSandbox(database === undefined ? {} : { database });
  const { url, platform, clock } = sandbox;
  const { db, close } = await openStore(sandbox.database, () => clock().getTime());
  onTestFinished(close);
  let keys = 0;
  const answerOf = async (response: Response): Promise<Answer> => ({
    status: response.status,
    body: (await response.json()) as Answer["body"],
  });
  return {
    ...sandbox,
    async service(name, scope) {
      const registered = await addClient(
        { name, redirectUris: [], scope },
        { db, now: () => clock().getTime(), random },
      );
      const configuration = await client.discovery(new URL(url), registered.id, undefined, client.None(), {
        execute: [client.allowInsecureRequests],
      });
      const consented = async (card: TestCard, wanted: string, options?: client.DPoPOptions) => {
        const asked = await client.initiateDeviceAuthorization(configuration, { scope: wanted });
        await approved(platform, asked.user_code, card);
        // Not by the polling grant, which waits before it asks.
        const parameters = { device_code: asked.device_code };
        const tokens = await client.genericGrantRequest(configuration, deviceGrant, parameters, options);
        return tokens.access_token;
      };
      return {
        client: registered,
        asks: async (wanted) => (await client.initiateDeviceAuthorization(configuration, { scope: wanted })).user_code,
        consented,
        revoke: (token) => client.tokenRevocation(configuration, token),
        async bound(card, wanted) {
          const keys = await client.randomDPoPKeyPair("ES256");
          const DPoP = client.getDPoPHandle(configuration, keys, {
            [client.modifyAssertion]: (_header, claims) => {
              claims.iat = Math.floor(clock().getTime() / 1000);
            },
          });
          const token = await consented(card, wanted, { DPoP });
          const get = async (path: string) =>
            answerOf(
              await client.fetchProtectedResource(configuration, token, new URL(url + path), "GET", null, undefined, {
                DPoP,
              }),
            );
          return { token, get };
        },
        get: async (path, token) =>
          answerOf(
            await fetch(url + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
          ),
        async post(path, token, body, key) {
          keys += 1;
          const headers = {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            "idempotency-key": key ?? `service ${keys}`,
          };
          return answerOf(await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) }));
        },
      };
    },
  };
}

async function approved(platform: ClockedPlatform, userCode: string, card: TestCard): Promise<void> {
  const request = await lookUpDevice(platform, userCode);
  expect(request.service).not.toBeNull();
  await approveDevice({ platform, sign: signerOf(card), clock: platform.clock, random }, request);
}
