import type { DataOf } from "../../commands/results.ts";
import type { PortalNames } from "../../portal/names.ts";

type NoticeKind = DataOf<"portal notices notice">["kind"];
type Request = DataOf<"portal info">["requests"][number];
type InformationRecord = NonNullable<DataOf<"portal info">["records"]>[number];
type Link = DataOf<"portal links">["links"][number];
type Demand = DataOf<"portal pay">["demands"][number];
type Exchange = DataOf<"portal exchanges">["exchanges"][number];
type Consent = DataOf<"portal consents">["consents"][number];
type Asking = NonNullable<DataOf<"portal approve">["service"]>;
type PortalFunction = DataOf<"portal functions">["functions"][number];

/** Words about what Mynaportal does for a person. */
export interface PortalText {
  readonly ping: {
    readonly answers: string;
    readonly time: string;
    readonly attempts: string;
    readonly clock: string;
    readonly closing: string;
    readonly period: (from: string, until: string | null) => string;
  };
  readonly nickname: string;
  readonly registeredAt: string;
  readonly mailNotice: string;
  readonly noticeHead: readonly [number: string, at: string, state: string, notice: string];
  /** `about`: what it is about, e.g. a year. */
  readonly notices: Readonly<Record<NoticeKind, (about: string) => string>>;
  readonly read: string;
  readonly unread: string;
  readonly noNotices: string;
  readonly topics: Readonly<Record<Request["topic"], string>>;
  readonly requestHead: readonly [number: string, topic: string, period: string, state: string, at: string];
  readonly requestStates: Readonly<Record<Request["state"], string>>;
  readonly wholePeriod: string;
  readonly noRequests: string;
  readonly topicsToAskFor: string;
  /** When the answer will be there, and how to look again. */
  readonly answerLater: (at: string, command: string) => string;
  /** That the records are nobody's. */
  readonly synthetic: string;
  readonly recordHead: readonly [day: string, member: string, item: string, amount: string, unit: string];
  readonly member: (name: string) => string;
  readonly items: Readonly<Record<InformationRecord["item"], string>>;
  /** Of the units that are words; the others are written alike everywhere. */
  readonly units: Readonly<Partial<Record<NonNullable<InformationRecord["unit"]>, string>>>;
  readonly noRecords: { readonly ofPeriod: string; readonly atAll: string };
  readonly csvWritten: (file: string) => string;
  readonly syntheticExchanges: string;
  readonly exchangeHead: readonly [
    at: string,
    requester: string,
    provider: string,
    what: string,
    ground: string,
    outcome: string,
  ];
  readonly parties: Readonly<Record<Exchange["requester"], string>>;
  readonly exchangeTopics: Readonly<Record<Exclude<Exchange["topic"], Request["topic"]>, string>>;
  /** An external service, by its name. */
  readonly serviceCalled: (name: string) => string;
  readonly grounds: Readonly<Record<Exchange["ground"], string>>;
  readonly outcomes: Readonly<Record<Exchange["outcome"], string>>;
  readonly noExchanges: string;
  /** What else can be registered. */
  readonly registrations: PortalNames["registrations"];
  /** What a client may read or do, as whoever consents is told. */
  readonly scopes: Readonly<Record<Asking["scopes"][number], string>>;
  /** Before a person consents: who asks, and for what. */
  readonly serviceAsks: (asking: { name: string; scopes: string; address: string | null; at: string }) => string;
  readonly serviceDecided: Readonly<Record<"approved" | "denied", string>>;
  readonly serviceAndScopes: readonly [service: string, scopes: string];
  readonly consentHead: readonly [
    id: string,
    service: string,
    scopes: string,
    state: string,
    given: string,
    until: string,
  ];
  readonly consentStates: Readonly<Record<Consent["state"], string>>;
  readonly noConsents: string;
  readonly consentWithdrawn: string;
  readonly functionHead: readonly [name: string, since: string, state: string, source: string];
  readonly functions: Readonly<Record<PortalFunction["name"], string>>;
  readonly functionAvailable: Readonly<Record<"yes" | "no", string>>;
  readonly linkServices: Readonly<Record<Link["service"], string>>;
  readonly linkHead: readonly [service: string, name: string, state: string, gets: string, identifier: string];
  readonly linked: (since: string) => string;
  readonly notLinked: string;
  readonly linkChanged: Readonly<Record<"connect" | "remove", string>>;
  /** `topics` may be none. */
  readonly confirmLink: (service: string, topics: string) => string;
  readonly demandKinds: Readonly<Record<Demand["kind"], string>>;
  /** A null `term`: it is paid at once. */
  readonly demand: (kind: string, year: number, term: number | null) => string;
  readonly demandHead: readonly [id: string, what: string, yen: string, due: string, state: string];
  readonly yen: (amount: string) => string;
  readonly means: Readonly<Record<"bank" | "card", string>>;
  readonly paidWith: (means: string, receipt: string) => string;
  readonly notPaid: string;
  readonly nothingToPay: string;
  readonly noMoney: string;
  readonly confirmPayment: (demand: string, amount: string, means: string) => string;
}
