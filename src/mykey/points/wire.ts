import type { OperatorStatement, ProgrammeNumber, TermName } from "./programmes.ts";

/** Mynapoint on the wire, shared by client and server. Dates are RFC 3339. */
export const pointsPaths = {
  status: "/mykey/v1/points",
  applications: "/mykey/v1/points/applications",
  history: "/mykey/v1/points/history",
  programmes: "/mykey/v1/points/programmes",
  /** For cashless services, with their own bearer token. */
  reports: "/mykey/v1/points/reports",
} as const;

/** What the operator of a platform can set of a programme, and what it is like. */
export const operatorTerms = {
  "applications-from": "day",
  "applications-until": "day",
  "grants-from": "day",
  "grants-until": "day",
  "premium-percent": "percent",
  "premium-of-yen": "number",
  "premium-points": "number",
  "budget-people": "number",
  "guardian-for-minor": "flag",
} as const satisfies Partial<Record<TermName, string>>;

export type OperatorTerm = keyof typeof operatorTerms;
export const operatorTermNames = Object.keys(operatorTerms) as OperatorTerm[];

/** Answer of `GET /mykey/v1/points/programmes`: what is otherwise here than it was published. */
export interface ProgrammesHere {
  readonly sandbox: boolean;
  /** In Japan, by the platform's clock. */
  readonly today: string;
  readonly statements: readonly (OperatorStatement & { readonly term: OperatorTerm })[];
}

/** What a person has applied for. */
export interface PointsApplication {
  readonly programme: ProgrammeNumber;
  readonly service: string;
  readonly serviceId: string;
  readonly appliedAt: string;
  /** Yen that counted so far, points for them, and the most that there can be. */
  readonly countedYen: number;
  readonly points: number;
  readonly mostPoints: number;
  /** True where the reservation behind it was given up: the points are lost. */
  readonly void: boolean;
}

export const pointsSteps = ["mykey-id", "reservation", "application", "charge", "complete", "closed"] as const;

/** Answer of `GET /mykey/v1/points`. The ID and its reservation are two states: an early ID may have none. */
export interface PointsStatus {
  readonly sandbox: boolean;
  readonly mykeyId: string | null;
  readonly reservation: { readonly state: "reserved" | "none"; readonly at: string | null };
  /** That which takes applications now; null: none does. */
  readonly programme: ProgrammeNumber | null;
  /** What comes next. */
  readonly next: (typeof pointsSteps)[number];
  readonly applications: readonly PointsApplication[];
}

/** Body of `POST /mykey/v1/points/applications`. */
export interface ApplicationRequest {
  readonly service: string;
  /** The person's own identifier there (決済サービスID). */
  readonly serviceId: string;
  readonly securityCode: string;
}

/** Its answer. `created` is false where the same had been applied for before. */
export interface AppliedFor extends PointsApplication {
  readonly sandbox: boolean;
  readonly created: boolean;
}

export const reportKinds = ["charge", "purchase"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Body of `POST /mykey/v1/points/reports`; the idempotency key names the report for good. */
export interface ReportRequest {
  readonly serviceId: string;
  readonly kind: ReportKind;
  readonly yen: number;
}

export interface Granted {
  readonly sandbox: boolean;
  readonly programme: ProgrammeNumber;
  /** For this report, and in all. */
  readonly points: number;
  readonly totalPoints: number;
  readonly mostPoints: number;
}

/** Answer of `GET /mykey/v1/points/history`, the oldest first. */
export interface PointsHistory {
  readonly sandbox: boolean;
  readonly events: readonly {
    readonly at: string;
    readonly kind: "application" | ReportKind;
    readonly programme: ProgrammeNumber;
    readonly service: string;
    readonly yen: number;
    readonly points: number;
    /** True: the reservation behind it was given up, and the points are lost. */
    readonly void: boolean;
  }[];
}
