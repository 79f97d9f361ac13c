/**
 * What public clients send for the same results, as published in their sources: sequences of bytes, and how each reads a
 * file. `least` is nobody's: it knows every length beforehand, asks nothing, and checks nothing. An application is
 * nobody's, either: what the same client sends for the attributes and for a signature, one after the other.
 */
export type Task = "status" | "tries" | "certificate" | "login" | "document" | "attributes" | "apply";

/** One command in hexadecimal, or a file read by a strategy. */
export type Step = string | Reading;

export interface Reading {
  /** P1 of the first command: 00 for the file that is selected, 80 + short file id otherwise. */
  readonly from?: string;
  /** Bytes of the first command, from which the length is taken; null: the length is known. */
  readonly head: number | null;
  /** At most as many bytes a command after that. */
  readonly chunk: number;
  /** For files that begin with another tag than a certificate's: how long the content is. */
  readonly length?: number;
}

export interface Sequence {
  readonly client: string;
  readonly task: Task;
  readonly extendedLength?: true;
  readonly steps: readonly Step[];
}

const application = {
  jpki: "00A4040C0AD392F000260100000001",
  text: "00A4040C0AD3921000310001010408",
  visual: "00A4040C0AD3921000310001010402",
  common: "00A4040C0AD3921000310001010100",
  juki: "00A4040C0AD3921000310001010401",
};
const file = (id: string): string => `00A4020C02${id}`;
const query = "00200080";
const verify = (pin: string, p2 = "80"): string =>
  `002000${p2}${pin.length.toString(16).padStart(2, "0")}${Buffer.from(pin, "ascii").toString("hex")}`;
/** PKCS #1 with SHA-256: DigestInfo of 51 bytes. */
const sign = (p2 = "80"): string => `802A00${p2}333031300D060960864801650304020105000420${"00".repeat(32)}00`;
const whole: Reading = { head: null, chunk: 65536 };

/** How each learns the length of a certificate, and in which pieces it reads. */
const strategies: readonly (readonly [client: string, reading: Reading])[] = [
  ["myna", { head: 7, chunk: 256 }],
  ["jpki-signer-android", { head: 8, chunk: 255 }],
  ["jpki-local-signer, mnbcard", { head: 4, chunk: 256 }],
  ["myna-card", { head: 256, chunk: 256 }],
];

const signature = (pin: string, secret: string, key: string): Step[] => [
  ...[file(pin), query, verify(secret), file(key), sign()],
];
const auth = signature("0018", "1234", "0017");

const attributesBy = {
  myna: [application.text, file("0011"), verify("5678"), file("0002"), { head: 7, chunk: 256 }],
  mnbcard: [application.text, file("0011"), verify("5678"), file("0002"), { head: 256, chunk: 256 }],
} as const satisfies Record<string, readonly Step[]>;
const documentBy = (reading: Reading): Step[] => [
  ...[application.jpki, file("001B"), query, verify("TEST1234"), file("0001"), reading, file("001A"), sign()],
];

export const peers: readonly Sequence[] = [
  {
    client: "myna",
    task: "tries",
    steps: [
      ...[application.text, file("0011"), query, file("0014"), query, file("0015"), query],
      ...[application.visual, file("0013"), query, file("0012"), query],
      ...[application.jpki, file("0018"), query, file("001B"), query],
    ],
  },
  ...strategies.flatMap(([client, reading]): Sequence[] => [
    { client, task: "certificate", steps: [application.jpki, file("000A"), reading] },
    { client, task: "login", steps: [application.jpki, file("000A"), reading, ...auth] },
    { client, task: "document", steps: documentBy(reading) },
  ]),
  {
    client: "Miena (extended length)",
    task: "certificate",
    extendedLength: true,
    steps: [application.jpki, file("000A"), { head: 2048, chunk: 2048 }],
  },
  { client: "myna", task: "attributes", steps: attributesBy.myna },
  { client: "mnbcard", task: "attributes", steps: attributesBy.mnbcard },
  { client: "myna", task: "apply", steps: [...attributesBy.myna, ...documentBy({ head: 7, chunk: 256 })] },
  { client: "mnbcard", task: "apply", steps: [...attributesBy.mnbcard, ...documentBy({ head: 4, chunk: 256 })] },
];

const leastAttributes: readonly Step[] = [application.text, verify("5678", "91"), { ...whole, from: "82" }];
const leastDocument: readonly Step[] = [
  application.jpki,
  verify("TEST1234", "9B"),
  { ...whole, from: "81" },
  sign("9A"),
];

/** The bytes that cannot be avoided: short file ids, exact lengths, extended length. */
export const least: Readonly<Record<Task, readonly Step[]>> = {
  status: [
    ...[application.jpki, "00B0860060", "00B0880003", { ...whole, from: "8A" }, "00200098", "0020009B"],
    ...[application.text, "00200091", "00200094", "00200095"],
    ...[application.visual, "00200093", "00200092", "00200091"],
    ...[application.common, "0020009C", application.juki, "0020009C"],
  ],
  tries: [
    ...[application.text, "00200091", "00200094", "00200095"],
    ...[application.visual, "00200093", "00200092"],
    ...[application.jpki, "00200098", "0020009B"],
  ],
  certificate: [application.jpki, { ...whole, from: "8A" }],
  login: [application.jpki, { ...whole, from: "8A" }, verify("1234", "98"), sign("97")],
  document: leastDocument,
  attributes: leastAttributes,
  apply: [...leastAttributes, ...leastDocument],
};
