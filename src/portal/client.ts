import type { AccessToken } from "../login/access-token.ts";
import { requestJson } from "../login/http.ts";
import { discoverServer } from "../login/oidc.ts";
import type { Platform } from "../login/platform.ts";
import { type Me, portalPaths } from "./wire.ts";

/**
 * Who is logged in, and until when.
 * @throws {MynakitError} ERR_PLATFORM_SESSION (over), ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function whoami(platform: Platform, accessToken: AccessToken): Promise<Me> {
  return requestJson(platform, {
    method: "GET",
    path: portalPaths.me,
    accessToken,
    parse: (answer) => {
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
    },
  });
}

/**
 * Ends the session at the platform (RFC 7009). One that is over already is no error.
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function logout(platform: Platform, accessToken: AccessToken): Promise<void> {
  const server = await discoverServer(platform);
  await server.revoke(accessToken);
}
