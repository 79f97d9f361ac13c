import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "../../src/sandbox/http/client-address.ts";
import { rateLimit } from "../../src/sandbox/http/rate-limit.ts";

const addresses = 1000;

test("no address ever gets more than the burst and what came in since; who waits as long as told is served", () => {
  const step = fc.record({ pause: fc.nat(3000), address: fc.constantFrom("a", "b", "c") });
  const property = fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 20 }),
    fc.array(step, { maxLength: 200 }),
    (requestsPerSecond, burst, steps) => {
      let time = 0;
      const wait = rateLimit({ requestsPerSecond, burst, addresses }, () => time);
      const served = new Map<string, number>();
      for (const { pause, address } of steps) {
        time += pause;
        const seconds = wait(address);
        if (seconds > 0) {
          time += seconds * 1000;
          expect(wait(address)).toBe(0);
        }
        const count = (served.get(address) ?? 0) + 1;
        served.set(address, count);
        expect(count).toBeLessThanOrEqual(burst + (time / 1000) * requestsPerSecond + 1e-6);
      }
    },
  );
  fc.assert(property);
});

test("a clock that is set back gives and takes nothing", () => {
  let time = 10_000;
  const wait = rateLimit({ requestsPerSecond: 1, burst: 1, addresses }, () => time);
  expect(wait("a")).toBe(0);
  time = 0;
  expect(wait("a")).toBe(1);
});

test("of more addresses than are remembered, the one that was silent for longest is forgotten", () => {
  const wait = rateLimit({ requestsPerSecond: 1, burst: 1, addresses: 2 }, () => 0);
  expect([wait("a"), wait("b"), wait("a")]).toEqual([0, 0, 1]);
  expect(wait("c")).toBe(0);
  expect([wait("a"), wait("b")]).toEqual([1, 0]);
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0DB8:0:0:1:2:3:4", "2001:db8:0:0::/64"],
  ["2001:db8:a:b:c:d:e:f", "2001:db8:a:b::/64"],
  ["fe80::1:2:3:4%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
