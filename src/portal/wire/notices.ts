/** Notices (お知らせ) on the wire. */
export const noticePaths = {
  notices: "/portal/v1/notices",
  readings: "/portal/v1/notices/readings",
} as const;

/** What a notice is of. */
export const noticeKinds = [
  "registered",
  /** An application has come to another state; `about` names it. */
  "application-moved",
  "tax-return-opens",
  "tax-transfer-planned",
  "tax-transfer-done",
  "allowance-report-opens",
  "information-answered",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export interface Notice {
  /** Names it among the person's. */
  readonly number: number;
  readonly kind: NoticeKind;
  /** What it is about, where the kind alone does not say it: an identifier. */
  readonly about: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly readAt: string | null;
}

/** Answer of `GET /portal/v1/notices`: the oldest first. */
export interface Notices {
  readonly sandbox: boolean;
  readonly notices: readonly Notice[];
}

/** Body of `POST /portal/v1/notices/readings`. */
export interface NoticeReading {
  readonly number: number;
}

/** Its answer. */
export interface NoticeRead {
  readonly sandbox: boolean;
  readonly notice: Notice;
}
