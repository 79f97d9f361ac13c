import { createPrivateKey, sign } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encodeTlv, parseTlvs } from "../../src/apdu/tlv.ts";
import { anchorsIn } from "../../src/sandbox/certificate/anchors.ts";
import { readCertificate } from "../../src/sandbox/certificate/certificate.ts";
import { revocationLists } from "../../src/sandbox/certificate/revocation.ts";
import { authorityName, extensions, Workshop } from "../jpki/support/openssl.ts";
import { assertionOf, now, type TestCard } from "./support/cards.ts";
import { askNonce, exchange, runSandbox, temporaryFolder } from "./support/sandbox.ts";

const workshop = new Workshop();
afterAll(() => workshop.close());

workshop.key("ca", "next", "card");
const own = { key: "ca", subject: authorityName, extensions: extensions.authority, from: "20200101000000Z" };
workshop.certificate("authority", own);
workshop.certificate("successor", { ...own, key: "next", serial: "02" });
const cardOf = (serial: string): TestCard => {
  const order = {
    subject: `/C=JP/CN=${serial}`,
    key: "card",
    issuer: "authority",
    serial,
    extensions: extensions.auth,
  };
  const certificate = workshop.certificate(`card-${serial}`, order);
  const key = createPrivateKey(readFileSync(workshop.file("card.key"), "utf8"));
  return { certificate, sign: (message) => new Uint8Array(sign("sha256", Buffer.from(message), key)) };
};
const lost = cardOf("8A01");
const good = cardOf("1002");
const authorities = readFileSync(workshop.file("authority.pem"));
const anchors = anchorsIn(authorities, "authority.pem");
const current = { from: "20261101000000Z", to: "20261201000000Z" };
const revoked = [["8A01", "261101000000Z", "keyCompromise"]] as const;

const list = (order: object = {}) => workshop.list("list", { issuer: "authority", revoked, ...current, ...order });

/** A file that goes with the test, holding a list. */
function fileWith(content: Uint8Array): string {
  const file = path.join(temporaryFolder(), "revoked.crl");
  writeFileSync(file, content);
  return file;
}

async function login(url: string, card: TestCard) {
  const { status, answer } = await exchange(url, assertionOf(card, url, await askNonce(url)));
  const { reason, revocation } = answer as { reason?: string; revocation?: string };
  return { status, said: reason ?? revocation };
}

const refused = { status: 400, said: "certificate-revoked" };
const logged = (said: string) => ({ status: 200, said });

describe("a sandbox with a revocation list by OpenSSL", () => {
  test("refuses the card on it, takes the other and says that it was checked", async () => {
    const { url } = await runSandbox({ anchors, revocationList: fileWith(list()) });
    expect(await login(url, lost)).toEqual(refused);
    expect(await login(url, good)).toEqual(logged("good"));
  });

  test.each<[name: string, order: object]>([
    ["that has run out", { from: "20261001000000Z", to: "20261101000000Z" }],
    ["that is not in force yet", { from: "20261123000000Z", to: "20261223000000Z" }],
    ["of another place", { extensions: ["issuingDistributionPoint=critical,@other-list"] }],
  ])("of a list %s believes only its no", async (_name, order) => {
    const { url } = await runSandbox({ anchors, revocationList: fileWith(list(order)) });
    expect(await login(url, lost)).toEqual(refused);
    expect(await login(url, good)).toEqual(logged("not-checked"));
  });

  test.each<[name: string, order: object]>([
    ["of the place that the certificate names", { extensions: ["issuingDistributionPoint=critical,@own-list"] }],
    ["of persons alone", { extensions: ["issuingDistributionPoint=critical,@persons-list"] }],
    ["with nothing on it but the other", { revoked: [["0F", "261101000000Z", "superseded"]] }],
  ])("believes a list %s", async (_name, order) => {
    const { url } = await runSandbox({ anchors, revocationList: fileWith(list(order)) });
    expect(await login(url, good)).toEqual(logged("good"));
  });

  test("says nothing about the cards of another generation of the authority", async () => {
    const both = Buffer.concat([authorities, readFileSync(workshop.file("successor.pem"))]);
    const byAnother = fileWith(list({ issuer: "successor" }));
    const { url } = await runSandbox({ anchors: anchorsIn(both, "both.pem"), revocationList: byAnother });
    expect(await login(url, lost)).toEqual(logged("not-checked"));
  });

  test("reads several lists from one PEM file", async () => {
    list({ revoked: [] });
    const empty = readFileSync(workshop.file("list.crl"));
    list();
    const file = fileWith(Buffer.concat([empty, readFileSync(workshop.file("list.crl"))]));
    const { url } = await runSandbox({ anchors, revocationList: file });
    expect(await login(url, lost)).toEqual(refused);
    expect(await login(url, good)).toEqual(logged("good"));
  });
});

