import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { DataOf } from "../../src/commands/results.ts";
import type { Workshop } from "../jpki/support/openssl.ts";
import { extensions } from "../jpki/support/openssl.ts";
import { holder, now, signedData, signerWorkshop, text } from "../jpki/support/signers.ts";
import { answer, failed, failedInWords, plain } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { test } from "./support/test.ts";

let openssl: Workshop;
beforeAll(async () => {
  openssl = signerWorkshop();
  writeFileSync(openssl.file("good.p7s"), await signedData(openssl));
  writeFileSync(openssl.file("good.p7m"), await signedData(openssl, { attached: true }));
  writeFileSync(openssl.file("other"), "another text");
  openssl.list("clean", { issuer: "authority" });
  openssl.list("full", { issuer: "authority", revoked: [["0A11", "260610120000Z", "keyCompromise"]] });
});
afterAll(() => openssl.close());

/** The words, names of files written as `{name}`. */
const command = (words: string): string =>
  `verify cms ${words} --at ${now.toISOString()}`.replace(/\{(.*?)\}/g, (_, name: string) => openssl.file(name));
const trusted = "--ca {authority.pem}";

function verified(outcome: Outcome): { data: DataOf<"verify cms">; codes: string[]; remarks: string[] } {
  const { data, warnings } = answer("verify cms", outcome);
  expect(outcome.code).toBe(data.verdict === "failed" ? 1 : 0);
  const remarks = data.signers.flatMap(({ checks }) =>
    checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`])),
  );
  return { data, codes: warnings.map(({ code }) => code), remarks };
}

describe("verify cms", () => {
  test.for<[string, string, string]>([
    ["detached", `{good.p7s} --content {text} ${trusted}`, "incomplete"],
    ["attached", `{good.p7m} ${trusted}`, "incomplete"],
    ["attached, the content given too", `{good.p7m} --content {text} ${trusted}`, "incomplete"],
    ["with one of two authorities of the same name", `{good.p7m} --ca {namesake.pem} ${trusted}`, "incomplete"],
    ["with a revocation list", `{good.p7m} ${trusted} --crl {clean.crl}`, "passed"],
  ])("is exit code 0 for a good one, %s", async ([, words, verdict], { mynakit }) => {
    const { data, codes } = verified(await mynakit(`${command(words)} --json`));
    expect(data).toMatchObject({ verdict, at: now.toISOString() });
    expect(data.signers[0]).toMatchObject({
      certificate: { kind: "sign", serialNumberHex: "0A11" },
      holder: { name: "Shiken Taro" },
      claimedTime: now.toISOString(),
      authority: { source: "named" },
    });
    expect(codes).toEqual(["WARN_CERT_OF_OTHERS"]);
  });

  test.for<[string, string, string]>([
    ["other content", `{good.p7s} --content {other} ${trusted}`, "content failed content-differs"],
    ["no content", `{good.p7s} ${trusted}`, "content failed content-missing"],
    ["nobody trusted", "{good.p7m}", "chain failed issuer-unknown"],
    ["another authority trusted", "{good.p7m} --ca {namesake.pem}", "trust-anchor failed not-a-named-authority"],
    ["a revoked certificate", `{good.p7m} ${trusted} --crl {full.crl}`, "revocation failed revoked"],
  ])("is exit code 1 with %s", async ([, words, problem], { mynakit }) => {
    const { data, remarks } = verified(await mynakit(`${command(words)} --json`));
    expect(data.verdict).toBe("failed");
    expect(remarks).toContain(problem);
  });

  test("is exit code 1 for one whose certificate had expired, and for one for login", async ({ mynakit }) => {
    openssl.certificate("expired", { ...holder, to: "20260601000000Z" });
    openssl.certificate("login", { ...holder, extensions: extensions.auth });
    for (const [certificate, problem] of [
      ["expired", "signing-time failed signed-after-validity"],
      ["login", "key-usage failed not-as-jpki"],
    ] as const) {
      writeFileSync(openssl.file("bad.p7m"), await signedData(openssl, { certificate, key: "holder", attached: true }));
      const outcome = await mynakit(`${command(`{bad.p7m} ${trusted}`)} --json`);
      expect(verified(outcome).remarks).toContain(problem);
    }
  });

  test("takes the word of a simulated card's authority, whose key is public, only where told to", async ({
    mynakit,
  }) => {
    writeFileSync(openssl.file("mine.txt"), text);
    const signed = openssl.file("mine.txt.p7s");
    await mynakit(`sign cms ${openssl.file("mine.txt")} -r sim:standard --pin-stdin`, { input: "TEST1234\n" });
    const words = `verify cms ${signed} --content ${openssl.file("mine.txt")} --json`;
    const alone = verified(await mynakit(words));
    expect(alone.data).toMatchObject({ verdict: "failed", signers: [{ authority: { source: "simulated" } }] });
    expect(alone.remarks).toContain("trust-anchor failed simulated-authority");
    expect(alone.codes).toEqual(["WARN_SIGNATURE_SIMULATED", "WARN_CERT_OF_OTHERS"]);
    const told = verified(await mynakit(`${words} --simulated`));
    expect(told.data.verdict).toBe("incomplete");
    expect(told.codes).toEqual(alone.codes);
    const ca = openssl.file("authority.pem");
    expect(verified(await mynakit(`${words} --ca ${ca}`)).data.verdict).toBe("failed");
    failed(await mynakit(`${words} --ca ${ca} --simulated`), "ERR_USAGE_OPTION");
    await mynakit(`cert show sign-ca -r sim:standard -o ${openssl.file("simulated.pem")}`);
    const named = verified(await mynakit(`${words} --ca ${openssl.file("simulated.pem")}`));
    expect(named.data.verdict).toBe("failed");
    expect(named.remarks).toContain("trust-anchor failed simulated-authority");
  });

  test("is exit code 1 where a certificate or the list of hashes was changed on the way", async ({ home, mynakit }) => {
    const file = path.join(home, "mine.txt");
    writeFileSync(file, text);
    await mynakit(`sign cms ${file} -r sim:standard --pin-stdin`, { input: "TEST1234\n" });
    const good = readFileSync(`${file}.p7s`);
    const sha256 = Buffer.from("608648016503040201", "hex");
    const authority = good.indexOf(Buffer.from("a003020102", "hex"));
    for (const at of [good.indexOf(sha256) + 8, authority + 4]) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ 2;
      writeFileSync(`${file}.bad`, changed);
      const words = `verify cms ${file}.bad --content ${file} --simulated`;
      expect(failed(await mynakit(`${words} --json`), "ERR_VERIFY_MALFORMED").exit).toBe(1);
    }
  });

  test("does not read standard input for both the signature and the content", async ({ mynakit }) => {
    for (const form of ["cms", "jws"]) {
      const words = `verify ${form} - --content -`;
      failed(await mynakit(`${words} --json`, { input: "text" }), "ERR_USAGE_OPTION");
      for (const [language, told] of [
        ["en", "only one of the two"],
        ["ja", "どちらか一つ"],
      ] as const) {
        const outcome = await mynakit(`${words} --lang ${language}`, { input: "text" });
        expect(failedInWords(outcome, "ERR_USAGE_OPTION")).toContain(told);
      }
    }
  });

  test("tells the same in words, and the law once, in both languages", async ({ mynakit }) => {
    for (const [language, good, bad, law] of [
      ["en", "good as far as it was checked", "not good", "article 17"],
      ["ja", "正しい署名です", "認められません", "第 17 条"],
    ] as const) {
      const fine = await mynakit(`${command(`{good.p7m} ${trusted}`)} --lang ${language}`);
      const wrong = await mynakit(`${command(`{good.p7s} --content {other} ${trusted}`)} --lang ${language}`);
      expect([fine.code, wrong.code]).toEqual([0, 1]);
      expect(fine.stdout).toContain(good);
      expect(wrong.stdout).toContain(bad);
      for (const { stdout, stderr } of [fine, wrong]) {
        expect(stderr.split(law)).toHaveLength(2);
        expect(stdout).not.toMatch(/undefined|null|\[object/);
        expect(plain(stdout + stderr)).toBe(true);
      }
    }
  });

  test("reads standard input", async ({ mynakit }) => {
    const input = readFileSync(openssl.file("good.p7m"));
    expect(verified(await mynakit(`${command(`- ${trusted}`)} --json`, { input })).data.file).toBe("-");
  });

  test("does not take what stands in the content for the signature", async ({ mynakit }) => {
    const good = readFileSync(openssl.file("good.p7m")).toString("base64");
    const content = new Uint8Array(Buffer.from(`-----BEGIN CMS-----\n${good}\n-----END CMS-----\n`));
    const bytes = await signedData(openssl, { attached: true, content, key: "second" });
    writeFileSync(openssl.file("wrapped.p7m"), bytes);
    const { remarks } = verified(await mynakit(`${command(`{wrapped.p7m} ${trusted}`)} --json`));
    expect(remarks).toContain("signature failed signature-wrong");
  });

  test("refuses what is no signature, in words that say which file", async ({ mynakit }) => {
    for (const name of ["text", "holder.der", "holder.pem"]) {
      const { exit, details } = failed(await mynakit(`${command(`{${name}}`)} --json`), "ERR_VERIFY_MALFORMED");
      expect([exit, details.file]).toEqual([1, openssl.file(name)]);
    }
    expect(failedInWords(await mynakit(`${command("{text}")} --lang ja`), "ERR_VERIFY_MALFORMED")).toContain("CMS");
    failed(await mynakit(`${command("{missing}")} --json`), "ERR_IO_READ");
    failed(await mynakit(`verify cms ${openssl.file("good.p7m")} --at yesterday --json`), "ERR_USAGE_OPTION");
  });
});
