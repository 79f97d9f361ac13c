import type { InformationTopic } from "./information.ts";

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
] as const;
export type ExchangeParty = (typeof exchangeParties)[number];

export const exchangeGrounds = ["own-request", "number-act-19-8"] as const;
export type ExchangeGround = (typeof exchangeGrounds)[number];

export interface Exchange {
  /** RFC 3339. */
  readonly at: string;
  readonly requester: ExchangeParty;
  readonly provider: ExchangeParty;
  /** Of what, as the topics of my information are called. */
  readonly topic: InformationTopic;
  /** By which law. */
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
