import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openForSigning } from "../../src/pdf/place.ts";
import type { Workshop } from "../jpki/support/openssl.ts";
import { holder, signerWorkshop, trust } from "../jpki/support/signers.ts";
import { Bench, document, exchanged, plain, updated, withSignature } from "./support/samples.ts";
import { signedPdf, verdicts } from "./support/signed.ts";

const unlisted = "revocation list-not-given";
const good = ["incomplete", unlisted];

let openssl: Workshop;
let original: Uint8Array;
const bench = new Bench();
beforeAll(async () => {
  openssl = signerWorkshop();
  original = await document(false);
});
afterAll(() => {
  openssl.close();
  bench.close();
});

const judged = (content: Uint8Array) => verdicts(content, trust(openssl));
/** OpenSSL signs at the time that it is. */
const judgedLater = (content: Uint8Array) =>
  verdicts(content, trust(openssl, { at: new Date("2099-06-15T00:00:00Z") }));

describe("a signed PDF", () => {
  test.each(["sha256", "sha384", "sha512"] as const)("is good with %s, and Poppler agrees", async (hash) => {
    const signed = await signedPdf(openssl, original, { hash });
    expect(await judged(signed)).toEqual([good]);
    const said = bench.pdfsig(signed);
    expect(said).toContain("Signature is Valid");
    expect(said).toContain(`Signing Hash Algorithm: SHA-${hash.slice(3)}`);
  });

  test("is good with two signatures, by two people", async () => {
    const once = await signedPdf(openssl, original);
    const twice = await signedPdf(openssl, once, { certificate: "second" });
    expect(await judged(twice)).toEqual([good, good]);
    expect(bench.pdfsig(twice).match(/Signature is Valid/g)).toHaveLength(2);
  });

  test("is good where OpenSSL made the signature, in either form", async () => {
    for (const form of ["/ETSI.CAdES.detached", "/adbe.pkcs7.detached"]) {
      expect(await judgedLater(signedByOpenssl(original, form))).toEqual([good]);
    }
  });

  test("is not good where it was changed", async () => {
    const signed = await signedPdf(openssl, original);
    const changed = exchanged(signed, "/MediaBox", "/MediaBoz");
    expect(await judged(changed)).toEqual([["failed", "content content-differs", unlisted]]);
    expect(bench.pdfsig(changed)).toContain("Digest Mismatch");
  });

  test("is not good where the second of two signatures was altered, though the first is", async () => {
    const once = await signedPdf(openssl, original);
    const twice = await signedPdf(openssl, once, { certificate: "second", reason: "seen" });
    const [first, second] = await judged(altered(twice, once.length));
    expect(first).toEqual(good);
    expect(second).toEqual(["failed", "content content-differs", unlisted]);
  });

  test("is not good where something was added that shows nothing, unless a later signature covers it", async () => {
    const signed = await signedPdf(openssl, original);
    const added = updated(signed, (update) => update.put(update.add(), null));
    expect(await judged(added)).toEqual([["failed", "coverage not-covered", unlisted]]);
    const again = await signedPdf(openssl, added, { certificate: "second" });
    expect(await judged(again)).toEqual([good, good]);
  });

  test("is not good by a later signature that cannot be verified", async () => {
    const signed = await signedPdf(openssl, original);
    const [first, second] = await judged(withSignature(signed));
    expect(first).toEqual(good);
    expect(second).toEqual(["failed", "signature signature-malformed"]);
  });
});

describe("a signer", () => {
  test("with the certificate of another is not good", async () => {
    const [found] = await judged(await signedPdf(openssl, original, { shown: "second" }));
    expect(found).toEqual(["failed", "signature signature-wrong", unlisted]);
  });

  test("nobody trusts is not good", async () => {
    const signed = await signedPdf(openssl, original);
    const [found] = await verdicts(signed, trust(openssl, { authorities: [] }));
    expect(found?.[0]).toBe("failed");
  });

  test("whose certificate had expired when it was signed is not good, whichever place says so", async () => {
    openssl.certificate("expired", { ...holder, from: "20200101000000Z", to: "20260101000000Z" });
    const late = "signing-time signed-after-validity";
    const made = { certificate: "holder", shown: "expired" };
    const [byDictionary] = await judged(await signedPdf(openssl, original, made));
    expect(byDictionary).toEqual(["failed", late, "validity expired", unlisted]);
    const [early] = await judged(await signedPdf(openssl, original, { ...made, at: new Date("2025-01-01T00:00:00Z") }));
    expect(early).toEqual(["failed", "validity expired", unlisted]);
    const time = { at: new Date("2025-01-01T00:00:00Z"), signingTime: new Date("2026-06-01T00:00:00Z") };
    expect((await judged(await signedPdf(openssl, original, { ...made, ...time })))[0]).toContain(late);
  });
});

test("a form of signature that is not read is not good", async () => {
  const signed = await signedPdf(openssl, original);
  const [found] = await judged(exchanged(signed, "/ETSI.CAdES.detached", "/ETSI.RFC3161       "));
  expect(found).toEqual(["failed", "form form-not-supported"]);
});

test("a signature with content of its own is not good", async () => {
  const [found] = await judgedLater(signedByOpenssl(original, "/ETSI.CAdES.detached", "-nodetach"));
  expect(found).toEqual(["failed", "signature content-inside"]);
});

test("a signature by two is not good", async () => {
  const second = ["-signer", openssl.file("second.pem"), "-inkey", openssl.file("second.key")];
  const [found] = await judgedLater(signedByOpenssl(original, "/ETSI.CAdES.detached", ...second));
  expect(found).toEqual(["failed", "signature several-signers"]);
});

/** The same bytes but for one letter of the reason behind a position. */
function altered(content: Uint8Array, from: number): Uint8Array {
  const at = Buffer.from(content).indexOf("/Reason", from);
  const changed = content.slice();
  changed[at + 9] = 0x38;
  return changed;
}

function signedByOpenssl(content: Uint8Array, form: string, ...options: readonly string[]): Uint8Array {
  const placed = openForSigning(content, "file").place(plain);
  const [before, head, tail] = placed.signed;
  const named = exchanged(head, "/ETSI.CAdES.detached", form.padEnd(20));
  writeFileSync(openssl.file("signed-bytes"), Buffer.concat([before, named, tail]));
  const words = ["cms", "-sign", "-binary", "-cades", "-md", "sha256", "-in", openssl.file("signed-bytes")];
  const signer = ["-signer", openssl.file("holder.pem"), "-inkey", openssl.file("holder.key"), ...options];
  const out = openssl.file("signature");
  execFileSync("openssl", [...words, ...signer, "-outform", "DER", "-out", out]);
  const whole = new Uint8Array(placed.fill(new Uint8Array(readFileSync(out))));
  whole.set(named, content.length);
  return whole;
}
