/**
 * The applications of a My Number Card, their files and PIN references, as data.
 * Constants only: the simulator shares this file with the client, never behaviour.
 * Source: public measurements (myna-card, jpki/myna and others agree); no public official specification exists.
 */
const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, "hex"));

export const applicationNames = ["jpki", "text", "visual", "common", "juki", "isd"] as const;

export type ApplicationName = (typeof applicationNames)[number];

/** DF names (AIDs). Always sent whole: a prefix would match several. */
export const applications: Readonly<Record<ApplicationName, { readonly aid: Uint8Array }>> = {
  /** 公的個人認証AP */
  jpki: { aid: hex("D392F000260100000001") },
  /** 券面事項入力補助AP */
  text: { aid: hex("D3921000310001010408") },
  /** 券面事項確認AP */
  visual: { aid: hex("D3921000310001010402") },
  /** 共通カードAP */
  common: { aid: hex("D3921000310001010100") },
  /** 住基AP */
  juki: { aid: hex("D3921000310001010401") },
  /** GlobalPlatform issuer security domain: selecting it ends the other applications' security status. */
  isd: { aid: hex("A0000001510000") },
};

/** Elementary files of the JPKI application. Every id is in 0001–001E, so its low five bits are its short file id. */
export const jpkiFiles = {
  signCertificate: 0x0001,
  signCaCertificate: 0x0002,
  tokenInfo: 0x0006,
  certificateAvailability: 0x0008,
  authCertificate: 0x000a,
  authCaCertificate: 0x000b,
  authKey: 0x0017,
  authPin: 0x0018,
  signKey: 0x001a,
  signPin: 0x001b,
} as const;

/** Elementary files of the text application (券面事項入力補助AP). */
export const textFiles = {
  myNumber: 0x0001,
  attributes: 0x0002,
  /** Digests of the two before and the card's signature over them. */
  integrity: 0x0003,
  /** Card-verifiable certificate of the key that made that signature. */
  cvCertificate: 0x0004,
  basicInfo: 0x0005,
  /** Public key with which a session key is delivered. */
  sessionKeyDelivery: 0x0006,
  /** Public half of `signingKey`, signed. */
  signingKeyCertificate: 0x0007,
  pin: 0x0011,
  signingKey: 0x0013,
  pinA: 0x0014,
  pinB: 0x0015,
} as const;

/** Elementary files of the visual application (券面事項確認AP). */
export const visualFiles = {
  age: 0x0001,
  face: 0x0002,
  basicInfo: 0x0003,
  cvCertificate: 0x0004,
  /** The My Number as an image. */
  number: 0x0005,
  birthKey: 0x0011,
  pinB: 0x0012,
  pinA: 0x0013,
  signingKey: 0x001a,
} as const;

/** Elementary files of the common application (共通カードAP). */
export const commonFiles = {
  /** A record file: serial number, municipality and expiry of the card. */
  serial: 0x0001,
  keyReference: 0x0002,
  internalAuthenticationKey: 0x0019,
  pin: 0x001c,
} as const;

/** Elementary files of the resident register application (住基AP). */
export const jukiFiles = { keyReference: 0x0002, pin: 0x001c } as const;

/** The elementary files of every application. */
export const applicationFiles = {
  jpki: jpkiFiles,
  text: textFiles,
  visual: visualFiles,
  common: commonFiles,
  juki: jukiFiles,
  isd: {},
} as const satisfies Record<ApplicationName, Readonly<Record<string, number>>>;

/** Every PIN, password and verification number of a card, in the order in which they are shown. */
export const pinIds = [
  "auth",
  "sign",
  "text",
  "text-a",
  "text-b",
  "visual-a",
  "visual-b",
  "visual-birth",
  "common",
  "juki",
] as const;

export type PinId = (typeof pinIds)[number];

export interface PinReference {
  readonly id: PinId;
  readonly application: ApplicationName;
  /** The internal elementary file that holds the PIN. */
  readonly file: number;
  /** Tries after a correct entry; null: not published. */
  readonly max: number | null;
  /** What the PIN may look like after NFKC and upper-casing. */
  readonly form: {
    readonly pattern: RegExp;
    readonly min: number;
    readonly max: number;
    readonly kind: "digits" | "alphanumeric";
  };
}

const digits = (length: number) =>
  ({ pattern: new RegExp(`^[0-9]{${length}}$`), min: length, max: length, kind: "digits" }) as const;

/** Source: public measurements (myna-card, jpki/myna), J-LIS and Digital Agency pages for formats and tries. */
export const pinReferences: readonly PinReference[] = [
  { id: "auth", application: "jpki", file: jpkiFiles.authPin, max: 3, form: digits(4) },
  {
    id: "sign",
    application: "jpki",
    file: jpkiFiles.signPin,
    max: 5,
    form: { pattern: /^[A-Z0-9]{6,16}$/, min: 6, max: 16, kind: "alphanumeric" },
  },
  { id: "text", application: "text", file: textFiles.pin, max: 3, form: digits(4) },
  { id: "text-a", application: "text", file: textFiles.pinA, max: null, form: digits(12) },
  { id: "text-b", application: "text", file: textFiles.pinB, max: 10, form: digits(14) },
  { id: "visual-a", application: "visual", file: visualFiles.pinA, max: null, form: digits(12) },
  { id: "visual-b", application: "visual", file: visualFiles.pinB, max: 10, form: digits(14) },
  { id: "visual-birth", application: "visual", file: visualFiles.birthKey, max: null, form: digits(6) },
  { id: "common", application: "common", file: commonFiles.pin, max: 3, form: digits(4) },
  { id: "juki", application: "juki", file: jukiFiles.pin, max: 3, form: digits(4) },
];

export type CertificateKind = "auth" | "sign" | "auth-ca" | "sign-ca";

/** Where each certificate lies, and the PIN that opens it (null: free on a plastic card; a phone wants `auth` for 000A). */
export const certificateFiles: Readonly<
  Record<CertificateKind, { readonly file: number; readonly pin: PinId | null }>
> = {
  auth: { file: jpkiFiles.authCertificate, pin: null },
  sign: { file: jpkiFiles.signCertificate, pin: "sign" },
  "auth-ca": { file: jpkiFiles.authCaCertificate, pin: null },
  "sign-ca": { file: jpkiFiles.signCaCertificate, pin: null },
};

/** The hashes that signatures are made with. */
export const hashNames = ["sha256", "sha384", "sha512"] as const;

export type HashName = (typeof hashNames)[number];
