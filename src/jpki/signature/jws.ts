import { flattenedVerify } from "jose";
import { failed, notChecked, ok } from "../certificate/check.ts";
import { type JpkiCertificate, parseCertificate } from "../certificate/parse.ts";
import { kindOf } from "../certificate/profile.ts";
import { type HashName, hashNames } from "../sign.ts";
import {
  checkSigningTime,
  type SignatureCheck,
  type SignatureVerdict,
  signatureVerdict,
  signerVerdict,
  type TrustOptions,
} from "./verdict.ts";

/** The names of RSASSA-PKCS1-v1_5 with its hashes (RFC 7518, 3.3): what the card can make. */
export const jwsAlgorithms = { sha256: "RS256", sha384: "RS384", sha512: "RS512" } as const satisfies Record<
  HashName,
  string
>;

export interface JwsInput {
  readonly payload: Uint8Array;
  readonly hash: HashName;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly signingTime: Date;
  /** Leaves the payload out (RFC 7515, appendix F). */
  readonly detached: boolean;
  /** RSASSA-PKCS1-v1_5 over the bytes. */
  readonly sign: (toBeSigned: Uint8Array, hash: HashName) => Promise<Uint8Array>;
}

/**
 * A JWS in compact form (RFC 7515, 7.1) with the signer's certificate in `x5c`, and `iat` for the claimed time.
 * @throws what `sign` throws
 */
export async function createJws(input: JwsInput): Promise<string> {
  const { payload, hash, certificate, signingTime, detached, sign } = input;
  const header = {
    alg: jwsAlgorithms[hash],
    iat: Math.floor(signingTime.getTime() / 1000),
    x5c: [Buffer.from(certificate).toString("base64")],
  };
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString("base64url");
  const encoded = Buffer.from(payload).toString("base64url");
  const signature = await sign(new Uint8Array(Buffer.from(`${protectedHeader}.${encoded}`)), hash);
  return `${protectedHeader}.${detached ? "" : encoded}.${Buffer.from(signature).toString("base64url")}`;
}

/**
 * Verifies a JWS in compact form with the key of the certificate in its header, and puts that to the checks of a JPKI
 * certificate. The header decides nothing but the hash: neither `none` nor a MAC is taken, no key and no address in it is
 * looked at.
 * @param content the payload, for a JWS without; where it has its own, both must be the same
 * @throws {SyntaxError} where it is no JWS in compact form
 */
export async function verifyJws(
  compact: string,
  content: Uint8Array | null,
  options: TrustOptions,
): Promise<SignatureVerdict> {
  const parts = compact.split(".", 4);
  const [header = "", own = "", signature = ""] = parts;
  if (parts.length !== 3) throw new SyntaxError("it does not have three parts");
  const payload = decoded(own);
  decoded(signature);
  const fields = parseHeader(decoded(header));
  const certificate = certificateOf(fields.x5c);
  const hash = hashNames.find((name) => jwsAlgorithms[name] === fields.alg) ?? null;
  const signingTime = timeOf(fields.iat);
  const given = content ? Buffer.from(content).toString("base64url") : own;
  const jws = { protected: header, payload: given, signature };
  const missing = own === "" && !content;
  const signed = certificate !== null && hash !== null && !missing && (await isSigned(jws, certificate, hash));
  // Without a payload of its own, nobody can tell whether the content or the key is another.
  const unfit = own === "" && certificate !== null && hash !== null && !signed;
  const checks: SignatureCheck[] = [
    certificate ? ok("signer-certificate") : failed("signer-certificate", "certificate-not-found"),
    // Whatever has to be understood: nothing of it is (RFC 7515, 4.1.11).
    "crit" in fields || "b64" in fields ? failed("header", "extension-not-supported") : ok("header"),
    hash ? ok("algorithms") : failed("algorithms", "algorithm-not-allowed"),
    unfit && content ? notChecked("content", "signature-unfit") : checkContent(payload, content),
    signed ? ok("signature") : unsigned(missing, unfit),
    checkSigningTime(signingTime, certificate, options.at),
  ];
  return signatureVerdict(own === "", [signerVerdict({ certificate, hash, signingTime }, checks, options)]);
}

/** @throws {SyntaxError} for anything but base64url without padding, in its one spelling */
function decoded(part: string): Uint8Array {
  const bytes = Buffer.from(part, "base64url");
  if (bytes.toString("base64url") !== part) throw new SyntaxError("its base64url is broken");
  return new Uint8Array(bytes);
}

/** @throws {SyntaxError} */
function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const header: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  if (typeof header === "object" && header !== null && !Array.isArray(header)) return { ...header };
  throw new SyntaxError("its header is no object");
}

/** The first of a chain is the signer's (RFC 7515, 4.1.6). */
function certificateOf(chain: unknown): JpkiCertificate | null {
  const [first]: unknown[] = Array.isArray(chain) ? chain : [];
  if (typeof first !== "string") return null;
  try {
    const der = Buffer.from(first, "base64");
    return der.toString("base64") === first ? ofPerson(new Uint8Array(der)) : null;
  } catch {
    return null;
  }
}

/** One for logging in, or one for signing, and that is what any other one is held against. */
function ofPerson(der: Uint8Array): JpkiCertificate {
  const certificate = parseCertificate(der, "sign");
  return kindOf(certificate) === "auth" ? parseCertificate(der, "auth") : certificate;
}

function timeOf(seconds: unknown): Date | null {
  const time = new Date(typeof seconds === "number" ? seconds * 1000 : Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}

function checkContent(own: Uint8Array, given: Uint8Array | null): SignatureCheck {
  if (!given) return own.length > 0 ? ok("content") : failed("content", "content-missing");
  const same = own.length === 0 || Buffer.compare(own, given) === 0;
  return same ? ok("content") : failed("content", "content-differs");
}

function unsigned(missing: boolean, unfit: boolean): SignatureCheck {
  if (missing) return notChecked("signature", "content-missing");
  return failed("signature", unfit ? "signature-unfit" : "signature-wrong");
}

async function isSigned(
  jws: Parameters<typeof flattenedVerify>[0],
  { publicKey }: JpkiCertificate,
  hash: HashName,
): Promise<boolean> {
  try {
    await flattenedVerify(jws, publicKey, { algorithms: [jwsAlgorithms[hash]] });
    return true;
  } catch {
    return false;
  }
}
