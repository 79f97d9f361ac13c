import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { parseTlvs, type Tlv } from "../../apdu/tlv.ts";
import {
  algorithmOf,
  bitString,
  children,
  fullNamesOf,
  hexOf,
  readExtensions,
  readSigned,
  type Signed,
  tag,
  timeOf,
  value,
} from "./der.ts";
import { distinguishedName } from "./name.ts";
import { objectIdentifier } from "./oid.ts";

/** What the platform looks at in an X.509 certificate (RFC 5280). Times are milliseconds since the epoch. */
export interface Certificate extends Signed {
  readonly der: Uint8Array;
  /** Base64url SHA-256 of `der`. */
  readonly thumbprint: string;
  readonly issuer: string;
  readonly subject: string;
  /** Upper-case hex digits, without the zero byte that DER puts before a high bit. */
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  /** The bytes of the key usage bit string, unused bits left out; null where the extension is missing. */
  readonly keyUsage: Uint8Array | null;
  readonly authority: boolean;
  /** Object identifiers in dotted form. */
  readonly policies: readonly string[];
  /** Names of the places of the revocation lists that speak of it, as GeneralNames in hexadecimal. */
  readonly listedAt: readonly string[];
  /** The subjectAltName extension; null where it is missing. */
  readonly alternativeNames: Uint8Array | null;
}

const versionTag = 0xa0;
const extensionsTag = 0xa3;
const rsaEncryption = "1.2.840.113549.1.1.1";
const extension = {
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  distributionPoints: "2.5.29.31",
  policies: "2.5.29.32",
};

/**
 * Reads a certificate signed with sha256WithRSAEncryption that holds an RSA key, as all of JPKI's are.
 * @throws {SyntaxError} where the bytes are anything else
 */
export function readCertificate(der: Uint8Array): Certificate {
  const versioned = (fields: readonly Tlv[]) => fields[0]?.tag === versionTag;
  const { signed, signature, fields } = readSigned(der, (of) => (versioned(of) ? 2 : 1));
  const [serial, , issuer, validity, subject, keyInfo, ...optional] = versioned(fields) ? fields.slice(1) : fields;
  const [notBefore, notAfter] = children(validity, tag.sequence);
  const listed = optional.find((field) => field.tag === extensionsTag);
  const extensions = readExtensions(listed && parseTlvs(listed.value)[0]);
  const contentOf = (name: string) => extensions.get(name)?.value;
  return {
    der,
    thumbprint: createHash("sha256").update(der).digest("base64url"),
    signed,
    signature,
    issuer: distinguishedName(value(issuer, tag.sequence)),
    subject: distinguishedName(value(subject, tag.sequence)),
    serialNumber: hexOf(value(serial, tag.integer)),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: rsaKey(keyInfo),
    keyUsage: keyUsageOf(contentOf(extension.keyUsage)),
    authority: isAuthority(contentOf(extension.basicConstraints)),
    policies: policiesOf(contentOf(extension.policies)),
    listedAt: pointsOf(contentOf(extension.distributionPoints)),
    alternativeNames: contentOf(extension.alternativeNames) ?? null,
  };
}

/** PKCS#1 form: OpenSSL 3 decodes it many times faster than SubjectPublicKeyInfo. */
function rsaKey(keyInfo: Tlv | undefined): KeyObject {
  const [algorithm, key] = children(keyInfo, tag.sequence);
  if (algorithmOf(algorithm) !== rsaEncryption) throw new SyntaxError("not an RSA key");
  try {
    return createPublicKey({ key: Buffer.from(bitString(key)), format: "der", type: "pkcs1" });
  } catch (cause) {
    throw new SyntaxError("not an RSA key", { cause });
  }
}

function keyUsageOf(bytes: Uint8Array | undefined): Uint8Array | null {
  return bytes ? value(parseTlvs(bytes)[0], tag.bits).subarray(1) : null;
}

function isAuthority(bytes: Uint8Array | undefined): boolean {
  if (!bytes) return false;
  const [first] = children(parseTlvs(bytes)[0], tag.sequence);
  return first?.tag === tag.boolean && first.value[0] !== 0;
}

function policiesOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  return children(parseTlvs(bytes)[0], tag.sequence).map((policy) =>
    objectIdentifier(value(children(policy, tag.sequence)[0], tag.oid)),
  );
}

function pointsOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  return children(parseTlvs(bytes)[0], tag.sequence).flatMap((point) => fullNamesOf(children(point, tag.sequence)[0]));
}
