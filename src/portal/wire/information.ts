/** My information (わたしの情報) on the wire. */
export const informationPaths = {
  information: "/portal/v1/information",
  requests: "/portal/v1/information/requests",
} as const;

/** What can be asked for. */
export const informationTopics = [
  "health",
  "tax",
  "pension",
  "children",
  "household",
  "welfare",
  "employment",
] as const;
export type InformationTopic = (typeof informationTopics)[number];

/** What a record is of. */
export const informationItems = [
  "checkup-weight",
  "checkup-blood-pressure",
  "checkup-blood-glucose",
  "medicine",
  "medical-cost",
  "medical-cost-paid",
  "salary",
  "pension-income",
  "income-deduction",
  "insurance-deduction",
  "basic-deduction",
  "taxable-income",
  "resident-tax",
  "donation-certificate",
  "earthquake-insurance-certificate",
  "national-pension",
  "employees-pension",
  "vaccine-hepatitis-b",
  "vaccine-rotavirus",
  "vaccine-pneumococcal",
  "vaccine-hib",
  "vaccine-four-in-one",
  "vaccine-five-in-one",
  "vaccine-bcg",
  "vaccine-measles-rubella",
  "vaccine-chickenpox",
  "vaccine-japanese-encephalitis",
  "child-checkup",
  "child-allowance",
  "born",
  "joined-household",
  "address",
  "care-premium",
  "care-level",
  "insured-from",
  "insured-until",
  "accident-benefit",
] as const;
export type InformationItem = (typeof informationItems)[number];

export const informationUnits = ["kg", "mmHg", "mg/dL", "days", "yen", "months", "level"] as const;
export type InformationUnit = (typeof informationUnits)[number];

export interface InformationRecord {
  /** `2026-06-01`, in Japan. */
  readonly day: string;
  /** Whom of the household it is about: `self`, `spouse`, `child-1`. */
  readonly member: string;
  readonly item: InformationItem;
  /** Null where there is nothing to count. */
  readonly amount: number | null;
  readonly unit: InformationUnit | null;
  /** What is no number, such as an address. */
  readonly text: string | null;
}

/** Body of `POST /portal/v1/information/requests`. Days as `2026-06-01`; null: from the first, until the last. */
export interface InformationQuestion {
  readonly topic: InformationTopic;
  readonly from: string | null;
  readonly until: string | null;
}

/** A question that was asked, and when it is answered (回答待ち). Moments are RFC 3339. */
export interface InformationRequest extends InformationQuestion {
  readonly number: number;
  readonly state: "requested" | "answered";
  readonly requestedAt: string;
  /** The moment that the state is reached, which lies ahead where it is `requested`. */
  readonly answeredAt: string;
}

/** Answer of `GET /portal/v1/information`: what was asked, the newest first. */
export interface InformationRequests {
  readonly sandbox: boolean;
  readonly requests: readonly InformationRequest[];
}

/** Answer of `POST /portal/v1/information/requests`. */
export interface InformationAnswer {
  readonly sandbox: boolean;
  /** True: the records are made up; they are nobody's. */
  readonly synthetic: boolean;
  readonly request: InformationRequest;
  /** The oldest first; null: the answer is not there yet. */
  readonly records: readonly InformationRecord[] | null;
}
