import { isError, MynakitError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import type { CertificateKind } from "../../jpki/applications.ts";
import type { Authority } from "../../jpki/certificate/chain.ts";
import { parseCrl, type RevocationList } from "../../jpki/certificate/crl.ts";
import { type JpkiCertificate, malformed, parseCertificate } from "../../jpki/certificate/parse.ts";
import { derBlocks } from "../../jpki/certificate/pem.ts";
import { kindOf } from "../../jpki/certificate/profile.ts";
import { readContent } from "../content.ts";

/** Beyond this no file is read: the largest lists of revoked certificates are below it. */
const mostBytes = 32 * 1024 * 1024;

/**
 * The one certificate of a PEM or DER file.
 * @param kind what it is taken for; undefined: what it looks like
 * @throws {MynakitError} ERR_IO_READ, ERR_CERT_MALFORMED, ERR_CANCELLED
 */
export async function certificateFile(
  host: Host,
  path: string,
  kind: CertificateKind | undefined,
): Promise<JpkiCertificate> {
  const content = await readContent(host, path, mostBytes);
  return named(path, () => {
    const [der, ...more] = blocksOf(content, kind ?? "auth");
    if (more.length > 0) throw malformed(kind ?? "auth", "there is more than one certificate in it");
    return kind ? parseCertificate(der, kind) : parseAny(der);
  });
}

/**
 * The certificates of authorities that the user trusts, from PEM or DER files.
 * @throws {MynakitError} ERR_IO_READ, ERR_CERT_MALFORMED, ERR_CANCELLED
 */
export async function authorityFiles(host: Host, paths: readonly string[]): Promise<Authority[]> {
  const authorities: Authority[] = [];
  for (const path of paths) {
    const content = await readContent(host, path, mostBytes);
    const found = named(path, () => blocksOf(content, "auth-ca").map(parseAny));
    authorities.push(...found.map((certificate) => ({ certificate, source: "named" }) as const));
  }
  return authorities;
}

/**
 * A certificate revocation list from a PEM or DER file.
 * @throws {MynakitError} ERR_IO_READ, ERR_CERT_LIST, ERR_CANCELLED
 */
export async function listFile(host: Host, path: string): Promise<RevocationList> {
  const content = await readContent(host, path, mostBytes);
  try {
    const [der, ...more] = derBlocks(content, "X509 CRL");
    if (more.length > 0) throw new SyntaxError("there is more than one list in it");
    return parseCrl(der);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_CERT_LIST", { file: path, problem: cause.message }, { cause });
  }
}

function parseAny(der: Uint8Array): JpkiCertificate {
  const certificate = parseCertificate(der, "auth");
  const kind = kindOf(certificate);
  return kind === certificate.kind ? certificate : parseCertificate(der, kind);
}

function blocksOf(content: Uint8Array, kind: CertificateKind): [Uint8Array, ...Uint8Array[]] {
  try {
    return derBlocks(content, "CERTIFICATE");
  } catch (cause) {
    if (cause instanceof SyntaxError) throw malformed(kind, cause.message, cause);
    throw cause;
  }
}

/** The same failure, saying which file it was. */
function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isError(error, "ERR_CERT_MALFORMED")) throw error;
    throw new MynakitError("ERR_CERT_MALFORMED", { ...error.details, file }, { cause: error.cause });
  }
}
