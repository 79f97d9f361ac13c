import { readFileSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { makeFolder, reading, replaceFile } from "../files.ts";
import { AccessToken } from "./access-token.ts";
import type { TokenAnswer } from "./oidc.ts";
import { type ProofKey, type ProofParts, storedProofKey } from "./proof-key.ts";
import { members } from "./shape.ts";
import type { RevocationState, Scope } from "./wire.ts";

/** A login that stands. */
export interface Session {
  readonly accessToken: AccessToken;
  readonly expiresAt: Date;
  /** The person, under the platform's identifier. */
  readonly subject: string;
  readonly scope: readonly Exclude<Scope, "openid">[];
  /** Whether the platform asked if the certificate was revoked. */
  readonly revocation: RevocationState;
}

/** The session that a token answer begins. @param clock the platform's */
export function sessionOf(
  { accessToken, expiresIn, subject, extra }: TokenAnswer,
  { scope, clock, key }: { readonly scope: Session["scope"]; readonly clock: () => Date; readonly key: ProofKey },
): Session {
  return {
    accessToken: new AccessToken(accessToken, extra.token_type === "dpop" ? key : undefined),
    expiresAt: new Date(clock().getTime() + expiresIn * 1000),
    subject,
    scope,
    revocation: extra.revocation === "good" ? "good" : "not-checked",
  };
}

/** Sessions as they lie in `<home>/sessions.json`, by platform URL. */
type StoredSessions = Record<string, unknown>;

const scopes = ["portal", "mykey"] as const;

/**
 * The stored session with a platform, expired or not.
 * @param parts of the proofs that its key makes
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT
 */
export async function loadSession(home: string, platform: string, parts: ProofParts): Promise<Session | undefined> {
  const file = fileIn(home);
  const stored = readAll(file)[platform];
  return stored === undefined ? undefined : parsing(file, () => fromJson(stored, parts));
}

/**
 * Stores a session in place of an older one with the same platform. Only its owner can read the file. Of two processes
 * that store at the same moment, one may undo the other's; the file is whole in any case.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function saveSession(home: string, platform: string, session: Session): Promise<void> {
  writeAll(home, { ...readAll(fileIn(home)), [platform]: toJson(session) });
}

/**
 * Forgets the session with a platform, if there is one.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function deleteSession(home: string, platform: string): Promise<void> {
  const { [platform]: ended, ...others } = readAll(fileIn(home));
  if (ended !== undefined) writeAll(home, others);
}

function fileIn(home: string): string {
  return path.join(home, "sessions.json");
}

function toJson({ accessToken, expiresAt, subject, scope, revocation }: Session): object {
  return {
    accessToken: accessToken.reveal(),
    ...(accessToken.key ? { key: accessToken.key.reveal() } : {}),
    expiresAt: expiresAt.toISOString(),
    subject,
    scope: scope.join(" "),
    revocation,
  };
}

function fromJson(stored: unknown, parts: ProofParts): Session {
  const session = members(stored);
  const granted = session.text("scope").split(" ");
  const key = session.has("key") ? storedProofKey(session.object("key"), parts) : undefined;
  return {
    accessToken: new AccessToken(session.text("accessToken"), key),
    expiresAt: new Date(session.date("expiresAt")),
    subject: session.text("subject"),
    scope: scopes.filter((scope) => granted.includes(scope)),
    revocation: session.oneOf("revocation", ["good", "not-checked"]),
  };
}

function readAll(file: string): StoredSessions {
  const text = reading(file, (path) => readFileSync(path, "utf8")) ?? "{}";
  return parsing(file, () => {
    const parsed: unknown = JSON.parse(text);
    members(parsed);
    return parsed as StoredSessions;
  });
}

function parsing<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_IO_STATE_CORRUPT", { path: file, problem: cause.message }, { cause });
  }
}

function writeAll(home: string, sessions: StoredSessions): void {
  makeFolder(home);
  replaceFile(fileIn(home), `${JSON.stringify(sessions, null, 2)}\n`);
}
