import fc from "fast-check";
import { expect, test } from "vitest";
import { isError } from "../../src/errors.ts";
import { earliestUse, requireWaited } from "../../src/mykey/waiting.ts";

const rules = { waitingTimeSeconds: 24 * 60 * 60 };
const notBefore = new Date("2026-11-21T03:00:00Z");

test("a certificate can be used a waiting time after its notBefore", () => {
  expect(earliestUse(notBefore, rules).toISOString()).toBe("2026-11-22T03:00:00.000Z");
});

test("a second too early is too early, and the error says when it is not", () => {
  expect(() => requireWaited(notBefore, rules, new Date("2026-11-22T02:59:59Z"))).toThrow(
    expect.objectContaining({
      code: "ERR_CERT_TOO_NEW",
      details: { kind: "auth", notBefore: "2026-11-21T03:00:00.000Z", earliest: "2026-11-22T03:00:00.000Z" },
    }),
  );
  expect(() => requireWaited(notBefore, rules, new Date("2026-11-22T03:00:00Z"))).not.toThrow();
});

test("whoever waits until the named moment is let through", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: -2_000_000, max: 2_000_000 }), (waitingTimeSeconds, age) => {
      const now = new Date(notBefore.getTime() + age * 1000);
      try {
        requireWaited(notBefore, { waitingTimeSeconds }, now);
      } catch (error) {
        if (!isError(error, "ERR_CERT_TOO_NEW")) throw error;
        const earliest = new Date(error.details.earliest);
        expect(earliest.getTime()).toBeGreaterThan(now.getTime());
        requireWaited(notBefore, { waitingTimeSeconds }, earliest);
      }
    }),
  );
});
