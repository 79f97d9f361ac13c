import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { AccessToken } from "../../src/login/access-token.ts";
import { newProofKey } from "../../src/login/proof-key.ts";
import { deleteSession, loadSession, type Session, saveSession } from "../../src/login/session.ts";
import { random } from "../sandbox/support/cards.ts";

const platform = "https://mykey.example";
const session: Session = {
  accessToken: new AccessToken("geheim"),
  expiresAt: new Date("2026-11-22T03:15:00Z"),
  subject: "somebody",
  scope: ["portal", "mykey"],
  revocation: "good",
};

const parts = { clock: () => new Date("2026-11-22T03:00:00Z"), random };

let home: string;

beforeEach(async () => {
  home = path.join(await mkdtemp(path.join(tmpdir(), "mynakit-test-")), "home");
  onTestFinished(() => rm(path.dirname(home), { recursive: true }));
});

const file = () => path.join(home, "sessions.json");

test("there is no session before a login", async () => {
  expect(await loadSession(home, platform, parts)).toBeUndefined();
});

test("a session is found again by its platform", async () => {
  await saveSession(home, platform, session);
  await saveSession(home, "https://other.example", { ...session, subject: "other" });
  const found = await loadSession(home, platform, parts);
  expect(found).toMatchObject({ ...session, accessToken: expect.any(AccessToken) });
  expect(found?.accessToken.reveal()).toBe("geheim");
  expect(await loadSession(home, "https://third.example", parts)).toBeUndefined();
});

test("a session is found again with the key that it is bound to", async () => {
  const key = newProofKey(parts);
  await saveSession(home, platform, { ...session, accessToken: new AccessToken("geheim", key) });
  const found = await loadSession(home, platform, parts);
  expect(found?.accessToken.key?.reveal()).toEqual(key.reveal());
});

test("a session whose key is none is corrupt, and the key is not repeated", async () => {
  const key = { ...newProofKey(parts).reveal(), x: "AAAA" };
  await saveSession(home, platform, session);
  const stored = JSON.parse(await readFile(file(), "utf8")) as Record<string, object>;
  await writeFile(file(), JSON.stringify({ [platform]: { ...stored[platform], key } }));
  const failure = await loadSession(home, platform, parts).catch((error) => error);
  expect(failure).toMatchObject({ code: "ERR_IO_STATE_CORRUPT" });
  expect(inspect(failure, { depth: 9 })).not.toContain(key.d);
});

test("a session can be read by its owner alone, and leaves nothing else behind", async () => {
  await saveSession(home, platform, session);
  await saveSession(home, platform, session);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(home)).toEqual(["sessions.json"]);
});

test("a deleted session is gone, the others stay", async () => {
  await saveSession(home, platform, session);
  await saveSession(home, "https://other.example", session);
  await deleteSession(home, platform);
  await deleteSession(home, platform);
  expect(await loadSession(home, platform, parts)).toBeUndefined();
  expect(await loadSession(home, "https://other.example", parts)).toBeDefined();
  expect(await readFile(file(), "utf8")).not.toContain(platform);
});

test("sessions saved at once leave one whole file", async () => {
  const platforms = Array.from({ length: 10 }, (_, at) => `https://${at}.example`);
  await Promise.all(platforms.map((url) => saveSession(home, url, session)));
  const stored = JSON.parse(await readFile(file(), "utf8")) as object;
  expect(platforms).toEqual(expect.arrayContaining(Object.keys(stored)));
  expect(await readdir(home)).toEqual(["sessions.json"]);
});

test.each(["", "{", "[]", "null", '"text"'])("a file that holds %j is named as corrupt", async (text) => {
  await mkdir(home);
  await writeFile(file(), text);
  const corrupt = { code: "ERR_IO_STATE_CORRUPT", details: { path: file() } };
  await expect(loadSession(home, platform, parts)).rejects.toMatchObject(corrupt);
  await expect(saveSession(home, platform, session)).rejects.toMatchObject(corrupt);
  expect(await readFile(file(), "utf8")).toBe(text);
});

test("a session with parts missing is corrupt", async () => {
  await mkdir(home);
  await writeFile(file(), JSON.stringify({ [platform]: { accessToken: "geheim" } }));
  const failure = await loadSession(home, platform, parts).catch((error) => error);
  expect(failure).toMatchObject({ code: "ERR_IO_STATE_CORRUPT" });
  expect(JSON.stringify(failure)).not.toContain("geheim");
});

test("what cannot be read or written is named", async () => {
  await mkdir(path.join(file()), { recursive: true });
  await expect(loadSession(home, platform, parts)).rejects.toMatchObject({
    code: "ERR_IO_READ",
    details: { path: file() },
  });
  const unwritable = "/proc";
  await expect(saveSession(unwritable, platform, session)).rejects.toMatchObject({
    code: "ERR_IO_WRITE",
    details: { path: "/proc/sessions.json" },
  });
});
