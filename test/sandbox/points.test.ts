import path from "node:path";
import { describe, expect, test } from "vitest";
import { pointsPaths } from "../../src/mykey/points/wire.ts";
import { addService } from "../../src/sandbox/points/services.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { now, random } from "./support/cards.ts";
import { pointsContract } from "./support/points-contract.ts";
import { runSandbox, temporaryFolder } from "./support/sandbox.ts";

describe("points in an SQLite file", () => {
  pointsContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});

describe("the endpoint for cashless services", () => {
  async function serving() {
    const database = path.join(temporaryFolder(), "sandbox.db");
    const { url } = await runSandbox({ database });
    const store = await openStore(database, () => now.getTime());
    const { token } = await addService("mynapay", { db: store.db, now: () => now.getTime(), random });
    await store.close();
    const send = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(`${url}${pointsPaths.reports}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "idempotency-key": "r1", ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, reason: ((await response.json()) as { reason?: string }).reason };
    };
    return { send, token };
  }

  const report = { serviceId: "taro", kind: "charge", yen: 1000 };

  test("takes reports of who has the service's token, by the rules of the day", async () => {
    const { send, token } = await serving();
    expect(await send(report)).toEqual({ status: 409, reason: "programme-closed" });
    for (const authorization of ["", "Bearer x", `Bearer ${token}x`, `Bearer other.${token}`, `Basic ${token}`]) {
      expect((await send(report, { authorization })).status, authorization).toBe(401);
    }
  });

  test.each([
    { ...report, yen: 0 },
    { ...report, yen: -1 },
    { ...report, yen: 0.5 },
    { ...report, yen: 1e9 },
    { ...report, yen: "1000" },
    { ...report, kind: "refund" },
    { ...report, serviceId: "" },
    { ...report, serviceId: ["taro"] },
    null,
    [],
    "'; drop table points_report; --",
  ])("refuses %j", async (body) => {
    const { send } = await serving();
    expect(await send(body)).toEqual({ status: 400, reason: "request-malformed" });
  });

  test("needs the report's name", async () => {
    const { send } = await serving();
    expect((await send(report, { "idempotency-key": "" })).reason).toBe("idempotency-key-missing");
  });
});
