import type { ApplicationState } from "./procedures/wire.ts";
import type { AnyScope } from "./wire/api.ts";
import type { ConsentState } from "./wire/consents.ts";
import type { Exchange, ExchangeGround, ExchangeParty, ExchangeTopic } from "./wire/exchanges.ts";
import type { InformationTopic } from "./wire/information.ts";
import type { NoticeKind } from "./wire/notices.ts";

/** What the things of Mynaportal are called, by commands and pages alike. */
export interface PortalNames {
  /** `about`: what it is about, e.g. a year. */
  readonly notices: Readonly<Record<NoticeKind, (about: string) => string>>;
  readonly topics: Readonly<Record<InformationTopic, string>>;
  readonly parties: Readonly<Record<ExchangeParty, string>>;
  /** An external service, by its own name. */
  readonly serviceCalled: (name: string) => string;
  /** Beside the topics. */
  readonly exchangeTopics: Readonly<Record<Exclude<ExchangeTopic, InformationTopic>, string>>;
  readonly grounds: Readonly<Record<ExchangeGround, string>>;
  readonly outcomes: Readonly<Record<Exchange["outcome"], string>>;
  readonly states: Readonly<Record<ApplicationState, string>>;
  /** What a client that has a scope may read or do, as whoever consents to it is told. */
  readonly scopes: Readonly<Record<AnyScope, string>>;
  readonly consentStates: Readonly<Record<ConsentState, string>>;
  readonly registrations: {
    readonly insuranceCard: string;
    readonly publicAccount: string;
    readonly since: (day: string) => string;
    readonly none: string;
    /** That they are a synthetic person's. */
    readonly synthetic: string;
  };
}
