import path from "node:path";
import { expect, onTestFinished } from "vitest";
import type { AccessToken } from "../../../src/login/access-token.ts";
import { cardLogin } from "../../../src/login/card-login.ts";
import { clientId, passwordGrant } from "../../../src/login/wire.ts";
import { pointsPaths } from "../../../src/mykey/points/wire.ts";
import { mykeyPaths } from "../../../src/mykey/wire.ts";
import { operations } from "../../../src/sandbox/http/openapi/document.ts";
import { components, type Operation } from "../../../src/sandbox/http/openapi/operation.ts";
import { addAccount, addService } from "../../../src/sandbox/points/services.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { type CardOrder, makeCard, random, signerOf } from "./cards.ts";
import { runSandbox, temporaryFolder } from "./sandbox.ts";

export const hour = 60 * 60 * 1000;
/** While programme 1 of Mynapoint ran. */
export const start = Date.parse("2020-10-01T03:00:00Z");
export const service = "examplepay";
/** The password of everybody who has one. */
export const password = "correct horse battery";

interface Request {
  /** Bound to its key, or good for whoever holds it. */
  readonly token?: AccessToken | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Its example in the protocol's description where it is not named. */
  readonly body?: unknown;
  readonly key?: string;
}

type Answer = Readonly<Record<string, unknown>>;

export const operationAt = (method: string, at: string): Operation =>
  operations.find((one) => one.method === method && one.path === at) ?? expect.fail(`${method} ${at}`);

export type World = Awaited<ReturnType<typeof world>>;

/** A sandbox at a time when points can be had, with people, and with requests as the protocol describes them. */
export async function world(reservationCap = 1000) {
  let time = start;
  const clock = () => new Date(time);
  const database = path.join(temporaryFolder(), "sandbox.db");
  const { url, platform } = await runSandbox({ database, clock, reservationCap });
  const { db, close } = await openStore(database, () => time);
  onTestFinished(close);
  const parts = { db, now: () => time, random };
  const { token: serviceToken } = await addService(service, parts);
  let keys = 0;

  async function ask(
    { method, path: at, body: name, once }: Operation,
    { token, body, key, headers: also }: Request = {},
  ) {
    keys += 1;
    const content = body ?? (name === undefined ? undefined : components[name].example);
    const headers = {
      ...(typeof token === "string"
        ? { authorization: `Bearer ${token}` }
        : token?.headersFor({ method, url: url + at })),
      ...also,
      ...(once ? { "idempotency-key": key ?? `key ${keys}` } : {}),
    };
    const init = { method, headers, ...(content === undefined ? {} : { body: JSON.stringify(content) }) };
    return (await (await fetch(url + at, init)).json()) as Answer;
  }
  const post = (at: string, token: AccessToken | string, body?: unknown, key?: string) =>
    ask(operationAt("POST", at), { token, body, ...(key === undefined ? {} : { key }) });
  const tokenOf = async (order: CardOrder, scope: readonly ("portal" | "mykey")[] = ["portal", "mykey"]) => {
    const life = { notBefore: new Date(start - 9000 * hour), notAfter: new Date(start + 9000 * hour) };
    const sign = signerOf(makeCard({ ...life, ...order }));
    return (await cardLogin({ platform, sign, scope, clock, random })).session.accessToken;
  };
  const byPassword = async (mykeyId: string, given = password) => {
    const fields = { grant_type: passwordGrant, client_id: clientId, scope: "openid mykey", mykey_id: mykeyId };
    const body = new URLSearchParams({ ...fields, password: given });
    const answer = (await (await fetch(`${url}/token`, { method: "POST", body })).json()) as Answer;
    return String(answer.access_token);
  };
  const propose = async (token: AccessToken) => String((await post(mykeyPaths.proposals, token)).proposalId);
  /** Somebody with a MyKey ID. */
  const join = async (holder: string) => {
    const token = await tokenOf({ holder });
    const { mykeyId } = await post(mykeyPaths.ids, token, { proposalId: await propose(token) });
    return { token, mykeyId: String(mykeyId), again: () => tokenOf({ holder }) };
  };
  /** An application for an account at the service, which is opened before. */
  const account = async (serviceId: string, holder: string, ward: string | null = null) => {
    const { securityCode } = await addAccount({ service, serviceId, holder, ward }, parts);
    const order = { service, serviceId, securityCode };
    return (token: AccessToken) => post(pointsPaths.applications, token, order);
  };
  const advance = (milliseconds: number) => {
    time += milliseconds;
  };
  return { url, clock, db, parts, serviceToken, ask, post, tokenOf, byPassword, propose, join, account, advance };
}
