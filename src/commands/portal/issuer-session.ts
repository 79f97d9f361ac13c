import { MynakitError } from "../../errors.ts";
import { deleteIssuerSession, type IssuerSession } from "../../login/issuer/session.ts";
import type { Result, Warning } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { issuerSession, openIssuer } from "./issuer.ts";

/** Who is logged in at an OpenID Connect provider, as that sees it: its claims, once they are of the session's person. */
export async function whoamiAtIssuer(context: Context, url: string): Promise<Result<DataOf<"portal whoami">>> {
  const session = issuerSession(context, url);
  if (!session) throw new MynakitError("ERR_PLATFORM_SESSION", { platform: url, issuer: true });
  const issuer = await openIssuer(context, url, session.clientId);
  const claims = await issuer.userinfo(session);
  return {
    data: {
      session: { subject: session.subject, expiresAt: session.expiresAt.toISOString() },
      certificate: null,
      claims,
      platform: { url, sandbox: issuer.sandbox },
    },
  };
}

/** Ends the session at an OpenID Connect provider where it can be ended, and here in any case. */
export async function logoutAtIssuer(context: Context, url: string): Promise<Result<DataOf<"portal logout">>> {
  const session = issuerSession(context, url);
  const { ended, sandbox, warnings } = session
    ? await end(context, url, session)
    : { ended: 0, sandbox: null, warnings: [] };
  deleteIssuerSession(context.home, url);
  return { data: { loggedOut: session !== undefined, ended, platform: { url, sandbox } }, warnings };
}

interface Ending {
  readonly ended: number;
  readonly sandbox: boolean | null;
  readonly warnings: readonly Warning[];
}

async function end(context: Context, url: string, session: IssuerSession): Promise<Ending> {
  try {
    const issuer = await openIssuer(context, url, session.clientId);
    const { sandbox } = issuer;
    if (await issuer.revoke(session)) return { ended: 1, sandbox, warnings: [] };
    return { ended: 0, sandbox, warnings: [{ code: "WARN_LOGOUT_NOT_OFFERED", details: { url } }] };
  } catch (error) {
    if (!(error instanceof MynakitError) || !/^ERR_(NETWORK|PLATFORM)_/.test(error.code)) throw error;
    return { ended: 0, sandbox: null, warnings: [{ code: "WARN_LOGOUT_OFFLINE", details: { url } }] };
  }
}
