import type { ApiScope } from "./api.ts";

/** What a person has let external services read and do, on the wire. */
export const consentPaths = { consents: "/portal/v1/consents", ends: "/portal/v1/consents/ends" } as const;

/** `over`: its time has passed, or the service's session has ended. */
export const consentStates = ["standing", "withdrawn", "over"] as const;
export type ConsentState = (typeof consentStates)[number];

export interface Consent {
  /** Names it among the person's. */
  readonly id: string;
  /** The OAuth client, and what the operator called it. */
  readonly client: string;
  readonly service: string;
  readonly scopes: readonly ApiScope[];
  readonly state: ConsentState;
  /** RFC 3339. */
  readonly givenAt: string;
  /** When it ends by itself. */
  readonly until: string;
  readonly withdrawnAt: string | null;
}

/** Answer of `GET /portal/v1/consents` and of what ends one: the newest first. */
export interface Consents {
  readonly sandbox: boolean;
  readonly consents: readonly Consent[];
}

/** Body of `POST /portal/v1/consents/ends`. */
export interface ConsentEnd {
  readonly consent: string;
}
