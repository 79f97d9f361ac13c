import { expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { loginByCode, loginByDevice } from "../../src/login/issuer/login.ts";
import type { Issuer } from "../../src/login/issuer/provider.ts";

const page = { title: "t", text: "x" };
const pages = { language: "en", received: page, foreign: page };
const random = (length: number) => new Uint8Array(length).fill(7);

const pending = () => new MynakitError("ERR_PLATFORM_REFUSED", { reason: "authorization_pending", description: "" });

/** A provider that nobody ever answers at. */
const silent: Issuer = {
  issuer: "https://login.example",
  sandbox: false,
  clientId: "mynakit",
  grants: [],
  ways: ["device", "code"],
  challenge: undefined,
  askForDevice: async () => ({
    deviceCode: "d",
    userCode: "u",
    address: "a",
    completeAddress: "a",
    expiresIn: 30,
    interval: 5,
  }),
  exchangeDeviceCode: () => Promise.reject(pending()),
  exchangeAssertion: () => Promise.reject(pending()),
  authorizationUrl: async ({ redirectUri }) => `https://login.example/auth?redirect_uri=${redirectUri}`,
  exchangeCode: () => Promise.reject(pending()),
  userinfo: async () => ({}),
  revoke: async () => false,
};

test("five minutes after the address was shown nobody is waited for, and nothing listens any more", async () => {
  const seconds: number[] = [];
  let shown = "";
  const login = loginByCode(silent, {
    scope: "openid",
    port: 0,
    pages,
    random,
    sleep: async () => {},
    waiting: (left) => seconds.push(left),
    show: (address) => {
      shown = address;
    },
  });
  await expect(login).rejects.toMatchObject({ code: "ERR_PLATFORM_LOGIN_EXPIRED", details: { issuer: silent.issuer } });
  expect([seconds.length, seconds[0], seconds.at(-1)]).toEqual([300, 300, 1]);
  await expect(fetch(new URL(shown).searchParams.get("redirect_uri") ?? "")).rejects.toThrow();
});

test("a code that nobody enters is asked for at the provider's pace, until its time is over", async () => {
  const asked: number[] = [];
  let now = 0;
  const login = loginByDevice(
    {
      ...silent,
      async exchangeDeviceCode() {
        asked.push(now);
        throw pending();
      },
    },
    {
      scope: "openid",
      sleep: async (milliseconds) => {
        now += milliseconds / 1000;
      },
      waiting: () => {},
      show: () => {},
    },
  );
  await expect(login).rejects.toMatchObject({ code: "ERR_PLATFORM_LOGIN_EXPIRED" });
  expect(asked).toEqual([5, 10, 15, 20, 25, 30]);
});
