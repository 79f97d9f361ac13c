/** Procedures (手続) on the wire, shared by client and server. Days are `YYYY-MM-DD` in Japan. */
export const proceduresPaths = {
  catalogue: "/portal/v1/procedures",
  applications: "/portal/v1/applications",
  withdrawals: "/portal/v1/withdrawals",
} as const;

/** Why an application that is handed in is not taken. */
export const submissionRefusals = [
  "procedure-unknown",
  "procedure-closed",
  "form-refused",
  "attachment-refused",
  "signature-refused",
  "signer-revoked",
  "nonce-unknown",
  "application-unknown",
  "application-decided",
] as const;

/** What happens in a life that brings procedures with it. */
export const lifeEvents = ["child-raising", "care", "moving", "benefits", "disaster", "employment", "company"] as const;
export type LifeEvent = (typeof lifeEvents)[number];

/** How an application is made: sent from here, on a form that is printed, or at the counter only. */
export const channels = ["online", "print", "counter"] as const;
export type ApplicationChannel = (typeof channels)[number];

export const fieldTypes = ["text", "date", "digits", "choice", "phone", "kana"] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What fields of these types hold: 9 to 15 digits (ITU-T E.164), also with hyphens; what names of bank accounts are made of. */
export const fieldForms = {
  phone: /^\+?(?:[-()]*[0-9]){9,15}$/,
  kana: /^[\u30a1-\u30fe\uff65-\uff9f0-9A-Z\uff10-\uff19\uff21-\uff3a \u3000.,()/\-\uff0e\uff08\uff09\uff0f\u300c\u300d]+$/,
} as const;

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

/** A field that is filled in with a value. */
export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

export interface ProcedureAttachment {
  readonly name: string;
  readonly label: Wording;
  readonly required: boolean;
  /** Of one that is not required otherwise: where it is; null: nowhere. */
  readonly requiredWhere: FieldValue | null;
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

/** What an attachment is to the application that names it. */
export interface AttachmentDigest {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** The four attributes of the card's text application. */
export interface Applicant {
  readonly name: string;
  readonly address: string;
  /** `YYYYMMDD`, as on the card. */
  readonly birth: string;
  /** A digit, as on the card (JIS X 0303). */
  readonly sex: string;
}

/** What an applicant signs, as `canonicalJson` writes it. */
export interface ApplicationDocument {
  readonly type: "mynakit.application/1";
  /** The platform that it is meant for: its URL. */
  readonly platform: string;
  readonly procedure: string;
  readonly version: number;
  readonly applicant: Applicant;
  readonly fields: Readonly<Record<string, string>>;
  readonly attachments: readonly AttachmentDigest[];
  /** The returned application that this one takes the place of. */
  readonly corrects: string | null;
  /** Of the platform, used once. */
  readonly nonce: string;
  readonly time: string;
}

/** Body of `POST /portal/v1/applications`. */
export interface Submission {
  /** An `ApplicationDocument` as it was signed. */
  readonly application: string;
  /** A detached CMS signature over its UTF-8, Base64. */
  readonly signature: string;
  /** Base64. */
  readonly attachments: readonly { readonly name: string; readonly content: string }[];
}

/** received → under-review → accepted → done; a returned one can be corrected, which a new one does. */
export const applicationStates = [
  "received",
  "under-review",
  "accepted",
  "done",
  "returned",
  "corrected",
  "withdrawn",
] as const;
export type ApplicationState = (typeof applicationStates)[number];

export interface FollowedApplication {
  readonly id: string;
  readonly procedure: string;
  readonly state: ApplicationState;
  readonly corrects: string | null;
  /** The oldest first; a reason where the municipality gave one. */
  readonly events: readonly { readonly at: string; readonly state: ApplicationState; readonly reason: string | null }[];
}

/** Answer of `POST /portal/v1/applications`. */
export interface Received extends FollowedApplication {
  readonly sandbox: boolean;
  /** A compact JWS (ES256) of the platform over `ReceiptClaims`. */
  readonly receipt: string;
}

export interface ApplicationList {
  readonly sandbox: boolean;
  /** The newest first. */
  readonly applications: readonly FollowedApplication[];
}

/** Body of `POST /portal/v1/withdrawals`. */
export interface WithdrawalRequest {
  readonly application: string;
}

export interface Withdrawn extends FollowedApplication {
  readonly sandbox: boolean;
}

/** What a receipt says. */
export interface ReceiptClaims {
  readonly type: "mynakit.receipt/1";
  readonly iss: string;
  readonly sandbox: boolean;
  readonly id: string;
  readonly receivedAt: string;
  /** Of the application as it was signed, and of its signature in DER; lower-case hexadecimal. */
  readonly applicationSha256: string;
  readonly signatureSha256: string;
  readonly attachments: readonly AttachmentDigest[];
}

/** The largest body that brings an application, in bytes. */
export const maxSubmissionBytes = 12 * 1024 * 1024;

/**
 * JSON in the one spelling that is signed (RFC 8785): members in the order of their names' UTF-16 units, no spaces. Of
 * numbers, whole ones only.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}
