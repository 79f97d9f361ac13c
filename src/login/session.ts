import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { AccessToken } from "./access-token.ts";
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

/** Sessions as they lie in `<home>/sessions.json`, by platform URL. */
type StoredSessions = Record<string, unknown>;

const scopes = ["portal", "mykey"] as const;

/**
 * The stored session with a platform, expired or not.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT
 */
export async function loadSession(home: string, platform: string): Promise<Session | undefined> {
  const file = fileIn(home);
  const stored = (await readAll(file))[platform];
  return stored === undefined ? undefined : parsing(file, () => fromJson(stored));
}

/**
 * Stores a session in place of an older one with the same platform. Only its owner can read the file.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function saveSession(home: string, platform: string, session: Session): Promise<void> {
  const all = await readAll(fileIn(home));
  await writeAll(home, { ...all, [platform]: toJson(session) });
}

/**
 * Forgets the session with a platform, if there is one.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function deleteSession(home: string, platform: string): Promise<void> {
  const { [platform]: ended, ...others } = await readAll(fileIn(home));
  if (ended !== undefined) await writeAll(home, others);
}

function fileIn(home: string): string {
  return path.join(home, "sessions.json");
}

function toJson({ accessToken, expiresAt, subject, scope, revocation }: Session): object {
  return {
    accessToken: accessToken.reveal(),
    expiresAt: expiresAt.toISOString(),
    subject,
    scope: scope.join(" "),
    revocation,
  };
}

function fromJson(stored: unknown): Session {
  const session = members(stored);
  const granted = session.text("scope").split(" ");
  return {
    accessToken: new AccessToken(session.text("accessToken")),
    expiresAt: new Date(session.date("expiresAt")),
    subject: session.text("subject"),
    scope: scopes.filter((scope) => granted.includes(scope)),
    revocation: session.oneOf("revocation", ["good", "not-checked"]),
  };
}

async function readAll(file: string): Promise<StoredSessions> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw new MynakitError("ERR_IO_READ", { path: file, reason: error.message }, { cause: error });
  });
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

/** Written beside and moved into place: a reader never sees half a file. The folder's random name lets writers not meet. */
async function writeAll(home: string, sessions: StoredSessions): Promise<void> {
  const file = fileIn(home);
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(path.join(home, ".sessions-"));
    try {
      const draft = path.join(folder, "draft");
      await writeFile(draft, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, file);
    } finally {
      await rm(folder, { recursive: true });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MynakitError("ERR_IO_WRITE", { path: file, reason }, { cause });
  }
}