describe("a list that changes", () => {
  test("counts from the next login on", async () => {
    const file = fileWith(list({ revoked: [] }));
    const { url } = await runSandbox({ anchors, revocationList: file });
    expect(await login(url, lost)).toEqual(logged("good"));
    writeFileSync(`${file}.new`, list());
    renameSync(`${file}.new`, file);
    expect(await login(url, lost)).toEqual(refused);
  });

  test("and is of no use leaves the one before in force, and is told once", async () => {
    const failures: unknown[] = [];
    const file = fileWith(list());
    const { url } = await runSandbox({
      anchors,
      revocationList: file,
      log: (entry) => entry.kind === "failure" && failures.push(entry.error),
    });
    for (const spoil of [() => writeFileSync(file, "garbage"), () => rmSync(file)]) {
      spoil();
      expect(await login(url, lost)).toEqual(refused);
      expect(await login(url, good)).toEqual(logged("good"));
    }
    expect(failures).toMatchObject([{ code: "ERR_CERT_LIST" }, { code: "ERR_IO_READ" }]);
  });
});

describe("a list of no use is no list", () => {
  const indirect = ["issuingDistributionPoint=critical,@indirect-list"];
  const cases: readonly [name: string, content: () => Uint8Array, problem: RegExp][] = [
    ["by somebody else", () => list({ issuer: "successor" }), /no authority/],
    ["for some reasons", () => list({ extensions: ["issuingDistributionPoint=critical,@reasons-list"] }), /partial/],
    ["for others' certificates", () => list({ extensions: indirect }), /partial or indirect/],
    ["for authorities", () => list({ extensions: ["issuingDistributionPoint=critical,@authorities-list"] }), /partial/],
    [
      "with changes only",
      () => list({ extensions: ["2.5.29.27=critical,DER:020101"] }),
      /critical extension 2\.5\.29\.27/,
    ],
    ["with a changed byte", () => list().map((byte, at) => (at === 200 ? byte ^ 1 : byte)), /./],
    ["with something behind it", () => Buffer.concat([list(), Uint8Array.of(0)]), /./],
    ["that is cut short", () => list().subarray(0, 300), /./],
    ["that is empty", () => new Uint8Array(), /./],
    ["that is a certificate", () => lost.certificate, /./],
    ["that is a certificate as PEM", () => authorities, /there is no X509 CRL/],
  ];

  test.each(cases)("%s: the sandbox does not start", async (_name, content, problem) => {
    const starting = runSandbox({ anchors, revocationList: fileWith(content()) });
    await expect(starting).rejects.toMatchObject({
      code: "ERR_CERT_LIST",
      details: { problem: expect.stringMatching(problem) },
    });
  });

  test("and neither is a file that is not there", async () => {
    const starting = runSandbox({ anchors, revocationList: "/nowhere/list.crl" });
    await expect(starting).rejects.toMatchObject({ code: "ERR_IO_READ" });
  });

  test("whatever bit is flipped", async () => {
    const bytes = list();
    for (let at = 0; at < bytes.length; at += 7) {
      const file = fileWith(bytes.map((byte, index) => (index === at ? byte ^ (1 << (at % 8)) : byte)));
      await expect(
        revocationLists(file, anchors, () => {}),
        `byte ${at}`,
      ).rejects.toMatchObject({
        code: "ERR_CERT_LIST",
      });
    }
  });
});

test("a million entries are read while others are served, and asked in no time", { timeout: 120_000 }, async () => {
  const count = 1_000_000;
  const time = encodeTlv(0x17, Buffer.from("261101000000Z"));
  const entry = encodeTlv(0x30, [encodeTlv(0x02, Uint8Array.of(0x11, 0, 0, 0, 0)), time]);
  const rows = Buffer.concat(Array<Uint8Array>(count).fill(entry));
  for (let at = 0; at < count; at++) rows.writeUInt32BE(at, at * entry.length + 5);
  const algorithm = encodeTlv(0x30, [
    encodeTlv(0x06, Buffer.from("2a864886f70d01010b", "hex")),
    encodeTlv(0x05, Uint8Array.of()),
  ]);
  const issuer = issuerOf(lost.certificate);
  const times = ["261101000000Z", "261201000000Z"].map((time) => encodeTlv(0x17, Buffer.from(time)));
  const body = encodeTlv(0x30, [encodeTlv(0x02, Uint8Array.of(1)), algorithm, issuer, ...times, encodeTlv(0x30, rows)]);
  const key = createPrivateKey(readFileSync(workshop.file("ca.key"), "utf8"));
  const signature = encodeTlv(0x03, Buffer.concat([Uint8Array.of(0), sign("sha256", body, key)]));
  const file = fileWith(encodeTlv(0x30, [body, algorithm, signature]));

  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 1);
  const lists = await revocationLists(file, anchors, () => {});
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(20);
  const [anchor = expect.fail()] = anchors;
  const certificate = readCertificate(lost.certificate);
  const ask = (serialNumber: string) =>
    lists.stateOf({ anchor, certificate: { ...certificate, serialNumber } }, now.getTime());
  expect(await ask("11000F423F")).toBe("revoked");
  expect(await ask("11000F4240")).toBe("good");
  const start = performance.now();
  for (let question = 0; question < 100; question++) await ask("1100000000");
  expect(performance.now() - start).toBeLessThan(5000);
});

/** The issuer's name in a certificate, as it stands there. */
function issuerOf(der: Uint8Array): Uint8Array {
  const inside = (bytes: Uint8Array | undefined, at: number) => parseTlvs(bytes ?? expect.fail())[at] ?? expect.fail();
  const { tag, value } = inside(inside(inside(der, 0).value, 0).value, 3);
  return encodeTlv(tag, value);
}
