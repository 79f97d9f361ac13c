import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { type ReachOptions, reach } from "../../src/login/reach.ts";

const away = () => new MynakitError("ERR_NETWORK_UNREACHABLE", { url: "https://p.invalid", reason: "ECONNREFUSED" });

/** A clock that only sleeping moves, and what was slept. */
function patience(seconds: number) {
  let time = 0;
  const slept: number[] = [];
  const told: number[] = [];
  const options: ReachOptions = {
    patience: seconds * 1000,
    now: () => new Date(time),
    async sleep(milliseconds) {
      slept.push(milliseconds / 1000);
      time += milliseconds;
    },
    away: (_error, milliseconds) => told.push(milliseconds / 1000),
  };
  return { options, slept, told };
}

describe("reaching a platform", () => {
  test("asks twice as seldom after each failure, once a minute in the end, and tells each time", async () => {
    const { options, slept, told } = patience(Number.POSITIVE_INFINITY);
    let asked = 0;
    const answered = reach(async () => {
      if (++asked < 10) throw away();
      return "there";
    }, options);
    expect(await answered).toEqual({ answer: "there", milliseconds: 0, attempts: 10 });
    expect(slept).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(told).toEqual(slept);
  });

  test("begins no pause that would outlast the patience", async () => {
    const { options, slept } = patience(10);
    await expect(reach(() => Promise.reject(away()), options)).rejects.toMatchObject({ step: "connect" });
    expect(slept).toEqual([1, 2, 4]);
  });

  test("does not repeat what will fail again, nor hide what is no failure of the platform", async () => {
    const { options, slept } = patience(60);
    const forged = new MynakitError("ERR_NETWORK_TLS", { url: "https://p.invalid", reason: "CERT_HAS_EXPIRED" });
    await expect(reach(() => Promise.reject(forged), options)).rejects.toMatchObject({ step: "tls" });
    await expect(reach(() => Promise.reject(new TypeError("a bug")), options)).rejects.toThrow(TypeError);
    expect(slept).toEqual([]);
  });
});
