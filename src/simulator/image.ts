import * as v from "valibot";
import { pinIds } from "../jpki/applications.ts";
import { links } from "./link.ts";

/** Changed whenever an older file could be misread. */
export const imageFormat = "mynakit.sim-card/2";

const hex = v.pipe(v.string(), v.regex(/^([0-9A-F]{2})*$/, "not upper-case hexadecimal"));
const statusWord = v.pipe(v.string(), v.regex(/^[69][0-9A-F]{3}$/, "not a status word"), v.title("SW"));
/** As long as the register allows an address to be. */
const line = v.pipe(v.string(), v.regex(/^\P{Cc}{1,200}$/u, "not a line of 1 to 200 characters"));
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const ordinal = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A counter fits the one digit of 63Cx. */
const tries = v.pipe(natural, v.maxValue(15));
const fileId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x1e));
const applicationName = v.picklist(["jpki", "text", "visual", "common", "juki", "isd"]);
const pinId = v.picklist(pinIds);

const isLatin1 = (text: string) => Buffer.from(text, "latin1").toString("latin1") === text;

const person = v.strictObject({
  /** Family and given name with one U+3000 between them. */
  name: line,
  /** The name in the signing certificate where it differs: characters outside its repertoire are replaced there. */
  certificateName: v.optional(line),
  /** `YYYY-MM-DD` */
  birth: v.pipe(
    v.string(),
    v.regex(/^(1[89]|20)\d{2}-\d{2}-\d{2}$/),
    v.check((text) => new Date(text).toJSON()?.startsWith(text) ?? false, "not a day of the calendar"),
    v.title("YYYY-MM-DD"),
  ),
  /** JIS X 0303: 1 male, 2 female, 9 not applicable. */
  sex: v.picklist(["1", "2", "9"]),
  address: line,
  /** Romanised, as the subject of the signing certificate names them. */
  prefecture: line,
  city: line,
  /** Five digits. */
  municipality: v.pipe(v.string(), v.regex(/^\d{5}$/)),
});

/** A transparent EF that can be read. */
const file = v.strictObject({
  application: applicationName,
  file: fileId,
  content: hex,
  /** Of the whole EF; behind the content it is filled with FF. */
  size: ordinal,
  /** Any one of these opens the file; none: free. */
  read: v.array(pinId),
});

/** An EF that consists of records, counted from 1. */
const recordFile = v.strictObject({
  application: applicationName,
  file: fileId,
  records: v.array(hex),
  /** Any one of these opens the file; none: free. */
  read: v.array(pinId),
});

/** An EF that is there, and that nothing opens. */
const closedFile = v.strictObject({
  application: applicationName,
  file: fileId,
  /** Data behind a credential that nobody has; an internal file; or a PIN that was blocked from the start. */
  as: v.picklist(["data", "internal", "blocked"]),
});

const keyParts = {
  application: applicationName,
  file: fileId,
  /** PKCS #8, PEM. */
  privateKey: v.string(),
};

const key = v.variant("use", [
  /** For COMPUTE DIGITAL SIGNATURE, after this PIN. */
  v.strictObject({ ...keyParts, use: v.literal("signature"), pin: pinId }),
  /** The application's own, for the same command without a PIN, or for INTERNAL AUTHENTICATE. */
  v.strictObject({ ...keyParts, use: v.picklist(["internal-signature", "internal-authentication"]) }),
]);

/** What GET DATA answers, without the tag. */
const dataObject = v.strictObject({ tag: v.pipe(natural, v.maxValue(0xffff)), value: hex });

const pin = v.strictObject({
  id: pinId,
  /** One character a byte: a card takes any bytes. */
  value: v.pipe(v.string(), v.minLength(1), v.maxLength(16), v.check(isLatin1, "not one byte a character")),
  remaining: tries,
  max: v.pipe(tries, v.minValue(1)),
  /** How many VERIFY commands with data have reached this PIN. */
  verifies: natural,
  /** True once a VERIFY was spent on the last try, whatever came of it. */
  lastTryBurnt: v.boolean(),
});

/** Where cards differ, or public sources contradict each other. Null: the card does as told. */
const switches = v.strictObject({
  /** What the retry query answers: the counter, always 9000 once verified, or one status word whatever the state. */
  query: v.union([v.picklist(["counter", "9000-when-verified"]), statusWord]),
  /** The answer to a VERIFY with data of a locked PIN. */
  lockedVerify: v.picklist(["6984", "6983", "63C0"]),
  /** Short EF identifiers: accepted, or refused with this status word. */
  shortFileId: v.strictObject({
    read: v.nullable(statusWord),
    verify: v.nullable(statusWord),
    sign: v.nullable(statusWord),
  }),
  /** False: a command in the extended form is answered 6700. */
  extendedLength: v.boolean(),
  /** Whether the verified state outlives the selection of another application. */
  verifiedOutlivesApplication: v.boolean(),
  /** Whether it outlives the selection of the same application once more. */
  verifiedOutlivesReselection: v.boolean(),
  /** Whether GET DATA tells the contact ATR where no application is selected. */
  contactAtrOutsideApplications: v.boolean(),
  /** True on an iPhone: it takes the mark of the last command, 80 FC. */
  lastCommandMark: v.boolean(),
  /** The outer length of the attributes' file: in one byte as far as 127, or in three bytes in any case. Taken at issue. */
  attributesLength: v.picklist(["shortest", "three-bytes"]),
  /** How verification number B writes the year of birth: in the Japanese era, or the last two digits. Taken at issue. */
  birthYearInB: v.picklist(["era", "gregorian"]),
  /** Whether verification number B, too, opens the integrity record of the text application. Taken at issue. */
  integrityOpensWithB: v.boolean(),
});

