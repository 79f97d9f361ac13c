import { expect, test } from "vitest";
import { logout, whoami } from "../../src/portal/client.ts";
import { makeCard } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";

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
