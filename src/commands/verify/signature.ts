import { createHash } from "node:crypto";
import { MynakitError } from "../../errors.ts";
import type { Authority } from "../../jpki/certificate/chain.ts";
import type { Holder } from "../../jpki/certificate/holder.ts";
import type { HashName } from "../../jpki/sign.ts";
import type { SignatureVerdict, SignerVerdict, TrustOptions } from "../../jpki/signature/verdict.ts";
import { authorityFiles, listFile } from "../cert/files.ts";
import { simulatedAuthorities } from "../cert/simulated-authorities.ts";
import { summary } from "../cert/summary.ts";
import type { Input, Result, Warning } from "../command.ts";
import { readContentOrInput, streamContent } from "../content.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { parseTime } from "../time.ts";

type Verification = DataOf<"verify cms">;
type Signer = Verification["signers"][number];

/** Beyond this no signature is read; what was signed may be of any size beside it. */
const mostBytes = 96 * 1024 * 1024;

/** The signature's own file; `-` is standard input. @throws {MynakitError} ERR_IO_READ, ERR_CANCELLED */
export const signatureFile = ({ host }: Context, file: string): Promise<Uint8Array> =>
  readContentOrInput(host, file, mostBytes);

/**
 * What `--content` names; null: nothing. Standard input cannot bring the signature, too.
 * @throws {MynakitError} ERR_USAGE_OPTION
 */
export function contentFile({ arguments: { file }, options: { content } }: Input): string | null {
  if (file === "-" && content === "-") {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--content", problem: "stdin-twice" });
  }
  return content === undefined ? null : String(content);
}

/** The file that `--content` names, hashed part by part. */
export const hashedContent =
  ({ host }: Context, file: string) =>
  async (hash: HashName): Promise<Uint8Array> => {
    const hashing = createHash(hash);
    await streamContent(host, file, (part) => void hashing.update(part));
    return new Uint8Array(hashing.digest());
  };

/**
 * What the options say about whom to trust, and when. Everybody has the keys of the simulated authorities: they count
 * only for who asks for that.
 * @throws {MynakitError} ERR_USAGE_OPTION, what `authorityFiles` and `listFile` throw
 */
export async function trustOf(context: Context, { options }: Input): Promise<TrustOptions> {
  const simulated = options.simulated === true;
  if (simulated && options.ca !== undefined) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--simulated", problem: "excludes", allowed: "--ca" });
  }
  const at = timeOf(context, options.at, simulated);
  const named = await authorityFiles(context.host, (options.ca ?? []) as readonly string[]);
  const list = options.crl === undefined ? null : await listFile(context.host, String(options.crl));
  const known = [...simulatedAuthorities("sign"), ...simulatedAuthorities("auth")];
  const authorities = named.map((each) => (known.some((other) => hasSameKey(each, other)) ? simulatedOne(each) : each));
  return { at, authorities: [...authorities, ...known], list, simulated };
}

const hasSameKey = (one: Authority, other: Authority): boolean =>
  one.certificate.publicKey.equals(other.certificate.publicKey);
/** Naming it does not make its key less public. */
const simulatedOne = ({ certificate }: Authority): Authority => ({ certificate, source: "simulated" });

function timeOf(context: Context, text: unknown, simulatedCard: boolean): Date {
  if (text === undefined) return context.clock({ simulatedCard })();
  const time = parseTime(String(text));
  if (time) return time;
  const allowed = "2026-04-01T09:00:00+09:00";
  throw new MynakitError("ERR_USAGE_OPTION", { option: "--at", problem: "malformed", allowed });
}

/**
 * What `verify` answers about a file: exit code 1 unless every signature in it is good.
 * @param verify throws a SyntaxError where the file is no signature of the format
 * @throws {MynakitError} ERR_VERIFY_MALFORMED, what `verify` throws
 */
export async function verification(
  { file, format, content }: { file: string; format: "cms" | "jws"; content: string | null },
  { at }: TrustOptions,
  verify: () => Promise<SignatureVerdict>,
): Promise<Result<Verification>> {
  const { verdict, detached, signers } = await orMalformed(file, format, verify);
  return {
    data: { file, verdict, at: at.toISOString(), detached, content, signers: signers.map(shownSigner) },
    warnings: [...signerWarnings(signers), { code: "WARN_CERT_OF_OTHERS", details: {} }],
    ...(verdict === "failed" ? { exit: 1 } : {}),
  };
}

async function orMalformed<T>(file: string, format: "cms" | "jws", work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_VERIFY_MALFORMED", { file, format, problem: cause.message }, { cause });
  }
}

/** A signer's verdict, with the checks of whatever the signature stands in. */
export type Checked = Omit<SignerVerdict, "checks"> & { readonly checks: readonly Signer["checks"][number][] };

/** A signer as results show one. */
export function shownSigner(signer: Checked): Signer {
  const { verdict, certificate, hash, signingTime, issuer, revocation, checks } = signer;
  const entry = revocation.status === "revoked" ? revocation.entry : null;
  return {
    verdict,
    certificate: certificate && summary(certificate),
    holder: certificate?.holder ? shownHolder(certificate.holder) : null,
    hash,
    claimedTime: signingTime?.toISOString() ?? null,
    authority: issuer && {
      source: issuer.source,
      notAfter: issuer.certificate.notAfter.toISOString(),
      fingerprintSha256: issuer.certificate.fingerprintSha256,
    },
    revocation: { status: revocation.status, at: entry?.at.toISOString() ?? null, reason: entry?.reason ?? null },
    checks: [...checks],
  };
}

const shownHolder = (holder: Holder): Signer["holder"] => ({
  ...holder,
  nameSubstitutes: [...holder.nameSubstitutes],
  addressSubstitutes: [...holder.addressSubstitutes],
});

/** What a good signature might be taken for, and is not. */
export function signerWarnings(signers: readonly Pick<SignerVerdict, "issuer" | "certificate">[]): Warning[] {
  const simulated = signers.some(({ issuer }) => issuer?.source === "simulated");
  const authentication = signers.some(({ certificate }) => certificate?.kind === "auth");
  return [
    ...(simulated ? [{ code: "WARN_SIGNATURE_SIMULATED", details: {} } as const] : []),
    ...(authentication ? [{ code: "WARN_SIGN_AUTHENTICATION", details: {} } as const] : []),
  ];
}
