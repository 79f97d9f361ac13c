import { isError, MynakitError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import { throwIfCancelled } from "../../jpki/card.ts";
import type { Chain } from "../../jpki/certificate/chain.ts";
import { checkAnswer } from "../../jpki/certificate/ocsp.ts";
import { certIdOf, encodeRequest, nonceLength } from "../../jpki/certificate/ocsp-request.ts";
import { type OcspAnswer, type OcspRefusal, parseOcspResponse } from "../../jpki/certificate/ocsp-response.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import type { Revocation } from "../../jpki/certificate/revocation.ts";
import { guardedFetch } from "../../login/guarded-fetch.ts";

const requestType = "application/ocsp-request";
const answerType = "application/ocsp-response";

/**
 * The address of a responder. Plain HTTP will do: the answer is signed, and the question names nobody.
 * @throws {MynakitError} ERR_USAGE_OPTION
 */
export function responderUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const known = url?.protocol === "http:" || url?.protocol === "https:";
  if (url && known && !url.username && !url.password && !url.hash) return url.href;
  throw new MynakitError("ERR_USAGE_OPTION", { option: "--ocsp", problem: "not-allowed", allowed: "http(s)://…" });
}

/**
 * Asks a responder about a certificate, by POST (RFC 6960, A.1), once and with a fresh nonce. Nobody is asked where the
 * issuer is unknown: what the answer is worth hangs on it.
 * @throws {MynakitError} ERR_NETWORK_*; ERR_CERT_RESPONDER where it answers something else; ERR_CANCELLED
 */
export async function askResponder(
  host: Host,
  url: string,
  certificate: JpkiCertificate,
  { issuer, problem }: Chain,
  now: () => Date,
): Promise<Revocation> {
  if (!issuer || problem) return { status: "not-checked", reason: "issuer-unknown" };
  const question = { certId: certIdOf(certificate, issuer.certificate), nonce: host.random(nonceLength) };
  const answer = await ask(host, url, encodeRequest(question));
  return checkAnswer(answer, question, issuer.certificate, now());
}

async function ask(host: Host, url: string, body: Uint8Array): Promise<OcspAnswer | OcspRefusal> {
  const headers = { "content-type": requestType, accept: answerType };
  try {
    const response = await guardedFetch({ url, fetch: host.fetch, signal: host.interrupted })(url, {
      method: "POST",
      headers,
      body,
    });
    const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "no content type";
    if (!response.ok) throw new SyntaxError(`HTTP ${response.status}`);
    if (type !== answerType) throw new SyntaxError(`${type} instead of ${answerType}`);
    return parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    throwIfCancelled(host.interrupted);
    if (cause instanceof SyntaxError) {
      throw new MynakitError("ERR_CERT_RESPONDER", { url, problem: cause.message }, { cause });
    }
    if (isError(cause, "ERR_PLATFORM_ANSWER")) throw new MynakitError("ERR_CERT_RESPONDER", cause.details, { cause });
    throw cause;
  }
}