/** How the card judges its clients: no second VERIFY of a PIN after a wrong one. */
const strictness = v.strictObject({
  /** Those of which the last VERIFY was wrong. */
  missed: v.array(pinId),
  /** Each VERIFY that should not have come: of which PIN, and its how manieth it was. */
  violations: v.array(v.strictObject({ pin: pinId, verify: ordinal })),
});

/** What goes wrong. Commands are counted from 1 at each power-on. Null: nothing. */
const faults = v.strictObject({
  /** The card gives no answer to reset. */
  mute: v.boolean(),
  /** The card carries out this command and is gone before its answer arrives. */
  removeAfter: v.nullable(ordinal),
  /** This command is carried out; what arrives is no response APDU of any standard. */
  garbageAt: v.nullable(ordinal),
  /** This command is not carried out, but answered so. */
  answerAt: v.nullable(v.pipe(v.strictObject({ command: ordinal, sw: statusWord }), v.title("N:SW"))),
  /** Another program resets the card just before this command: it is not carried out. */
  resetAt: v.nullable(ordinal),
  /** Another program presents this PIN each time the card gets power. */
  verifiedElsewhere: v.nullable(pinId),
  /** How long each command takes, in milliseconds. */
  slowMs: natural,
});

const image = v.strictObject({
  format: v.literal(imageFormat, "another version of mynakit made it"),
  name: v.string(),
  profile: v.string(),
  /** All that is arbitrary in the card follows from it: serial numbers, My Number, keys. */
  seed: v.string(),
  /** True where the seed was given: then even its random numbers follow from it. */
  seeded: v.boolean(),
  /** `KEY=VALUE`, as the card was ordered beyond its profile. */
  settings: v.array(v.string()),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  atr: hex,
  person: v.nullable(person),
  applications: v.array(applicationName),
  files: v.array(file),
  recordFiles: v.array(recordFile),
  closedFiles: v.array(closedFile),
  dataObjects: v.array(dataObject),
  keys: v.array(key),
  pins: v.array(pin),
  switches,
  faults,
  /** The applications' names that a card of another kind answers to; null: a My Number Card. */
  foreign: v.nullable(v.array(hex)),
  /** How it is connected, which takes time; null: no time at all. */
  link: v.nullable(v.picklist(links)),
  /** Null: not judging. */
  strict: v.nullable(strictness),
  /** The PINs that stand verified as long as the card has power, or did when it was last let go with power. */
  verified: v.array(pinId),
});

/** What an order can set beyond a profile (`settings.ts`). */
export const orderable = { person, switches, faults } as const;

export type Person = v.InferOutput<typeof person>;
export type FileImage = v.InferOutput<typeof file>;
export type RecordFileImage = v.InferOutput<typeof recordFile>;
export type ClosedFileImage = v.InferOutput<typeof closedFile>;
export type DataObjectImage = v.InferOutput<typeof dataObject>;
export type KeyImage = v.InferOutput<typeof key>;
export type PinImage = v.InferOutput<typeof pin>;
export type Violation = v.InferOutput<typeof strictness>["violations"][number];
export type Switches = v.InferOutput<typeof switches>;
export type Faults = v.InferOutput<typeof faults>;

/** A simulated card as data: everything that outlives its power supply. Bytes are upper-case hexadecimal. */
export type CardImage = v.InferOutput<typeof image>;

/** A card that does everything, and does it well; where sources differ, the safe choice. */
export const soundSwitches: Switches = {
  query: "counter",
  lockedVerify: "6984",
  shortFileId: { read: null, verify: null, sign: null },
  extendedLength: true,
  verifiedOutlivesApplication: false,
  verifiedOutlivesReselection: true,
  contactAtrOutsideApplications: true,
  lastCommandMark: false,
  attributesLength: "shortest",
  birthYearInB: "era",
  integrityOpensWithB: true,
};

export const noFaults: Faults = {
  mute: false,
  removeAfter: null,
  garbageAt: null,
  answerAt: null,
  resetAt: null,
  verifiedElsewhere: null,
  slowMs: 0,
};

/**
 * The card image that a JSON text holds.
 * @throws {SyntaxError} on a text cut short, or one that is not a card image; the message says where
 */
export function parseImage(text: string): CardImage {
  const result = v.safeParse(image, JSON.parse(text));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new SyntaxError(`${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
