import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { jpkiFiles } from "../../src/jpki/applications.ts";
import { simAuthorities } from "../../src/login/sim-authorities.ts";
import { issueCard } from "../../src/simulator/issue.ts";
import type { ProfileName } from "../../src/simulator/profiles.ts";
import { today } from "./cards.ts";

const folder = mkdtempSync(path.join(tmpdir(), "mynakit-certificates-"));
afterAll(() => rmSync(folder, { recursive: true }));

const openssl = (...args: string[]) =>
  execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

function fileOf(profile: ProfileName, file: number, seed: string = profile): X509Certificate {
  const { files } = issueCard({ name: "test", profile, seed, now: today });
  const found = files.find((each) => each.application === "jpki" && each.file === file);
  return new X509Certificate(Buffer.from(found?.content ?? "", "hex"));
}

/** The path of a PEM file that OpenSSL can read. */
function pem(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const text = (certificate: X509Certificate) =>
  openssl(
    "x509",
    "-in",
    pem("leaf.pem", certificate.toString()),
    "-noout",
    "-text",
    "-nameopt",
    "utf8,sep_comma_plus,-esc_msb",
  );

describe.each([
  ["auth", jpkiFiles.authCertificate, jpkiFiles.authCaCertificate],
  ["sign", jpkiFiles.signCertificate, jpkiFiles.signCaCertificate],
] as const)("the %s certificate", (usage, leafFile, authorityFile) => {
  const leaf = fileOf("standard", leafFile);

  test("is verified by OpenSSL, strictly, under the authority on the card, which is the published one", () => {
    const authority = fileOf("standard", authorityFile);
    expect(authority.toString()).toBe(simAuthorities[usage][2023]);
    const at = String(today.getTime() / 1000);
    const trusted = pem(`${usage}-ca.pem`, authority.toString());
    const answer = openssl(
      "verify",
      "-x509_strict",
      "-attime",
      at,
      "-CAfile",
      trusted,
      pem(`${usage}.pem`, leaf.toString()),
    );
    expect(answer).toContain("OK");
  });

  test.each([2015, 2019, 2023] as const)("of generation %i is verified by its authorities alone", (generation) => {
    const own = fileOf(`ca-${generation}`, leafFile);
    const at = String(today.getTime() / 1000);
    const verdicts = Object.entries(simAuthorities[usage]).map(([name, authority]) => {
      const files = [pem(`ca-${name}.pem`, authority), pem("generation.pem", own.toString())];
      try {
        return [name, openssl("verify", "-x509_strict", "-attime", at, "-CAfile", ...files).includes("OK")];
      } catch {
        return [name, false];
      }
    });
    expect(verdicts).toEqual([2015, 2019, 2023].map((each) => [String(each), each === generation]));
    expect(fileOf(`ca-${generation}`, authorityFile).toString()).toBe(simAuthorities[usage][generation]);
  });

  test("is not verified under the other authority", () => {
    const other = pem("other.pem", simAuthorities[usage === "auth" ? "sign" : "auth"][2023]);
    expect(() => openssl("verify", "-CAfile", other, pem(`${usage}.pem`, leaf.toString()))).toThrow(/error/);
  });

  test("names an issuer that nobody can take for the real one, and a policy of the test arc", () => {
    expect(leaf.issuer).toContain("O=JPKI-SIM");
    const shown = text(leaf);
    expect(shown).toMatch(
      new RegExp(`Policy: 1\\.2\\.392\\.200149\\.8\\.5\\.1\\.0\\.${usage === "auth" ? 30 : 20}\\b`),
    );
    expect(shown).not.toMatch(/O=JPKI(?!-SIM)/);
  });

  test("has its extensions in the order of the profile, critical where the profile says so", () => {
    const names = [...text(leaf).matchAll(/X509v3 ([A-Za-z ]+): ?(critical)?/g)].map(([, name, critical]) => [
      name,
      critical ?? "",
    ]);
    const shared = [
      ["Certificate Policies", "critical"],
      ["Issuer Alternative Name", ""],
      ["CRL Distribution Points", ""],
      ["Authority Key Identifier", ""],
      ["Subject Key Identifier", ""],
    ];
    const alternative = usage === "sign" ? [["Subject Alternative Name", ""]] : [];
    expect(names.slice(1)).toEqual([["Key Usage", "critical"], ...alternative, ...shared]);
  });

  test("has the same serial number in every home, and another for another seed", () => {
    const again = issueCard({
      name: "other-name",
      profile: "standard",
      seed: "standard",
      now: new Date("2027-01-01T00:00:00Z"),
    });
    const serial = Buffer.from(again.files.find(({ file }) => file === leafFile)?.content ?? "", "hex");
    expect(new X509Certificate(serial).serialNumber).toBe(leaf.serialNumber);
    expect(fileOf("standard", leafFile, "another").serialNumber).not.toBe(leaf.serialNumber);
  });

  test("ends with the fifth birthday after its issue, at the end of the day in Japan", () => {
    expect(new Date(leaf.validFrom)).toEqual(new Date("2025-10-18T03:00:00Z"));
    expect(new Date(leaf.validTo)).toEqual(new Date("2030-04-12T14:59:59Z"));
  });
});

test("the authentication certificate is for signatures alone and holds no attributes; its name has 23 characters", () => {
  const leaf = fileOf("standard", jpkiFiles.authCertificate);
  expect(text(leaf)).toMatch(/Key Usage: critical\n\s+Digital Signature\n/);
  expect(leaf.subjectAltName).toBeUndefined();
  expect(leaf.subject).toMatch(/^C=JP\nCN=[0-9A-Z]{14}99001[0-9A-Z]{4}$/);
});

test("the signing certificate holds the attributes in their order, flags at the replaced characters", () => {
  const leaf = fileOf("auth-two-tries", jpkiFiles.signCertificate);
  const shown = text(leaf);
  expect(shown).toMatch(/Key Usage: critical\n\s+Digital Signature, Non Repudiation\n/);
  expect(leaf.subject).toMatch(/^C=JP\nL=Mihon-ken\nL=Mogi-shi\nCN=[0-9A-Z]{28}$/);
  const parsed = openssl(
    "asn1parse",
    "-in",
    pem("sign.pem", leaf.toString()),
    "-strparse",
    String(offsetOfAlternativeName(leaf)),
  );
  const identifiers = [...parsed.matchAll(/1\.2\.392\.200149\.8\.5\.5\.(\d)/g)].map(([, suffix]) => suffix);
  const values = [...parsed.matchAll(/UTF8STRING\s+:(.*)/g)].map(([, value]) => value);
  expect(identifiers).toEqual(["1", "4", "3", "5", "2", "6"]);
  expect(values).toEqual(["吉見　次子", "419921130", "2", "見本県模擬市試験町一丁目１番２号", "10000", "0".repeat(16)]);
});

function offsetOfAlternativeName(certificate: X509Certificate): number {
  const lines = openssl("asn1parse", "-in", pem("sign.pem", certificate.toString())).split("\n");
  const at = lines.findIndex((line) => line.includes("X509v3 Subject Alternative Name"));
  return Number.parseInt(lines[at + 1] ?? "", 10);
}
