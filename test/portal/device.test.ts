import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { approveDevice, lookUpDevice } from "../../src/login/device/approval.ts";
import { deviceLogin } from "../../src/login/device/login.ts";
import { newUserCode, userCodeIn } from "../../src/login/device/wire.ts";
import { embeddedPlatform } from "../../src/sandbox/embedded.ts";
import { makeCard, now, random, signerOf } from "../sandbox/support/cards.ts";
import { runSandbox, temporaryFolder } from "../sandbox/support/sandbox.ts";
import { deviceContract } from "./support/device-contract.ts";

deviceContract(async () => path.join(temporaryFolder(), "sandbox.db"));

describe("the device that waits", () => {
  /** One whose sleep and network are the test's. */
  const waiting = async (fetchFor: (real: typeof fetch) => typeof fetch, sleep: () => Promise<void>, pace = 1) => {
    const sandbox = await runSandbox();
    let userCode = "";
    const login = deviceLogin({
      platform: { ...sandbox.platform, fetch: fetchFor(fetch) },
      scope: ["portal"],
      deviceName: "kiosk",
      clock: sandbox.clock,
      random,
      async sleep(milliseconds) {
        sandbox.advance(milliseconds * pace);
        await sleep();
      },
      show: (request) => {
        userCode = request.userCode;
      },
      waiting: () => {},
    });
    return { sandbox, login, code: () => userCode };
  };

  test("takes its request back when nobody wants to wait any more", async () => {
    const { sandbox, login, code } = await waiting(
      (real) => real,
      () => Promise.reject("SIGINT"),
    );
    await expect(login).rejects.toBe("SIGINT");
    await expect(lookUpDevice(sandbox.platform, code())).rejects.toMatchObject({
      details: { reason: "device-login-cancelled" },
    });
  });

  test("gives up when nobody has approved in time", async () => {
    const { login } = await waiting(
      (real) => real,
      async () => {},
      100,
    );
    await expect(login).rejects.toMatchObject({ details: { reason: "device-login-expired" } });
  });

  test("is not told to slow down by a platform in the same process whose clock stands still", async () => {
    const platform = await embeddedPlatform({ home: temporaryFolder(), clock: () => now, random });
    onTestFinished(() => platform.close());
    const clock = () => now;
    let userCode = "";
    let slept = 0;
    const { subject } = await deviceLogin({
      platform,
      scope: ["portal"],
      deviceName: "kiosk",
      clock,
      random,
      async sleep() {
        slept++;
        if (slept < 7) return;
        const parts = { platform, clock, random, sign: signerOf(makeCard()) };
        if (slept === 7) await approveDevice(parts, await lookUpDevice(platform, userCode));
      },
      show: (request) => {
        userCode = request.userCode;
      },
      waiting: () => {},
    });
    expect([slept, subject]).toEqual([8, expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  test("asks less often while the network fails, and goes on", async () => {
    let polls = 0;
    let slept = 0;
    const failing =
      (real: typeof fetch): typeof fetch =>
      (input, init) => {
        if (!String(input).endsWith("/token")) return real(input, init);
        polls++;
        return polls <= 4 ? Promise.reject(new TypeError("down")) : real(input, init);
      };
    const { login } = await waiting(failing, async () => {
      slept++;
      if (polls === 5) throw new Error("seen enough");
    });
    await expect(login).rejects.toThrow("seen enough");
    expect(slept).toBe(2 + 4 + 8 + 16 + 32 + 1);
  });
});

test("openid-client runs the flow by itself, without a key to bind to", async () => {
  const { platform, url, clock } = await runSandbox();
  const client = await import("openid-client");
  const execute = [client.allowInsecureRequests];
  const configuration = await client.discovery(new URL(url), "mynakit", undefined, client.None(), { execute });
  const asked = await client.initiateDeviceAuthorization(configuration, { scope: "openid portal" });
  const request = await lookUpDevice(platform, asked.user_code);
  await approveDevice({ platform, clock, random, sign: signerOf(makeCard()) }, request);
  const tokens = await client.pollDeviceAuthorizationGrant(configuration, { ...asked, interval: 0 });
  expect(tokens).toMatchObject({ token_type: "bearer", scope: "openid portal", sandbox: true });
  expect(tokens.claims()).toMatchObject({ amr: ["hwk", "pin"] });
});

describe("a user code", () => {
  test("is made of every letter, and read however it is typed", () => {
    const made = Array.from({ length: 200 }, () => newUserCode(random));
    expect(new Set(made.join("")).size).toBe(20);
    for (const code of made) expect(userCodeIn(` ${code.slice(0, 4).toLowerCase()}‐${code.slice(4)} `)).toBe(code);
    expect(userCodeIn("ＢＣＤＦ－ＧＨＪＫ")).toBe("BCDFGHJK");
  });

  test.each(["", "BCDF", "BCDFGHJKL", "AEIO-UYBC", "BCDF_GHJK", "'; drop table"])("is not %j", (typed) => {
    expect(userCodeIn(typed)).toBeUndefined();
  });
});
