/** The MyKey Platform on the wire, shared by client and server. Dates are RFC 3339. */
export const mykeyPaths = {
  rules: "/mykey/v1/rules",
  proposals: "/mykey/v1/proposals",
  ids: "/mykey/v1/ids",
  mine: "/mykey/v1/ids/mine",
} as const;

/** Names the request, so that repeating it repeats only the answer (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeyHeader = "Idempotency-Key";

/** Answer of `GET /mykey/v1/rules`. */
export interface MykeyRules {
  readonly sandbox: boolean;
  /** How long after its notBefore a certificate is refused. */
  readonly waitingTimeSeconds: number;
  readonly proposalLifeSeconds: number;
  readonly idLength: number;
  readonly idAlphabet: string;
}

/** An issued MyKey ID. The ID and its reservation (予約) are two facts: each has its own state and time. */
export interface IssuedMykeyId {
  readonly sandbox: boolean;
  readonly mykeyId: string;
  readonly furigana: string;
  readonly state: "active";
  readonly issuedAt: string;
  readonly reservation: { readonly state: "reserved"; readonly at: string };
  /** False where the ID was there before this request. */
  readonly created: boolean;
}

/** Answer of `POST /mykey/v1/proposals`: the ID the person has, or one to think about. */
export type ProposalAnswer =
  | { readonly sandbox: boolean; readonly existing: IssuedMykeyId }
  | {
      readonly sandbox: boolean;
      readonly proposalId: string;
      readonly mykeyId: string;
      readonly furigana: string;
      readonly expiresAt: string;
    };

/** Body of `POST /mykey/v1/ids`. */
export interface IssueRequest {
  readonly proposalId: string;
}
