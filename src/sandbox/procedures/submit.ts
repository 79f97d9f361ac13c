import type {
  ApplicationDocument,
  ProcedureKind,
  ReceiptClaims,
  Received,
  Submission,
} from "../../portal/procedures/wire.ts";
import { useNonce } from "../login/nonce.ts";
import { dayAt } from "../points/day.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type Changed, type ChangeParts, changeOnce } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { offeredAs } from "./catalogue.ts";
import { type Contents, digestOf, documentIn, requireAttachments, requireForm } from "./document.ts";
import { signReceipt } from "./receipt.ts";
import { requireSignedByAnother, requireSigner, type SignerParts } from "./signer.ts";
import { followed, move, record, requireOwn } from "./states.ts";

export interface SubmitParts extends ChangeParts, Pick<SignerParts, "lists"> {
  random(length: number): Uint8Array;
  /** The platform's URL. */
  readonly issuer: string;
}

const idBytes = 8;
const clockTolerance = 5 * 60 * 1000;

/**
 * Receives an application: what it says, what comes with it and who signed it are checked here anew, whatever the
 * sender's software has checked. The same application again is answered as before, for as long as it is kept.
 * @throws {Refusal} request-malformed, procedure-unknown, procedure-closed, form-refused, attachment-refused,
 *   signature-refused, signer-revoked, nonce-unknown, application-unknown, application-decided, idempotency-key-reused
 */
export async function submit(
  person: string,
  { idempotencyKey, ...submission }: Submission & { readonly idempotencyKey: string },
  parts: SubmitParts,
): Promise<Received> {
  const digest = digestOf(submission.application);
  const earlier = await receivedBefore(parts.db, person, digest);
  if (earlier) return earlier;
  const checked = await check(submission, parts);
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["application.submit", digest] }, (db) =>
    receive(db, { person, digest, submission, ...checked }, parts),
  );
}

async function receivedBefore(db: Db, person: string, digest: string): Promise<Received | undefined> {
  const row = await db
    .selectFrom("procedure_application")
    .selectAll()
    .where("person", "=", person)
    .where("digest", "=", digest)
    .executeTakeFirst();
  return row && { sandbox: true, ...(await followed(db, row)), receipt: row.receipt };
}

interface Checked {
  readonly document: ApplicationDocument;
  readonly contents: Contents;
  readonly signature: Uint8Array;
}

async function check(submission: Submission, parts: SubmitParts): Promise<Checked> {
  const document = documentIn(submission.application);
  const { platform, procedure, time, applicant } = document;
  if (platform !== parts.issuer) throw new Refusal("signature-refused", "it was signed for another platform");
  if (!(Math.abs(Date.parse(time) - parts.now()) <= clockTolerance)) {
    throw new Refusal("signature-refused", "its time is not now");
  }
  const kind = requireOpen(procedure, parts.now());
  requireForm(document, kind);
  const contents = requireAttachments(document, submission.attachments, kind);
  for (const { name, mediaType } of document.attachments) {
    const signed = contents.get(name);
    if (mediaType === "application/pkcs7-mime" && signed)
      await requireSignedByAnother({ name, signed, applicant }, parts);
  }
  const signature = new Uint8Array(Buffer.from(submission.signature, "base64"));
  await requireSigner({ signature, content: Buffer.from(submission.application), applicant }, parts);
  return { document, contents, signature };
}

/** The procedure of an id, if it can be applied for online now. @throws {Refusal} procedure-unknown, procedure-closed */
function requireOpen(id: string, now: number): ProcedureKind {
  const { kind, offer } = offeredAs(id) ?? {};
  if (!kind || !offer) throw new Refusal("procedure-unknown", "there is no such procedure");
  const today = dayAt(now);
  const open = (offer.from ?? today) <= today && today <= (offer.until ?? today);
  if (open && offer.channel === "online") return kind;
  throw new Refusal("procedure-closed", "it cannot be applied for online, or not now");
}

interface Accepted extends Checked {
  readonly person: string;
  readonly digest: string;
  readonly submission: Submission;
}

async function receive(db: Db, accepted: Accepted, parts: SubmitParts): Promise<Changed<Received>> {
  const { person, digest, submission, document, contents, signature } = accepted;
  const { procedure, corrects, attachments } = document;
  const now = parts.now();
  const actor = `person ${person}` as const;
  await useNonce(db, document.nonce, now);
  const id = Buffer.from(parts.random(idBytes)).toString("hex");
  const corrected = corrects === null ? [] : await correct(db, { person, corrects, procedure, at: now });
  const claims: ReceiptClaims = {
    type: "mynakit.receipt/1",
    iss: parts.issuer,
    sandbox: true,
    id,
    receivedAt: rfc3339(now),
    applicationSha256: digest,
    signatureSha256: digestOf(signature),
    attachments,
  };
  const row = {
    id,
    person,
    procedure,
    state: "received" as const,
    corrects,
    application: submission.application,
    digest,
    signature: Buffer.from(signature).toString("base64"),
    receipt: await signReceipt(db, claims),
    received_at: now,
  };
  await db.insertInto("procedure_application").values(row).execute();
  for (const { name, mediaType, sha256: hash } of attachments) {
    const content = Buffer.from(contents.get(name) ?? []).toString("base64");
    const attachment = { application: id, name, media_type: mediaType, sha256: hash, content };
    await db.insertInto("procedure_attachment").values(attachment).execute();
  }
  await record(db, { id, person, state: "received", at: now });
  const received = {
    actor,
    action: "application.submit" as const,
    subject: person,
    details: { application: id, procedure },
  };
  return {
    answer: { sandbox: true, ...(await followed(db, row)), receipt: row.receipt },
    audit: [...corrected, received],
  };
}

/** Takes the place of a returned application. @throws {Refusal} application-unknown, application-decided */
async function correct(
  db: Db,
  { person, corrects, procedure, at }: { person: string; corrects: string; procedure: string; at: number },
): Promise<Changed<unknown>["audit"]> {
  const returned = await requireOwn(db, person, corrects);
  if (returned.procedure !== procedure) throw new Refusal("application-decided", "it is for another procedure");
  const { audit } = await move(db, { id: corrects, state: "corrected", actor: `person ${person}`, at });
  return audit;
}
