import type { RevocationState } from "../login/wire.ts";

/** Mynaportal on the wire, shared by client and server. Dates are RFC 3339. */
export const portalPaths = { me: "/portal/v1/me" } as const;

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
