import { type Chain, differ } from "./chain.ts";
import type { RevocationList, RevokedEntry } from "./crl.ts";
import type { AnswerProblem } from "./ocsp.ts";
import type { JpkiCertificate } from "./parse.ts";
import { isSignedBy } from "./signed.ts";

/** Why neither a revocation list nor a responder says anything about a certificate. */
export type NotChecked =
  | AnswerProblem
  | "list-not-given"
  | "issuer-unknown"
  | "list-of-another-issuer"
  | "list-signature-wrong"
  | "issuer-may-not-sign-lists"
  | "list-for-other-certificates"
  | "list-not-supported"
  | "list-not-yet-valid"
  | "list-expired"
  | "list-without-end";

export type Revocation =
  | { readonly status: "good" }
  | { readonly status: "revoked"; readonly entry: RevokedEntry }
  | { readonly status: "not-checked"; readonly reason: NotChecked };

/**
 * Whether a certificate has been revoked, as a list of its issuer says (RFC 5280, 6.3). What nobody can rely on says
 * nothing: such a list leaves the certificate unchecked, whatever stands in it.
 */
export function checkRevocation(
  certificate: JpkiCertificate,
  { issuer, problem }: Chain,
  list: RevocationList,
  now: Date,
): Revocation {
  if (!issuer || problem) return { status: "not-checked", reason: "issuer-unknown" };
  const reason =
    notOfIssuer(list, issuer.certificate) ??
    notAbout(list, certificate) ??
    (list.supported ? null : "list-not-supported") ??
    notNow(list, now);
  if (reason) return { status: "not-checked", reason };
  const entry = list.revoked.get(certificate.serialNumber.hex);
  return entry ? { status: "revoked", entry } : { status: "good" };
}

function notOfIssuer(list: RevocationList, issuer: JpkiCertificate): NotChecked | null {
  const named = Buffer.compare(list.issuer.der, issuer.subject.der) === 0;
  if (!named || differ(list.authorityKeyId, issuer.subjectKeyId)) return "list-of-another-issuer";
  if (!isSignedBy(list.signed, issuer.publicKey)) return "list-signature-wrong";
  return issuer.keyUsage.includes("cRLSign") ? null : "issuer-may-not-sign-lists";
}

/** JPKI keeps a list for each municipality; a certificate says which is its own. */
function notAbout({ scope }: RevocationList, { isCa, crlNames }: JpkiCertificate): NotChecked | null {
  const spokenOf = scope.of === "all" || scope.of === (isCa ? "authorities" : "persons");
  const own = scope.names.length === 0 || scope.names.some((name) => crlNames.includes(name));
  return spokenOf && own ? null : "list-for-other-certificates";
}

function notNow({ thisUpdate, nextUpdate }: RevocationList, now: Date): NotChecked | null {
  if (now < thisUpdate) return "list-not-yet-valid";
  if (!nextUpdate) return "list-without-end";
  return now > nextUpdate ? "list-expired" : null;
}

/**
 * What several sources say together: revoked where one says so, good where all do, else the first reason for silence.
 * @param words of all sources that were given
 */
export function agreed(words: readonly Revocation[]): Revocation {
  return (
    words.find(({ status }) => status === "revoked") ??
    words.find(({ status }) => status === "not-checked") ??
    words[0] ?? { status: "not-checked", reason: "list-not-given" }
  );
}
