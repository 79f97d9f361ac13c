import { fromHex } from "../src/apdu/hex.ts";
import type { ConnectOptions, Reader } from "../src/apdu/reader.ts";
import { totalLength } from "../src/apdu/tlv.ts";
import { pinIds } from "../src/jpki/applications.ts";
import { authenticate } from "../src/jpki/authentication.ts";
import { readAvailability } from "../src/jpki/availability.ts";
import { withCard } from "../src/jpki/card.ts";
import { parseCertificate } from "../src/jpki/certificate/parse.ts";
import { readCertificate } from "../src/jpki/certificate/read.ts";
import { unlockCertificate } from "../src/jpki/certificate/unlock.ts";
import { identifyCard, probeApplications } from "../src/jpki/identify.ts";
import { Pin } from "../src/jpki/pin/pin.ts";
import { readCounters } from "../src/jpki/pin/query.ts";
import { pinReference } from "../src/jpki/pin/references.ts";
import { sightApplicant } from "../src/jpki/sight-applicant.ts";
import { signDocument } from "../src/jpki/signature/signing.ts";
import { readAttributes } from "../src/jpki/text/read.ts";
import { least, peers, type Reading, type Step, type Task } from "./peers.ts";
import { countedCard, issuedAt, requireOk, type Spent } from "./reader-card.ts";

export interface OnReader extends Spent {
  readonly task: Task;
  readonly client: string;
}

const connect: ConnectOptions = { waitForCard: 0, signal: new AbortController().signal };
const options = { connect, minTries: 2 };
const asked = (pin: string) => ({ ...options, askPin: async () => Pin.fromAscii(pin) });
const message = Buffer.from("message");

/** What the platform knows a session by, asked of another card of the same making. */
const loggedInWith = (): Promise<string> =>
  withCard(countedCard(true).reader, options, async (card) => {
    const certificate = parseCertificate(await readCertificate(card, "auth"), "auth");
    return certificate.serialNumber.hex;
  });

/** The same results by mynakit, with the guard and everything that it asks the card for. */
const own: Readonly<Record<Task, (reader: Reader) => Promise<unknown>>> = {
  status: (reader) =>
    withCard(reader, options, async (card) => {
      await identifyCard(card);
      await readAvailability(card);
      await readCertificate(card, "auth");
      const counters = await readCounters(card, pinIds);
      return probeApplications(card, new Map(counters.map(({ id }) => [pinReference(id).application, true])));
    }),
  tries: (reader) =>
    withCard(reader, options, (card) =>
      readCounters(card, ["text", "text-a", "text-b", "visual-a", "visual-b", "auth", "sign"]),
    ),
  certificate: (reader) => unlockCertificate(reader, "auth", asked("1234")),
  login: (reader) => authenticate(reader, { ...asked("1234"), check: () => {}, message: async () => message }),
  document: (reader) =>
    signDocument(reader, {
      ...asked("TEST1234"),
      key: "sign",
      clock: () => issuedAt,
      work: ({ sign }) => sign(message, "sha256"),
    }),
  attributes: (reader) => readAttributes(reader, "text", asked("5678")),
  async apply(reader) {
    const authentication = await loggedInWith();
    const sightings = await sightApplicant(reader, { ...options, authentication });
    await readAttributes(reader, "text", { ...asked("5678"), sighting: sightings.text });
    await signDocument(reader, {
      ...asked("TEST1234"),
      sighting: sightings.sign,
      key: "sign",
      clock: () => issuedAt,
      work: ({ sign }) => sign(message, "sha256"),
    });
  },
};

export const tasks = Object.keys(own) as Task[];

export const taskNames: Readonly<Record<Task, string>> = {
  status: "card status",
  tries: "tries of seven PINs",
  certificate: "authentication certificate",
  login: "`portal login`: certificate, and a signature with its key",
  document: "signing certificate, and a signature with its key",
  attributes: "four attributes",
  apply: "`portal procedures apply`: four attributes, signing certificate, and a signature with its key",
};

/** What mynakit spends on a task, on a reader with or without extended length. */
export async function spentByMynakit(task: Task, extendedLength: boolean): Promise<Spent> {
  const card = countedCard(extendedLength);
  await own[task](card.reader);
  return card.spent();
}

/** What a sequence spends. @throws {Error} where the card refuses one of its commands */
export function spentBy(steps: readonly Step[]): Spent {
  const known = countedCard(true);
  const card = countedCard(true);
  for (const step of steps) {
    if (typeof step !== "string") read(card.send, step, lengthOf(known.send, step));
    else {
      const command = fromHex(step);
      requireOk(command, card.send(command));
      known.send(command);
    }
  }
  return card.spent();
}

type Send = (command: Uint8Array) => Uint8Array;

/** The length of the content, asked of another card of the same making. */
function lengthOf(send: Send, { from = "00" }: Reading): number {
  const command = fromHex(`00B0${from}0010`);
  return totalLength(requireOk(command, send(command)));
}

function read(send: Send, { from = "00", head, chunk }: Reading, length: number): void {
  let done = 0;
  while (done < length) {
    const wanted = done === 0 && head !== null ? head : Math.min(chunk, length - done);
    const position = done === 0 ? `${from}00` : done.toString(16).padStart(4, "0");
    const le =
      wanted > 256 ? `00${wanted.toString(16).padStart(4, "0")}` : (wanted % 256).toString(16).padStart(2, "0");
    const command = fromHex(`00B0${position}${le}`);
    done += requireOk(command, send(command)).length;
  }
}

/** Every task by every client, mynakit first, the least that there can be last. */
export async function timeOnReader(): Promise<OnReader[]> {
  const rows: OnReader[] = [];
  for (const task of tasks) {
    rows.push({ task, client: "mynakit", ...(await spentByMynakit(task, true)) });
    rows.push({ task, client: "mynakit, short length", ...(await spentByMynakit(task, false)) });
    for (const peer of peers.filter((each) => each.task === task)) rows.push({ ...peer, ...spentBy(peer.steps) });
    rows.push({ task, client: "cannot be avoided", ...spentBy(least[task]) });
  }
  return rows;
}
