/** OpenSC as an independent judge of the simulated card, through a real pcscd: run by `scripts/with-pcscd`. */
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import type { CardOptions } from "../simulator/cards.ts";
import { type InsertedCard, insertCard } from "./support/inserted-card.ts";

const folder = mkdtempSync(path.join(tmpdir(), "mynakit-opensc-"));
const inFolder = (name: string) => path.join(folder, name);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool to its end; the card answers meanwhile in this very process. */
function run(tool: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(tool, args, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }));
  });
}

let card: InsertedCard | undefined;

/** The service looks at its readers every 0.4 seconds; OpenSC's own --wait misses a card that comes just before it. */
async function serviceSees(present: boolean): Promise<void> {
  const sees = async () => /^\d+ +Yes/m.test((await run("opensc-tool", "--list-readers")).stdout);
  while ((await sees()) !== present) await setTimeout(20);
}

async function insert(options?: CardOptions): Promise<InsertedCard> {
  card = await insertCard(options);
  await serviceSees(true);
  return card;
}

afterEach(async () => {
  await card?.pull();
  await serviceSees(false);
});
afterAll(() => rmSync(folder, { recursive: true }));

const tries = async () => {
  const { stdout } = await run("pkcs15-tool", "--list-pins");
  const names = [...stdout.matchAll(/^PIN \[(.*)\]/gm)].map(([, name]) => name);
  const left = [...stdout.matchAll(/Tries left\s*: (\d+)/g)].map(([, count]) => Number(count));
  return Object.fromEntries(names.map((name, at) => [name, left[at]]));
};

const both = (auth: number, sign: number) => ({ "User Authentication PIN": auth, "Digital Signature PIN": sign });

test("recognises the card and lists what is on it", async () => {
  await insert();
  const { code, stdout } = await run("pkcs15-tool", "--dump");
  expect(code).toBe(0);
  expect(stdout).toContain("PKCS#15 Card [JPKI]");
  expect(
    [...stdout.matchAll(/^(Private RSA Key|X\.509 Certificate) \[(.*)\]/gm)].map(([, kind, name]) => [kind, name]),
  ).toEqual([
    ["Private RSA Key", "User Authentication Key"],
    ["Private RSA Key", "Digital Signature Key"],
    ["X.509 Certificate", "User Authentication Certificate"],
    ["X.509 Certificate", "Digital Signature Certificate"],
    ["X.509 Certificate", "User Authentication Certificate CA"],
    ["X.509 Certificate", "Digital Signature Certificate CA"],
  ]);
  const objects = await run("pkcs11-tool", "--list-objects");
  expect(objects.stdout).toMatch(/subject: +DN: C=JP, CN=[0-9A-Z]{14}99001[0-9A-Z]{4}\n/);
  expect(objects.stdout).toMatch(/subject: +DN: C=JP, O=JPKI-SIM, OU=JPKI for user authentication/);
});

test.each([
  ["authentication", "01", "1234", []],
  ["signing", "02", "TEST1234", ["--auth-id", "2", "--verify-pin", "--pin", "TEST1234"]],
])("signs with the %s key what OpenSSL verifies with the certificate that it reads", async (_, id, pin, opening) => {
  await insert();
  writeFileSync(inFolder("data"), "what is signed");
  const certificate = await run("pkcs15-tool", "--read-certificate", id, ...opening);
  writeFileSync(
    inFolder("key.pem"),
    new X509Certificate(certificate.stdout.slice(certificate.stdout.indexOf("-----"))).publicKey.export({
      type: "spki",
      format: "pem",
    }),
  );
  const files = ["--input-file", inFolder("data"), "--output-file", inFolder("signature")];
  const signed = await run(
    "pkcs11-tool",
    "--sign",
    "--mechanism",
    "SHA256-RSA-PKCS",
    "--id",
    id,
    "--login",
    "--pin",
    pin,
    ...(await slotOf(id)),
    ...files,
  );
  expect(signed).toMatchObject({ code: 0 });
  const verified = await run(
    "openssl",
    "dgst",
    "-sha256",
    "-verify",
    inFolder("key.pem"),
    "-signature",
    inFolder("signature"),
    inFolder("data"),
  );
  expect(verified.stdout).toBe("Verified OK\n");
  expect(card?.events.every(({ matched }) => matched)).toBe(true);
});

/** OpenSC gives each PIN a slot. */
async function slotOf(id: string): Promise<string[]> {
  const { stdout } = await run("pkcs11-tool", "--list-token-slots");
  const numbers = [...stdout.matchAll(/^Slot (\d+) /gm)].map(([, number]) => number ?? "");
  return ["--slot-index", numbers[Number(id) - 1] ?? ""];
}

test("counts the tries that wrong PINs cost, and those that a right one gives back", async () => {
  const { events } = await insert();
  expect(await tries()).toEqual(both(3, 5));
  const wrong = await run("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", "0000");
  expect(wrong.stderr).toContain("PIN code or key incorrect");
  expect(wrong.code).not.toBe(0);
  expect(await tries()).toEqual(both(2, 5));
  expect((await run("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", "1234")).code).toBe(0);
  expect(await tries()).toEqual(both(3, 5));
  expect(events).toEqual([
    { command: "verify", reference: "auth", before: 3, after: 2, matched: false },
    { command: "verify", reference: "auth", before: 2, after: 3, matched: true },
  ]);
});

test.each([
  ["6984", "CKR_GENERAL_ERROR"],
  ["6983", "CKR_PIN_LOCKED"],
] as const)("sees a PIN that is locked with %s as locked, on a card that still works", async (lockedVerify, answer) => {
  await insert({ profile: "auth-locked", switches: { lockedVerify } });
  expect(await tries()).toEqual(both(0, 5));
  expect((await run("pkcs11-tool", "--list-slots")).stdout).toContain("user PIN locked");
  expect((await run("pkcs11-tool", "--login", "--pin", "1234", "--list-objects")).stderr).toContain(answer);
  expect(await run("pkcs15-tool", "--read-certificate", "1")).toMatchObject({ code: 0 });
});

test("does not take a transit card for a My Number Card", async () => {
  await insert({ profile: "suica" });
  const { code, stderr } = await run("pkcs15-tool", "--list-pins");
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/Unsupported card|Card is invalid/);
});

test("finds a mute card unresponsive", async () => {
  await insert({ profile: "mute" });
  const { code, stderr } = await run("opensc-tool", "--name");
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/Unresponsive card/);
});
