import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromHex } from "../../src/apdu/hex.ts";
import { encodeTlv } from "../../src/apdu/tlv.ts";
import { MynakitError } from "../../src/errors.ts";
import type { Authority, AuthoritySource } from "../../src/jpki/certificate/chain.ts";
import { type CheckedCertificate, checkCertificate } from "../../src/jpki/certificate/check.ts";
import { parseCrl, type RevocationList } from "../../src/jpki/certificate/crl.ts";
import { type JpkiCertificate, parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { signedContent } from "../../src/jpki/certificate/signed.ts";
import { authorityName, extensions, type Order, Workshop } from "./support/openssl.ts";

const openssl = new Workshop();
afterAll(() => openssl.close());

const now = new Date("2026-06-15T00:00:00Z");
const day = 24 * 60 * 60 * 1000;
const authority: Order = { subject: authorityName, key: "ours", extensions: extensions.authority };
const holder: Order = {
  subject: "/C=JP/CN=ABCDEFGHIJKLMN99001WXYZ",
  key: "holder",
  issuer: "authority",
  serial: "0A11",
  extensions: extensions.auth,
};
const without = (list: readonly string[], start: string, ...more: string[]): string[] => [
  ...list.filter((each) => !each.startsWith(start)),
  ...more,
];

beforeAll(() => {
  openssl.key("ours", "others", "holder");
  openssl.certificate("authority", authority);
  openssl.certificate("namesake", { ...authority, key: "others" });
  openssl.certificate("holder", holder);
});

const parsed = (name: string, kind: "auth" | "sign" | "auth-ca" = "auth"): JpkiCertificate =>
  parseCertificate(openssl.der(name), kind);
const from = (source: AuthoritySource, ...names: string[]): Authority[] =>
  names.map((name) => ({ certificate: parsed(name, "auth-ca"), source }));

interface Situation {
  readonly authorities?: readonly Authority[];
  readonly list?: RevocationList | null;
  readonly at?: Date;
  readonly window?: number;
  readonly simulated?: boolean;
}

const check = (certificate: JpkiCertificate, situation: Situation = {}): CheckedCertificate =>
  checkCertificate(certificate, {
    now: situation.at ?? now,
    authorities: situation.authorities ?? from("named", "authority"),
    list: situation.list ?? null,
    window: situation.window ?? 0,
    simulated: situation.simulated ?? false,
  });

/** The checks that did not simply pass: `chain failed issuer-expired`. */
const remarks = ({ checks }: CheckedCertificate): string[] =>
  checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`]));
const noList = "revocation not-checked list-not-given";

describe("a good certificate", () => {
  test("passes every check that nobody has to be asked for", () => {
    const checked = check(parsed("holder"));
    expect(remarks(checked)).toEqual([noList]);
    expect(checked.verdict).toBe("incomplete");
    expect(checked.checks.map(({ name }) => name)).toEqual([
      "validity",
      "expiry-window",
      "key-usage",
      "policy",
      "ca-flag",
      "key-algorithm",
      "chain",
      "trust-anchor",
      "revocation",
    ]);
    expect(openssl.verifies("holder", { authority: "authority", at: now })).toBe(true);
  });

  test("passes them all with a list in which it does not stand", () => {
    const list = parseCrl(
      openssl.list("clean", { issuer: "authority", revoked: [["0A12", "260610000000Z", "superseded"]] }),
    );
    const checked = check(parsed("holder"), { list });
    expect([remarks(checked), checked.verdict, checked.revocation]).toEqual([[], "passed", { status: "good" }]);
    expect(openssl.verifies("holder", { authority: "authority", list: "clean", at: now })).toBe(true);
  });

  test.each([
    ["2025-12-31T23:59:59Z", "validity failed not-yet-valid"],
    ["2030-01-01T00:00:01Z", "validity failed expired"],
  ])("fails outside its validity, at %s", (time, remark) => {
    const at = new Date(time);
    const authorities = from("named", "authority");
    expect(remarks(check(parsed("holder"), { at, authorities }))).toContain(remark);
    expect(openssl.verifies("holder", { authority: "authority", at })).toBe(false);
  });

  test("fails within the days that were asked for, and not a moment earlier", () => {
    const at = new Date("2029-12-02T00:00:00Z");
    const near = check(parsed("holder"), { at, window: 30 * day + 1 });
    expect(remarks(near)).toEqual(["expiry-window failed expires-soon", noList]);
    expect(near.verdict).toBe("failed");
    expect(remarks(check(parsed("holder"), { at, window: 30 * day }))).toEqual([noList]);
  });
});

describe("the issuer", () => {
  test("is chosen by signature among authorities of one name", () => {
    const { issuer } = check(parsed("holder"), { authorities: from("named", "namesake", "authority") });
    expect(issuer?.certificate.fingerprintSha256).toBe(parsed("authority").fingerprintSha256);
  });

  test("of the same name with another key is none", () => {
    const checked = check(parsed("holder"), { authorities: from("named", "namesake") });
    expect(remarks(checked)).toContain("chain failed issuer-unknown");
    expect(checked.verdict).toBe("failed");
    expect(openssl.verifies("holder", { authority: "namesake", at: now })).toBe(false);
  });

  test("that is not known is a failure", () => {
    const checked = check(parsed("holder"), { authorities: [] });
    expect(remarks(checked)).toEqual([
      "chain failed issuer-unknown",
      "trust-anchor not-checked issuer-unknown",
      noList,
    ]);
    expect(checked.verdict).toBe("failed");
  });

  const authorities: readonly (readonly [string, Partial<Order>, string])[] = [
    ["without the CA flag", { extensions: without(extensions.authority, "basic") }, "issuer-not-ca"],
    [
      "with a CA flag that says no",
      { extensions: without(extensions.authority, "basic", "basicConstraints=critical,CA:FALSE") },
      "issuer-not-ca",
    ],
    [
      "without keyCertSign",
      { extensions: without(extensions.authority, "keyUsage", "keyUsage=critical,cRLSign") },
      "issuer-may-not-sign",
    ],
    ["that has expired", { to: "20260614235959Z" }, "issuer-expired"],
    ["that is not valid yet", { from: "20260615000001Z" }, "issuer-not-yet-valid"],
    ["of another name", { subject: "/C=JP/O=JPKI-SIM/OU=somebody else" }, "issuer-name-differs"],
    [
      "with another key identifier",
      { extensions: without(extensions.authority, "subjectKey", "subjectKeyIdentifier=0102030405") },
      "key-identifier-differs",
    ],
    [
      "with an unknown critical extension",
      { extensions: [...extensions.authority, "1.2.3.4=critical,DER:0500"] },
      "unknown-critical-extension",
    ],
  ];

  test.each(authorities)("%s was not entitled, which OpenSSL finds too", (name, order, problem) => {
    openssl.certificate(name, { ...authority, ...order });
    const checked = check(parsed("holder"), { authorities: from("named", name) });
    expect(remarks(checked)).toContain(`chain failed ${problem}`);
    expect(checked.verdict).toBe("failed");
    expect(openssl.verifies("holder", { authority: name, at: now })).toBe(false);
  });

  test("with two certificates for one key is the one that is entitled", () => {
    openssl.certificate("older", { ...authority, to: "20260301000000Z" });
    const { issuer, checks } = check(parsed("holder"), { authorities: from("named", "older", "authority") });
    expect(checks.find(({ name }) => name === "chain")?.result).toBe("ok");
    expect(issuer?.certificate.notAfter.toISOString()).toBe("2030-01-01T00:00:00.000Z");
  });

  test("as the user names it counts, whatever the card says", () => {
    openssl.certificate("ended", { ...authority, to: "20260301000000Z" });
    const both = [...from("card", "authority"), ...from("named", "ended")];
    expect(remarks(check(parsed("holder"), { authorities: both }))).toContain("chain failed issuer-expired");
  });
});

describe("trust", () => {
  const trust = (situation: Situation) => {
    const { checks, verdict } = check(parsed("holder"), situation);
    const found = checks.find(({ name }) => name === "trust-anchor");
    return [found?.result, found?.detail, verdict];
  };

  test("comes from the user's word", () => {
    expect(trust({})).toEqual(["ok", "named-authority", "incomplete"]);
  });

  test("does not come from the card that the certificate is on", () => {
    const authorities = from("card", "authority");
    expect(trust({ authorities })).toEqual(["not-checked", "authority-of-the-card-only", "incomplete"]);
  });

  test("in named authorities is trust in no others", () => {
    const authorities = [...from("card", "authority"), ...from("named", "namesake")];
    expect(trust({ authorities })).toEqual(["failed", "not-a-named-authority", "failed"]);
  });

  test("in the authority of simulated cards is for simulated cards", () => {
    const authorities = from("simulated", "authority");
    expect(trust({ authorities, simulated: true })).toEqual(["ok", "simulated-authority", "incomplete"]);
    expect(trust({ authorities })).toEqual(["failed", "simulated-authority", "failed"]);
  });
});

describe("what is not a certificate as JPKI issues it", () => {
  const others: readonly (readonly [string, Partial<Order>, string])[] = [
    [
      "wrong key usage",
      { extensions: without(extensions.auth, "keyUsage", "keyUsage=critical,digitalSignature,nonRepudiation") },
      "key-usage failed not-as-jpki",
    ],
    [
      "wrong policy",
      {
        extensions: without(extensions.auth, "certificateP", "certificatePolicies=critical,1.2.392.200149.8.5.1.0.20"),
      },
      "policy failed not-as-jpki",
    ],
    [
      "an authority",
      { extensions: [...extensions.auth, "basicConstraints=critical,CA:TRUE"] },
      "ca-flag failed not-as-jpki",
    ],
    [
      "unknown critical extension",
      { extensions: [...extensions.auth, "1.2.3.4=critical,DER:0500"] },
      "chain failed unknown-critical-extension",
    ],
    ["signed with SHA-1", { digest: "sha1" }, "chain failed weak-algorithm"],
  ];

  test.each(others)("%s", (name, order, remark) => {
    openssl.certificate(name, { ...holder, ...order });
    const checked = check(parsed(name));
    expect(remarks(checked)).toContain(remark);
    expect(checked.verdict).toBe("failed");
  });

  test("no changed byte of what was signed leaves the chain whole", () => {
    const der = openssl.der("holder");
    const authorities = from("named", "authority");
    const { bytes } = signedContent(der, "");
    const change = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }));
    const property = fc.property(change, ([at, byte]) => {
      const changed = der.with(at, byte);
      const certificate = orMalformed(changed);
      if (!certificate) return;
      const { checks } = check(certificate, { authorities });
      const whole = checks.find(({ name }) => name === "chain")?.result === "ok";
      if (whole) expect(Buffer.compare(signedContent(changed, "").bytes, bytes)).toBe(0);
    });
    fc.assert(property, { seed: 3, numRuns: 3000 });
  });
});

function orMalformed(der: Uint8Array): JpkiCertificate | undefined {
  try {
    return parseCertificate(der, "auth");
  } catch (error) {
    expect(error).toBeInstanceOf(MynakitError);
    return undefined;
  }
}

describe("revocation", () => {
  const revoked = [["0A11", "260610120000Z", "keyCompromise"]] as const;
  const status = (list: Uint8Array, situation: Situation = {}) => {
    const { revocation, verdict } = check(parsed("holder"), { ...situation, list: parseCrl(list) });
    return { revocation, verdict };
  };

  test("is known from the issuer's list, with when and why", () => {
    expect(status(openssl.list("revoked", { issuer: "authority", revoked }))).toEqual({
      revocation: { status: "revoked", entry: { at: new Date("2026-06-10T12:00:00Z"), reason: "keyCompromise" } },
      verdict: "failed",
    });
    expect(openssl.verifies("holder", { authority: "authority", list: "revoked", at: now })).toBe(false);
  });

  test("has a reason, even if none is given", () => {
    const list = parseCrl(
      openssl.list("plain", { issuer: "authority", revoked: [["0A11", "260610120000Z", "unspecified"]] }),
    );
    expect(list.revoked.get("0A11")?.reason).toBe("unspecified");
  });

  const unusable = (reason: string) => ({ revocation: { status: "not-checked", reason }, verdict: "failed" });

  test.each([
    ["another issuer's", { issuer: "namesake", revoked }, "list-of-another-issuer"],
    [
      "another issuer's, not saying whose key signed it",
      { issuer: "namesake", extensions: [] },
      "list-signature-wrong",
    ],
    ["expired", { issuer: "authority", from: "20260501000000Z", to: "20260601000000Z" }, "list-expired"],
    ["not yet valid", { issuer: "authority", from: "20260616000000Z", to: "20260701000000Z" }, "list-not-yet-valid"],
    [
      "for another place",
      { issuer: "authority", extensions: ["issuingDistributionPoint=critical,@other-list"] },
      "list-for-other-certificates",
    ],
    [
      "for authorities",
      { issuer: "authority", extensions: ["issuingDistributionPoint=critical,@authorities-list"] },
      "list-for-other-certificates",
    ],
    [
      "for some reasons",
      { issuer: "authority", extensions: ["issuingDistributionPoint=critical,@reasons-list"] },
      "list-not-supported",
    ],
    [
      "indirect",
      { issuer: "authority", extensions: ["issuingDistributionPoint=critical,@indirect-list"] },
      "list-not-supported",
    ],
    ["of changes only", { issuer: "authority", extensions: ["2.5.29.27=critical,DER:020101"] }, "list-not-supported"],
    [
      "with an unknown critical extension",
      { issuer: "authority", extensions: ["1.2.3.4=critical,DER:0500"] },
      "list-not-supported",
    ],
  ] as const)("stays unchecked, and the answer no, with a list that is %s", (name, order, reason) => {
    expect(status(openssl.list(name, order))).toEqual(unusable(reason));
  });

  test.each(["another issuer's", "expired", "not yet valid", "for another place"])(
    "OpenSSL takes no list that is %s either",
    (list) => {
      expect(openssl.verifies("holder", { authority: "authority", list, at: now })).toBe(false);
    },
  );

  test.each(["own-list", "persons-list"])("is known from a list for these certificates: %s", (section) => {
    const list = openssl.list(section, {
      issuer: "authority",
      extensions: [`issuingDistributionPoint=critical,@${section}`],
    });
    expect(status(list).revocation).toEqual({ status: "good" });
    expect(openssl.verifies("holder", { authority: "authority", list: section, at: now })).toBe(true);
  });

  test("stays unchecked where the issuer may not sign lists", () => {
    openssl.certificate("no-lists", {
      ...authority,
      extensions: without(extensions.authority, "keyUsage", "keyUsage=critical,keyCertSign"),
    });
    const list = openssl.list("no-lists", { issuer: "no-lists" });
    expect(status(list, { authorities: from("named", "no-lists") })).toEqual(unusable("issuer-may-not-sign-lists"));
    expect(openssl.verifies("holder", { authority: "no-lists", list: "no-lists", at: now })).toBe(false);
  });

  test("stays unchecked where nobody knows the issuer", () => {
    expect(status(openssl.list("unknown", { issuer: "authority" }), { authorities: [] })).toEqual(
      unusable("issuer-unknown"),
    );
  });

  test("stays unchecked where the issuer was not entitled", () => {
    openssl.certificate("over", { ...authority, to: "20260614235959Z" });
    const list = openssl.list("over", { issuer: "over", revoked });
    expect(status(list, { authorities: from("named", "over") })).toEqual(unusable("issuer-unknown"));
  });

  test("stays unchecked with a list of another name, even from the same key", () => {
    openssl.certificate("renamed", { ...authority, subject: "/C=JP/O=JPKI-SIM/OU=somebody else" });
    const list = openssl.list("renamed", { issuer: "renamed", extensions: [], revoked });
    expect(status(list)).toEqual(unusable("list-of-another-issuer"));
  });

  test("stays unchecked with a list that names the issuers of its entries", () => {
    const issuerOfEntry = encodeTlv(0x30, [
      encodeTlv(0x30, [
        encodeTlv(0x06, fromHex("551D1D")),
        encodeTlv(0x01, fromHex("FF")),
        encodeTlv(0x04, fromHex("3000")),
      ]),
    ]);
    const [version, algorithm, issuer, from, to] = signedContent(
      openssl.list("base", { issuer: "authority" }),
      "",
    ).content;
    const entry = [encodeTlv(0x02, fromHex("0B22")), encodeTlv(0x17, Buffer.from("260610120000Z")), issuerOfEntry];
    const parts = [version, algorithm, issuer, from, to].flatMap((part) =>
      part ? [encodeTlv(part.tag, part.value)] : [],
    );
    const content = encodeTlv(0x30, [...parts, encodeTlv(0x30, [encodeTlv(0x30, entry)])]);
    const signature = sign("sha256", content, readFileSync(openssl.file("ours.key"), "utf8"));
    const list = encodeTlv(0x30, [
      content,
      encodeTlv(0x30, algorithm?.value ?? []),
      encodeTlv(0x03, [Uint8Array.of(0), signature]),
    ]);
    expect(status(list)).toEqual(unusable("list-not-supported"));
  });

  test("no changed byte of a list changes its answer", () => {
    const der = openssl.list("changed", { issuer: "authority", revoked });
    const certificate = parsed("holder");
    const authorities = from("named", "authority");
    const change = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }));
    const property = fc.property(change, ([at, byte]) => {
      const list = orSyntaxError(der.with(at, byte));
      if (!list) return;
      const { revocation } = check(certificate, { authorities, list });
      expect(["revoked", "not-checked"]).toContain(revocation.status);
    });
    fc.assert(property, { seed: 4, numRuns: 3000 });
  });

  test("a removed entry is noticed", () => {
    const der = openssl.list("tampered", { issuer: "authority", revoked });
    const at = Buffer.from(der).indexOf(Buffer.from("02020A11", "hex"));
    expect(at).toBeGreaterThan(0);
    expect(status(der.with(at + 3, 0x12))).toEqual(unusable("list-signature-wrong"));
  });
});

describe("what is no revocation list", () => {
  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void orSyntaxError(bytes)),
      { seed: 5, numRuns: 2000 },
    );
  });

  test("one cut anywhere", () => {
    const der = openssl.list("cut", { issuer: "authority", revoked: [["0A11", "260610120000Z", "superseded"]] });
    for (let length = 0; length < der.length; length++) {
      expect(() => parseCrl(der.subarray(0, length))).toThrow(SyntaxError);
    }
  });

  test("a certificate", () => {
    expect(() => parseCrl(openssl.der("holder"))).toThrow(SyntaxError);
  });
});

function orSyntaxError(der: Uint8Array): RevocationList | undefined {
  try {
    return parseCrl(der);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return undefined;
  }
}
