/** The MyKey Platform on the wire, shared by client and server. Dates are RFC 3339. */
export const mykeyPaths = {
  rules: "/mykey/v1/rules",
  proposals: "/mykey/v1/proposals",
  ids: "/mykey/v1/ids",
  mine: "/mykey/v1/ids/mine",
  changeProposals: "/mykey/v1/ids/mine/proposals",
  changes: "/mykey/v1/ids/mine/changes",
  revocation: "/mykey/v1/ids/mine/revocation",
  leakReport: "/mykey/v1/ids/mine/leak-report",
  status: "/mykey/v1/account",
  history: "/mykey/v1/account/history",
  profile: "/mykey/v1/account/profile",
  password: "/mykey/v1/account/password",
  pageTicket: "/mykey/v1/account/page-ticket",
} as const;

/** Answer of `GET /mykey/v1/rules`. */
export interface MykeyRules {
  readonly sandbox: boolean;
  /** How long after its notBefore a certificate is refused. */
  readonly waitingTimeSeconds: number;
  readonly proposalLifeSeconds: number;
  readonly idLength: number;
  readonly idAlphabet: string;
  /** How many persons can reserve, and how many more. */
  readonly reservations: { readonly limit: number; readonly left: number };
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

/** Body of `POST /mykey/v1/ids/mine/proposals`. */
export interface ChangeRequest {
  /** The person's own choice; left out: a generated one. */
  readonly wanted?: string;
}

/** Its answer: another ID, kept for the person for a while. */
export interface ChangeProposal {
  readonly sandbox: boolean;
  readonly proposalId: string;
  readonly mykeyId: string;
  readonly furigana: string;
  readonly expiresAt: string;
  /** False: it is the person's own choice. */
  readonly generated: boolean;
  /** How many more are generated. */
  readonly generatedLeft: number;
}

/** Body of `POST /mykey/v1/ids/mine/revocation`: the ID, typed to confirm it. */
export interface RevocationRequest {
  readonly mykeyId: string;
}

export interface RevokedMykeyId {
  readonly sandbox: boolean;
  readonly mykeyId: string;
  readonly state: "revoked";
  readonly revokedAt: string;
}

/** Answer of `POST /mykey/v1/ids/mine/leak-report`. */
export interface LeakReported {
  readonly sandbox: boolean;
  readonly mykeyId: string;
  readonly state: "suspended";
  readonly suspendedAt: string;
}

export const accountStates = ["none", "active", "suspended", "revoked"] as const;
export const linkStates = ["linked", "not-linked", "waiting", "replaced"] as const;
export const mykeyStates = ["active", "suspended", "changed", "revoked"] as const;

/** Answer of `GET /mykey/v1/account`. */
export interface AccountStatus {
  readonly sandbox: boolean;
  readonly account: (typeof accountStates)[number];
  /** Null: there is none now. */
  readonly mykeyId: string | null;
  readonly reservation: { readonly state: "reserved" | "none"; readonly at: string | null };
  /** Of the login. `waiting`: too new, usable from then on. `not-linked`: its first use links it. */
  readonly certificate: {
    readonly serialNumber: string;
    readonly state: (typeof linkStates)[number];
    readonly usableFrom: string;
  };
  readonly passwordSet: boolean;
}

/** Answer of `GET /mykey/v1/account/history`, the oldest first. */
export interface AccountHistory {
  readonly sandbox: boolean;
  readonly ids: readonly {
    readonly mykeyId: string;
    readonly furigana: string;
    readonly state: (typeof mykeyStates)[number];
    readonly issuedAt: string;
    readonly endedAt: string | null;
  }[];
  readonly certificates: readonly {
    readonly issuer: string;
    readonly serialNumber: string;
    readonly linkedAt: string | null;
    readonly unlinkedAt: string | null;
  }[];
  /** `actor` is a kind: person, service, operator, platform. */
  readonly events: readonly { readonly at: string; readonly actor: string; readonly action: string }[];
}

/** What a person entered. Answer of `GET` and `POST /mykey/v1/account/profile`. */
export interface Profile {
  readonly sandbox: boolean;
  readonly email: string | null;
  /** Whether notices go to the e-mail address (メール通知). */
  readonly notify: boolean;
  /** Whose municipal points are the basic ones (基本自治体ポイント口座): six digits of the local public entity code. */
  readonly pointsMunicipality: string | null;
}

/** Body of `POST /mykey/v1/account/profile`: what is not named stays. */
export type ProfileChange = Partial<Omit<Profile, "sandbox">>;

/** Body of `POST /mykey/v1/account/password`: what logs in with the MyKey ID from now on. */
export interface PasswordRequest {
  readonly password: string;
}

export interface PasswordSet {
  readonly sandbox: boolean;
  readonly changedAt: string;
}

/** Where my page (利用者マイページ) opens with a one-time ticket, in the query under `ticket`. */
export const pageTicketPath = "/mypage/card";

/** Answer of `POST /mykey/v1/account/page-ticket`: opens my page in a browser, once. */
export interface PageTicket {
  readonly sandbox: boolean;
  readonly ticket: string;
  readonly expiresAt: string;
}
