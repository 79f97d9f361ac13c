import { expect, onTestFinished, test } from "vitest";
import { authenticate } from "../../src/jpki/authentication.ts";
import { Pin } from "../../src/jpki/pin/pin.ts";
import { cardLogin } from "../../src/login/card-login.ts";
import { logout, whoami } from "../../src/portal/client.ts";
import { simBackend } from "../../src/simulator/backend.ts";
import { hoursBefore, makeCard, now, pinSent, random } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { runSandbox, temporaryFolder } from "../sandbox/support/sandbox.ts";

test("whoami names person, certificate and the end of the session", async () => {
  const { platform } = await runSandbox();
  const session = await logIn(platform, makeCard({ serialNumber: 0xabcdef }));
  expect(session.expiresAt.toISOString()).toBe("2026-11-22T03:15:00.000Z");
  expect(await whoami(platform, session.accessToken)).toEqual({
    sandbox: true,
    subject: session.subject,
    expiresAt: "2026-11-22T03:15:00Z",
    certificate: {
      issuer: "OU=mynakit simulated card,OU=JPKI for user authentication,O=JPKI-SIM,C=JP",
      serialNumber: "ABCDEF",
      notAfter: "2027-09-18T03:00:00Z",
      revocation: "good",
    },
  });
});

test("logout ends this session and no other, and may be repeated", async () => {
  const { platform } = await runSandbox();
  const card = makeCard();
  const [first, second] = [await logIn(platform, card), await logIn(platform, card)];
  await logout(platform, first.accessToken);
  await logout(platform, first.accessToken);
  await expect(whoami(platform, first.accessToken)).rejects.toMatchObject({
    code: "ERR_PLATFORM_SESSION",
    details: { platform: platform.url },
  });
  await expect(whoami(platform, second.accessToken)).resolves.toMatchObject({ subject: second.subject });
});

test("a refusal after the signature says that the PIN was sent", async () => {
  const { platform } = await runSandbox();
  const failure = logIn(platform, makeCard({ notBefore: hoursBefore(2), notAfter: hoursBefore(1) }));
  await expect(failure).rejects.toMatchObject({ code: "ERR_CERT_EXPIRED", pin: pinSent });
});

test("a simulated card logs in: certificate, PIN and signature from the card, the nonce while nobody holds it", async () => {
  const { platform } = await runSandbox();
  const host = { home: temporaryFolder(), now: () => now, sleep: async () => {} };
  const connect = { waitForCard: 0, signal: new AbortController().signal };
  const backend = simBackend(host);
  onTestFinished(() => backend.close());
  const reader = await backend.open("standard", connect);
  const askPin = async () => Pin.fromAscii("1234");
  const { session, pin } = await cardLogin({
    platform,
    scope: ["portal"],
    clock: () => now,
    random,
    sign: (message) =>
      authenticate(reader, { connect, minTries: 2, check: () => {}, askPin, message: ({ der }) => message(der) }),
  });
  expect(pin).toEqual({ pinSent: true, triesBefore: 3, triesAfter: 3 });
  expect(await whoami(platform, session.accessToken)).toMatchObject({ subject: session.subject });
});
