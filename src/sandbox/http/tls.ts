import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import { MynakitError, type TlsProblem } from "../../errors.ts";

/** PEM: the certificate, followed by those between it and its authority, and its private key. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** RFC 7468, 11, and the older form of OpenSSL. */
const encrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/;

export interface TlsFile {
  readonly path: string;
  readonly pem: string;
}

/**
 * A certificate and its key, fit to serve with.
 * @param name whom the certificate has to name; anybody, where it is left out
 * @throws {MynakitError} ERR_IO_TLS
 */
export function tlsPair(certificate: TlsFile, key: TlsFile, now: Date, name?: string): TlsPair {
  const refuse = ({ path }: TlsFile, problem: TlsProblem, cause?: unknown) =>
    new MynakitError("ERR_IO_TLS", { path, problem }, { cause });
  const shown = attempt(
    () => new X509Certificate(certificate.pem),
    (cause) => refuse(certificate, "no-certificate", cause),
  );
  const privateKey = attempt(
    () => createPrivateKey(key.pem),
    (cause) => refuse(key, encrypted.test(key.pem) ? "encrypted" : "no-key", cause),
  );
  if (!shown.checkPrivateKey(privateKey)) throw refuse(key, "other-key");
  if (now < new Date(shown.validFrom)) throw refuse(certificate, "not-yet-valid");
  if (now > new Date(shown.validTo)) throw refuse(certificate, "expired");
  if (name !== undefined && !names(shown, name)) throw refuse(certificate, "other-name");
  const pair = { cert: certificate.pem, key: key.pem };
  // The TLS library has a mind of its own about algorithms and lengths of keys.
  attempt(
    () => createSecureContext(pair),
    (cause) => refuse(certificate, "not-usable", cause),
  );
  return pair;
}

const names = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;

function attempt<T>(make: () => T, explain: (cause: unknown) => MynakitError): T {
  try {
    return make();
  } catch (cause) {
    throw explain(cause);
  }
}
