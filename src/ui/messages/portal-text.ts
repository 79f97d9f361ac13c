import type { DataOf } from "../../commands/results.ts";

type NoticeKind = DataOf<"portal notices notice">["kind"];
type Request = DataOf<"portal info">["requests"][number];
type InformationRecord = NonNullable<DataOf<"portal info">["records"]>[number];
type Link = DataOf<"portal links">["links"][number];
type Demand = DataOf<"portal pay">["demands"][number];
type Exchange = DataOf<"portal exchanges">["exchanges"][number];

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
  readonly answerLater: (at: string, topic: string) => string;
  /** That the records are nobody's. */
  readonly synthetic: string;
  readonly recordHead: readonly [day: string, member: string, item: string, amount: string, unit: string];
  readonly member: (name: string) => string;
  readonly items: Readonly<Record<InformationRecord["item"], string>>;
  /** Of the units that are words; the others are written alike everywhere. */
  readonly units: Readonly<Partial<Record<NonNullable<InformationRecord["unit"]>, string>>>;
  readonly noRecords: string;
  readonly csvWritten: (file: string) => string;
  readonly exchangeHead: readonly [
    at: string,
    requester: string,
    provider: string,
    what: string,
    ground: string,
    outcome: string,
  ];
  readonly parties: Readonly<Record<Exchange["requester"], string>>;
  readonly grounds: Readonly<Record<Exchange["ground"], string>>;
  readonly outcomes: Readonly<Record<Exchange["outcome"], string>>;
  readonly noExchanges: string;
  readonly linkServices: Readonly<Record<Link["service"], string>>;
  readonly linkHead: readonly [service: string, name: string, state: string, gets: string, identifier: string];
  readonly notLinked: string;
  readonly linkChanged: Readonly<Record<"connect" | "remove", string>>;
  /** `topics` may be none. */
  readonly confirmLink: (service: string, topics: string) => string;
  readonly demandKinds: Readonly<Record<Demand["kind"], string>>;
  readonly demand: (kind: string, year: number, term: number) => string;
  readonly demandHead: readonly [id: string, what: string, yen: string, due: string, state: string];
  readonly yen: (amount: string) => string;
  readonly means: Readonly<Record<"bank" | "card", string>>;
  readonly paidWith: (means: string, receipt: string) => string;
  readonly notPaid: string;
  readonly nothingToPay: string;
  readonly noMoney: string;
  readonly confirmPayment: (demand: string, amount: string, means: string) => string;
}
