import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { DataOf } from "../../src/commands/results.ts";
import { authorityName, extensions, Workshop } from "../jpki/support/openssl.ts";
import { recordOf } from "./support/cards.ts";
import { answer, failed, failedInWords, plain, success } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { test } from "./support/test.ts";

type Data = DataOf<"cert check">;

/** The answer, with an exit code that says the same. */
function checked(outcome: Outcome): { data: Data; warnings: string[] } {
  const { data, warnings } = answer("cert check", outcome);
  expect(outcome.code).toBe(data.verdict === "failed" ? 1 : 0);
  return { data, warnings: warnings.map(({ code }) => code) };
}

const remarks = ({ checks }: Data): string[] =>
  checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`]));
const noList = "revocation not-checked list-not-given";

describe("cert show into a file", () => {
  test("takes no other file's place unless told to, and writes no text", async ({ home, mynakit }) => {
    const file = path.join(home, "auth.pem");
    writeFileSync(file, "precious");
    const words = `cert show auth -r sim:standard -o ${file}`;
    failed(await mynakit(`${words} --json`), "ERR_IO_EXISTS");
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(success("cert show", await mynakit(`${words} --force --json`)).data.file).toBe(file);
    expect(readFileSync(file, "utf8")).toContain("BEGIN CERTIFICATE");
    failed(await mynakit(`${words} --force --format text --json`), "ERR_USAGE_OPTION");
    for (const [language, told] of [
      ["en", "Allowed: pem, der"],
      ["ja", "使えるもの: pem, der"],
    ] as const) {
      const outcome = await mynakit(`${words} --force --format text --lang ${language}`);
      expect(failedInWords(outcome, "ERR_USAGE_OPTION")).toContain(told);
    }
  });
});

describe("cert check of a card", () => {
  test.for([
    ["standard", "incomplete", []],
    ["renewed-today", "incomplete", []],
    ["short-only", "incomplete", []],
    ["expired", "failed", ["validity failed expired", "expiry-window not-checked expired"]],
    ["not-yet-valid", "failed", ["validity failed not-yet-valid"]],
  ] as const)("answers for %s: %s", async ([profile, verdict, wrong], { mynakit }) => {
    const { data } = checked(await mynakit(`cert check -r sim:${profile} --json`));
    expect(data).toMatchObject({ verdict, reader: `sim:${profile}`, pinSent: false, certificate: { kind: "auth" } });
    expect(remarks(data)).toEqual([...wrong, noList]);
    expect(data.revocation).toEqual({ status: "not-checked", at: null, reason: null, sources: [] });
    expect(data.authority?.source).toBe("simulated");
  });

  test("tells the same in words, in both languages", async ({ mynakit }) => {
    for (const [language, good, bad] of [
      ["en", "not everything was checked", "not good"],
      ["ja", "確認していないことがあります", "問題があります"],
    ]) {
      const fine = await mynakit(`cert check -r sim:standard --lang ${language}`);
      const expired = await mynakit(`cert check -r sim:expired --lang ${language}`);
      expect([fine.code, expired.code]).toEqual([0, 1]);
      expect(fine.stdout).toContain(good);
      expect(expired.stdout).toContain(bad);
      for (const { stdout, stderr } of [fine, expired]) {
        expect(stdout).not.toMatch(/undefined|null|\[object/);
        expect(plain(stdout + stderr)).toBe(true);
      }
    }
  });

  test("answers no within the days that were asked for [row 21]", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const { data } = checked(await mynakit("cert check -r sim:mine --json"));
    const days = data.daysLeft;
    expect(remarks(data)).toEqual([noList]);
    expect(checked(await mynakit(`cert check -r sim:mine --json --warn-days ${days}`)).data.verdict).toBe("incomplete");
    const late = checked(await mynakit(`cert check -r sim:mine --json --warn-days ${days + 1}`));
    expect(remarks(late.data)).toEqual(["expiry-window failed expires-soon", noList]);
    failed(await mynakit("cert check -r sim:mine --json --warn-days soon"), "ERR_USAGE_OPTION");
  });

  test("says in its last three months that it can be renewed", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const { data } = checked(await mynakit("cert check -r sim:mine --json"));
    const env = { MYNAKIT_NOW: new Date(Date.parse(data.certificate.notAfter) - 30 * 86_400_000).toISOString() };
    const late = checked(await mynakit("cert check -r sim:mine --json", { env }));
    expect(late).toMatchObject({ data: { verdict: "incomplete", daysLeft: 30 }, warnings: ["WARN_CERT_EXPIRES"] });
  });

  test("opens the signing certificate with its password, and tells nothing about its holder", async ({ mynakit }) => {
    const outcome = await mynakit("cert check sign -r sim:standard --pin-stdin --json", { input: "TEST1234\n" });
    const { data } = checked(outcome);
    expect(data).toMatchObject({ verdict: "incomplete", pinSent: true, triesBefore: 5, triesAfter: 5 });
    expect(data.certificate.kind).toBe("sign");
    expect(outcome.stdout).not.toMatch(/見本|Mihon|BEGIN CERTIFICATE/);
  });

  test("where there is no certificate is an error, before any password", async ({ mynakit }) => {
    failed(await mynakit("cert check -r sim:no-auth-cert --json"), "ERR_CERT_ABSENT");
    const absent = failed(await mynakit("cert check sign -r sim:under-15 --json"), "ERR_CERT_ABSENT");
    expect(absent).toMatchObject({ exit: 8, pinSent: false });
    failed(await mynakit("cert check -r sim:cert-garbage --json"), "ERR_CERT_MALFORMED");
    failedInWords(await mynakit("cert check sign -r sim:under-15 --lang ja"), "ERR_CERT_ABSENT");
  });

  test("sends no password where a file that it needs cannot be read", async ({ home, mynakit }) => {
    const garbage = path.join(home, "garbage");
    writeFileSync(garbage, "30");
    const words = "cert check sign -r sim:standard --pin-stdin --json";
    const input = "TEST1234\n";
    await mynakit("sim show standard");
    failed(await mynakit(`${words} --crl ${garbage}`, { input }), "ERR_CERT_LIST");
    failed(await mynakit(`${words} --ca ${garbage}`, { input }), "ERR_CERT_MALFORMED");
    failed(await mynakit(`${words} --crl ${garbage}.missing`, { input }), "ERR_IO_READ");
    expect(recordOf(home, "standard", "sign")).toMatchObject({ verifies: 0 });
  });
});

describe("cert check of a file", () => {
  test("trusts the authorities that are named, and no others", async ({ home, mynakit }) => {
    const [own, authority, other] = ["own.pem", "authority.der", "other.pem"].map((name) => path.join(home, name));
    await mynakit(`cert show auth -r sim:standard -o ${own}`);
    await mynakit(`cert show auth-ca -r sim:standard --format der -o ${authority}`);
    await mynakit(`cert show sign-ca -r sim:standard -o ${other}`);
    const alone = checked(await mynakit(`cert check --file ${own} --json`));
    expect(remarks(alone.data)).toEqual(["trust-anchor failed simulated-authority", noList]);
    expect(alone.data).toMatchObject({ reader: null, pinSent: false, triesBefore: null });
    const named = checked(await mynakit(`cert check --file ${own} --ca ${other} --ca ${authority} --json`));
    expect(remarks(named.data)).toEqual([noList]);
    const wrong = checked(await mynakit(`cert check --file ${own} --ca ${other} --json`));
    expect(remarks(wrong.data)).toEqual(["trust-anchor failed not-a-named-authority", noList]);
  });

  test("says once what the law says about the certificates of others", async ({ home, mynakit }) => {
    const [own, authority] = ["own.pem", "authority.pem"].map((name) => path.join(home, name));
    await mynakit(`cert show auth -r sim:standard -o ${own}`);
    await mynakit(`cert show auth-ca -r sim:standard -o ${authority}`);
    expect(checked(await mynakit(`cert check --file ${own} --json`)).warnings).toEqual(["WARN_CERT_OF_OTHERS"]);
    for (const verb of ["check", "show"]) {
      const { stderr } = await mynakit(`cert ${verb} --file ${own} --lang ja`);
      expect(stderr.match(/公的個人認証法第 17 条/g)).toHaveLength(1);
    }
    const { warnings } = checked(await mynakit(`cert check --file ${authority} --ca ${authority} --json`));
    expect(warnings).toEqual([]);
  });

  test("that is none says which file it was", async ({ home, mynakit }) => {
    const file = path.join(home, "none.pem");
    writeFileSync(file, "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    const { details, exit } = failed(await mynakit(`cert check --file ${file} --json`), "ERR_CERT_MALFORMED");
    expect([details.file, exit]).toEqual([file, 8]);
    expect(failedInWords(await mynakit(`cert show --file ${file} --lang ja`), "ERR_CERT_MALFORMED")).toContain(file);
    failed(await mynakit(`cert check --file ${home} --json`), "ERR_IO_READ");
    failed(await mynakit(["cert", "check", "--file", "", "--json"]), "ERR_USAGE_OPTION");
  });
});

describe("cert check with a revocation list", () => {
  const openssl = new Workshop();
  afterAll(() => openssl.close());
  const file = (name: string): string => openssl.file(name);

  beforeAll(() => {
    openssl.key("authority", "holder");
    const period = { from: "20200101000000Z", to: "20991231235959Z" };
    openssl.certificate("authority", {
      subject: authorityName,
      key: "authority",
      extensions: extensions.authority,
      ...period,
    });
    openssl.certificate("holder", {
      subject: "/C=JP/CN=ABCDEFGHIJKLMN99001WXYZ",
      key: "holder",
      issuer: "authority",
      serial: "0A11",
      extensions: extensions.auth,
      ...period,
    });
    openssl.list("clean", { issuer: "authority", ...period });
    openssl.list("full", { issuer: "authority", ...period, revoked: [["0A11", "260610120000Z", "certificateHold"]] });
    openssl.list("old", { issuer: "authority", from: "20200101000000Z", to: "20200201000000Z" });
  });

  const words = (list: string): string =>
    `cert check --file ${file("holder.pem")} --ca ${file("authority.pem")} --crl ${file(list)}`;

  test.for(["clean.crl", "clean.crl.der"])("passes everything with %s", async (list, { mynakit }) => {
    const { data } = success("cert check", await mynakit(`${words(list)} --json`));
    expect(data).toMatchObject({ verdict: "passed", revocation: { status: "good" }, authority: { source: "named" } });
  });

  test("is revoked, with when and why", async ({ mynakit }) => {
    const { data } = checked(await mynakit(`${words("full.crl")} --json`));
    expect(remarks(data)).toEqual(["revocation failed revoked"]);
    const revoked = { status: "revoked", at: "2026-06-10T12:00:00.000Z", reason: "certificateHold" };
    expect(data.revocation).toEqual({ ...revoked, sources: [{ method: "crl", ...revoked, detail: null }] });
    const { code, stdout } = await mynakit(`${words("full.crl")} --lang ja`);
    expect(code).toBe(1);
    expect(stdout).toContain("失効しています");
  });

  test("is unchecked, and the answer no, with a list that is out of date", async ({ mynakit }) => {
    const { data } = checked(await mynakit(`${words("old.crl")} --json`));
    expect(data).toMatchObject({ verdict: "failed", revocation: { status: "not-checked" } });
    expect(remarks(data)).toEqual(["revocation not-checked list-expired"]);
  });
});

describe("cert check among authorities of one name", () => {
  const openssl = new Workshop();
  afterAll(() => openssl.close());
  const period = { from: "20200101000000Z", to: "20991231235959Z" };
  const generations = ["first", "second", "third"];
  const all = generations.map((name) => `--ca ${openssl.file(`${name}.pem`)}`).join(" ");
  const check = (name: string): string => `cert check --file ${openssl.file(`${name}.pem`)} ${all} --json`;
  const issue = (name: string, issuer: string, wanted: readonly string[]): void =>
    void openssl.certificate(name, {
      subject: "/C=JP/CN=ABCDEFGHIJKLMN99001WXYZ",
      key: "holder",
      issuer,
      extensions: wanted,
      ...period,
    });
  const replaced = (start: string, other: string): string[] =>
    extensions.auth.map((each) => (each.startsWith(start) ? other : each));

  beforeAll(() => {
    openssl.key("holder", ...generations);
    for (const key of generations) {
      openssl.certificate(key, { subject: authorityName, key, extensions: extensions.authority, ...period });
      issue(`of-${key}`, key, extensions.auth);
      issue(
        `of-${key}-unnamed`,
        key,
        extensions.auth.filter((each) => !each.startsWith("authorityKeyIdentifier")),
      );
    }
    issue("for-documents", "second", replaced("keyUsage", "keyUsage=critical,digitalSignature,nonRepudiation"));
    issue("for-nothing", "second", replaced("keyUsage", "keyUsage=critical,keyEncipherment"));
    issue("other-policy", "second", replaced("certificatePolicies", "certificatePolicies=critical,1.2.3.4"));
  });

  test.for(generations.flatMap((name) => [[`of-${name}`, name] as const, [`of-${name}-unnamed`, name] as const]))(
    "finds the issuer of %s by signature: %s",
    async ([name, issuer], { mynakit }) => {
      const { data } = checked(await mynakit(check(name)));
      expect(remarks(data)).toEqual([noList]);
      const { fingerprint256 } = new X509Certificate(openssl.der(issuer));
      expect(data.authority?.fingerprintSha256).toBe(fingerprint256.replaceAll(":", ""));
      const alone = checked(
        await mynakit(`cert check --file ${openssl.file(`${name}.pem`)} --ca ${openssl.file(`${issuer}.pem`)} --json`),
      );
      expect(alone.data.authority).toEqual(data.authority);
    },
  );

  test("knows no issuer where only its namesakes are trusted", async ({ mynakit }) => {
    const [, ...others] = generations.map((name) => `--ca ${openssl.file(`${name}.pem`)}`);
    const file = openssl.file("of-first.pem");
    const { data } = checked(await mynakit(`cert check --file ${file} ${others.join(" ")} --json`));
    expect(data).toMatchObject({ authority: null, verdict: "failed" });
    expect(remarks(data)).toContain("chain failed issuer-unknown");
  });

  test.for([
    ["for-documents", "key-usage failed not-as-jpki"],
    ["for-nothing", "key-usage failed not-as-jpki"],
    ["other-policy", "policy failed not-as-jpki"],
  ] as const)("says no to one %s", async ([name, remark], { mynakit }) => {
    const { data } = checked(await mynakit(check(name).replace("cert check", "cert check auth")));
    expect(remarks(data)).toEqual([remark, noList]);
    expect(data.verdict).toBe("failed");
  });
});

describe("cert show of a file", () => {
  test("shows what it shows of the card", async ({ home, mynakit }) => {
    const file = path.join(home, "sign.der");
    const input = "TEST1234\n";
    await mynakit(`cert show sign -r sim:standard --pin-stdin --format der -o ${file}`, { input });
    const card = success("cert show", await mynakit("cert show sign -r sim:standard --pin-stdin --json", { input }));
    const { data } = success("cert show", await mynakit(`cert show --file ${file} --json`));
    expect(data).toEqual({ ...card.data, reader: null, pinSent: false, triesBefore: null, triesAfter: null });
    const pem = await mynakit(`cert show --file ${file} --format pem`);
    expect(pem.stdout).toBe(data.certificate.pem);
    const as = success("cert show", await mynakit(`cert show auth --file ${file} --json`));
    expect(as.data.certificate).toMatchObject({ kind: "auth" });
    expect(as.data.certificate.holder).toBeUndefined();
    expect(as.warnings.map(({ code }) => code)).toEqual(["WARN_CERT_OF_OTHERS", "WARN_CERT_PROFILE"]);
    expect(readFileSync(file)[0]).toBe(0x30);
  });
});
