/** Procedures (手続) on the wire, shared by client and server. Days are `YYYY-MM-DD` in Japan. */
export const proceduresPaths = { catalogue: "/portal/v1/procedures" } as const;

/** What happens in a life that brings procedures with it. */
export const lifeEvents = ["child-raising", "care", "moving", "benefits", "disaster", "employment", "company"] as const;
export type LifeEvent = (typeof lifeEvents)[number];

/** How an application is made: sent from here, on a form that is printed, or at the counter only. */
export const channels = ["online", "print", "counter"] as const;
export type ApplicationChannel = (typeof channels)[number];

export const fieldTypes = ["text", "date", "digits", "choice"] as const;
export type FieldType = (typeof fieldTypes)[number];

export const mediaTypes = ["application/pdf", "image/jpeg", "image/png", "application/pkcs7-mime"] as const;
export type MediaType = (typeof mediaTypes)[number];

export interface Wording {
  readonly ja: string;
  readonly en: string;
}

export interface Municipality {
  /** 全国地方公共団体コード: six digits, the last of which checks the others. */
  readonly code: string;
  readonly name: string;
  /** In hiragana. */
  readonly kana: string;
  readonly prefecture: string;
}

/** What the applicant fills in, beside the four attributes that come from the card. */
export interface ProcedureField {
  readonly name: string;
  readonly label: Wording;
  readonly type: FieldType;
  readonly required: boolean;
  /** Characters; of digits it is the exact number. */
  readonly length: number;
  /** Of a choice; otherwise none. */
  readonly choices: readonly { readonly value: string; readonly label: Wording }[];
}

export interface ProcedureAttachment {
  readonly name: string;
  readonly label: Wording;
  readonly required: boolean;
  readonly mediaTypes: readonly MediaType[];
  readonly maxBytes: number;
}

/** Where a procedure can be applied for. A day that is null sets no limit. */
export interface Offer {
  readonly municipality: string;
  readonly channel: ApplicationChannel;
  readonly from: string | null;
  readonly until: string | null;
}

export interface ProcedureKind {
  readonly kind: string;
  /** Counts the changes of its form. */
  readonly version: number;
  readonly title: Wording;
  readonly summary: Wording;
  readonly keywords: readonly string[];
  readonly lifeEvents: readonly LifeEvent[];
  readonly fields: readonly ProcedureField[];
  readonly attachments: readonly ProcedureAttachment[];
  readonly offers: readonly Offer[];
}

/** Answer of `GET /portal/v1/procedures`, for which nobody has to be logged in. */
export interface Catalogue {
  readonly sandbox: boolean;
  /** The day of which it is. */
  readonly asOf: string;
  /** The day in Japan, by the platform's clock. */
  readonly today: string;
  readonly municipalities: readonly Municipality[];
  readonly procedures: readonly ProcedureKind[];
}
