import { type InformationRecord, informationTopics } from "./information.ts";
import type { LinkService } from "./links.ts";

/**
 * What an external service may do for a person who consents (マイナポータルAPI), on the wire. The four groups, and what is
 * in each, are those that the portal names: applications, forms, information about the person, connections. Paths,
 * scopes and shapes are our own: the real ones are told to contractors alone.
 * Source: myna.go.jp/html/api; guideline of the self-information API 1.0 (Cabinet Office, 2019-11-05).
 */
export const apiPaths = {
  /** Applications (手続申請), by whom they go to. */
  companyProcedures: "/api/v1/procedures/company",
  insuranceProcedures: "/api/v1/procedures/social-insurance-tax",
  residenceProcedures: "/api/v1/procedures/residence",
  municipalProcedures: "/api/v1/procedures/municipal",
  applications: "/api/v1/procedures/applications",
  /** Forms (様式取得). */
  workCertificate: "/api/v1/forms/work-certificate",
  /** Information about the person (利用者情報取得). */
  health: "/api/v1/information/health",
  tax: "/api/v1/information/tax",
  pension: "/api/v1/information/pension",
  children: "/api/v1/information/children",
  household: "/api/v1/information/household",
  welfare: "/api/v1/information/welfare",
  employment: "/api/v1/information/employment",
  vaccinations: "/api/v1/information/vaccinations",
  checkups: "/api/v1/information/checkups",
  insurance: "/api/v1/information/insurance",
  notices: "/api/v1/information/notices",
  deliveries: "/api/v1/information/deliveries",
  registration: "/api/v1/information/registration",
  /** Connections (つなぐ). */
  deliveryConnections: "/api/v1/connections/deliveries",
  attributes: "/api/v1/connections/attributes",
} as const;

/** What a service may be let read, each scope for itself. */
export const readingScopes = [
  "procedures:status",
  "selfinfo:health",
  "selfinfo:tax",
  "selfinfo:pension",
  "selfinfo:children",
  "selfinfo:household",
  "selfinfo:welfare",
  "selfinfo:employment",
  "selfinfo:vaccinations",
  "selfinfo:checkups",
  "selfinfo:insurance",
  "selfinfo:notices",
  "selfinfo:deliveries",
  "selfinfo:registration",
  "link:attributes",
] as const;
export type ReadingScope = (typeof readingScopes)[number];

/** What it may be let do. */
export const writingScopes = ["procedures:submit", "registration:write", "link:deliveries"] as const;
export type WritingScope = (typeof writingScopes)[number];

/** What can be consented to. */
export const apiScopes = [...readingScopes, ...writingScopes] as const;
export type ApiScope = ReadingScope | WritingScope;

/** Everything that a client can ask for. */
export const everyScope = ["openid", "portal", "mykey", ...apiScopes] as const;
export type AnyScope = (typeof everyScope)[number];

/** Those that a text names, in their order. */
export const scopesIn = (scope: string): AnyScope[] => {
  const wanted = new Set(scope.split(" "));
  return everyScope.filter((one) => wanted.has(one));
};

/** The same, of the API alone. */
export const apiScopesIn = (scope: string): ApiScope[] => {
  const wanted = new Set(scope.split(" "));
  return apiScopes.filter((one) => wanted.has(one));
};

/** What is read of a person's own information (自己情報): a topic, or a part of one. */
export const selfInformation = [...informationTopics, "vaccinations", "checkups"] as const;
export type SelfInformation = (typeof selfInformation)[number];

/** Answer of `GET /api/v1/information/health` and the like. */
export interface SelfInformationAnswer {
  readonly sandbox: boolean;
  /** True: the records are made up; they are nobody's. */
  readonly synthetic: boolean;
  readonly of: SelfInformation;
  /** The oldest first. */
  readonly records: readonly InformationRecord[];
  /** Children's vaccinations and check-ups that fall due within a year. */
  readonly planned: readonly InformationRecord[];
}

export const insurers = ["employees", "national", "late-elderly"] as const;
export type Insurer = (typeof insurers)[number];

/** Answer of `GET /api/v1/information/insurance` (医療保険情報). Days as `2026-06-01`. */
export interface InsuranceAnswer {
  readonly sandbox: boolean;
  readonly synthetic: boolean;
  readonly insurer: Insurer;
  readonly insuredSince: string;
  /** Since when the card serves as the insurance card; null: it does not. */
  readonly cardSince: string | null;
}

/** Private delivery services (民間送達サービス), among those that can be linked. */
export const deliveryServices = ["e-shishobako", "mypost"] as const satisfies readonly LinkService[];
export type DeliveryService = (typeof deliveryServices)[number];

export interface Delivery {
  readonly service: DeliveryService;
  /** RFC 3339; null: not linked. */
  readonly linkedAt: string | null;
}

/** Answer of `GET /api/v1/information/deliveries` and of what changes one. */
export interface Deliveries {
  readonly sandbox: boolean;
  readonly deliveries: readonly Delivery[];
}

/** Body of `POST /api/v1/connections/deliveries`. */
export interface DeliveryChange {
  readonly service: DeliveryService;
  readonly action: "connect" | "remove";
}

/** Answer of `GET /api/v1/connections/attributes` (属性連携). */
export interface Attributes {
  readonly sandbox: boolean;
  /** Under which this service knows the person, and no other does: what it links its own account to. */
  readonly identifier: string;
}
