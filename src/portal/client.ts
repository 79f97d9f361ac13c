import type { AccessToken } from "../login/access-token.ts";
import { discoverServer } from "../login/oidc.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { loginWays, type Me, type PortalSession, portalPaths, type SessionsEnd } from "./wire.ts";

/**
 * Who is logged in, and until when.
 * @throws {MynakitError} ERR_PLATFORM_SESSION (over), ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function whoami(platform: Platform, accessToken: AccessToken): Promise<Me> {
  return getFrom(platform, accessToken, portalPaths.me, (answer) => {
    const certificate = answer.object("certificate");
    return {
      sandbox: answer.flag("sandbox"),
      subject: answer.text("subject"),
      expiresAt: answer.date("expiresAt"),
      certificate: {
        issuer: certificate.text("issuer"),
        serialNumber: certificate.text("serialNumber"),
        notAfter: certificate.date("notAfter"),
        revocation: certificate.oneOf("revocation", ["good", "not-checked"]),
      },
    };
  });
}

/** The person's sessions that stand, the newest first. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export const listSessions = (platform: Platform, accessToken: AccessToken): Promise<PortalSession[]> =>
  getFrom(platform, accessToken, portalPaths.sessions, (answer) => answer.list("sessions").map(sessionIn));

const sessionIn = (session: Members): PortalSession => ({
  id: session.text("id"),
  current: session.flag("current"),
  way: session.oneOf("way", loginWays),
  client: session.text("client"),
  service: session.nullable("service", session.text),
  device: session.nullable("device", session.text),
  address: session.nullable("address", session.text),
  startedAt: session.date("startedAt"),
  expiresAt: session.date("expiresAt"),
});

/**
 * Ends one of the person's sessions, or `all` of them, this one too.
 * @returns the identifiers of those that have ended
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `session-unknown`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const endSessions = (
  platform: Platform,
  accessToken: AccessToken,
  { session, idempotencyKey }: SessionsEnd & Repeatable,
): Promise<string[]> =>
  postOnce(platform, accessToken, {
    path: portalPaths.sessionEnds,
    idempotencyKey,
    body: { session } satisfies SessionsEnd,
    parse: (answer) => answer.texts("ended"),
  });

/**
 * Ends the session at the platform (RFC 7009). One that is over already is no error.
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function logout(platform: Platform, accessToken: AccessToken): Promise<void> {
  const server = await discoverServer(platform);
  await server.revoke(accessToken);
}
