import { informationTopics } from "./information.ts";

/** Who asked for what about a person (やりとり履歴) on the wire. */
export const exchangePaths = { exchanges: "/portal/v1/exchanges" } as const;

/** Who asks and who provides. */
export const exchangeParties = [
  "person",
  "tax-office",
  "municipality",
  "pension-service",
  "health-insurer",
  "employment-office",
  "portal",
  /** An external service, which `service` names. */
  "service",
] as const;
export type ExchangeParty = (typeof exchangeParties)[number];

/** Of what: a topic of my information, or a part of one, or what the portal itself has. */
export const exchangeTopics = [
  ...informationTopics,
  "vaccinations",
  "checkups",
  "insurance",
  "notices",
  "deliveries",
  "registration",
  "applications",
  "attributes",
] as const;
export type ExchangeTopic = (typeof exchangeTopics)[number];

export const exchangeGrounds = ["own-request", "number-act-19-8", "consent"] as const;
export type ExchangeGround = (typeof exchangeGrounds)[number];

export interface Exchange {
  /** RFC 3339. */
  readonly at: string;
  readonly requester: ExchangeParty;
  /** What an external service is called; null where it is none. */
  readonly service: string | null;
  readonly provider: ExchangeParty;
  readonly topic: ExchangeTopic;
  /** By which law, or with whose consent. */
  readonly ground: ExchangeGround;
  readonly outcome: "provided" | "refused";
}

/** Answer of `GET /portal/v1/exchanges`: the newest first. */
export interface Exchanges {
  readonly sandbox: boolean;
  /** True: but for what this sandbox provided, the exchanges are made up. */
  readonly synthetic: boolean;
  readonly exchanges: readonly Exchange[];
}
