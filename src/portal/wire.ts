import type { RevocationState } from "../login/wire.ts";

/** Mynaportal on the wire, shared by client and server. Dates are RFC 3339. */
export const portalPaths = {
  me: "/portal/v1/me",
  sessions: "/portal/v1/sessions",
  sessionEnds: "/portal/v1/sessions/ends",
} as const;

/** Answer of `GET /portal/v1/me`. */
export interface Me {
  readonly sandbox: boolean;
  /** The person, under an identifier that outlives certificates. */
  readonly subject: string;
  /** When the session ends. */
  readonly expiresAt: string;
  readonly certificate: {
    readonly issuer: string;
    /** Upper-case hex digits. */
    readonly serialNumber: string;
    readonly notAfter: string;
    readonly revocation: RevocationState;
  };
}

/** How somebody got into a session: in person with card or password, or by approving what another device asked for. */
export const loginWays = ["card", "password", "device", "code"] as const;

/** One of the person's sessions. */
export interface PortalSession {
  readonly id: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
  readonly way: (typeof loginWays)[number];
  /** The OAuth client. */
  readonly client: string;
  /** What an external service is called; null: mynakit's own client. */
  readonly service: string | null;
  /** As the device called itself; nobody checked it. */
  readonly device: string | null;
  /** As the platform saw it; null where the platform is in the same process. */
  readonly address: string | null;
  readonly startedAt: string;
  readonly expiresAt: string;
}

/** Answer of `GET /portal/v1/sessions`: the newest first. */
export interface PortalSessions {
  readonly sandbox: boolean;
  readonly sessions: readonly PortalSession[];
}

/** Body of `POST /portal/v1/sessions/ends`: the identifier of one, or `all`. */
export interface SessionsEnd {
  readonly session: string;
}

/** Its answer. */
export interface SessionsEnded {
  readonly sandbox: boolean;
  readonly ended: readonly string[];
}
