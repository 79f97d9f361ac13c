import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf, simulatedAnchors } from "../../src/sandbox/certificate/anchors.ts";
import { readCertificate } from "../../src/sandbox/certificate/certificate.ts";
import { checkCertificate } from "../../src/sandbox/certificate/check.ts";
import { Refusal } from "../../src/sandbox/refusal.ts";
import { makeCard, now } from "./support/cards.ts";
import { temporaryFolder } from "./support/sandbox.ts";

/** A self-signed certificate by OpenSSL. */
function byOpenssl(...options: string[]): Uint8Array {
  const folder = temporaryFolder();
  const file = path.join(folder, "certificate.pem");
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", path.join(folder, "key.pem")];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", file, ...options], { stdio: "ignore" });
  const [der = expect.fail()] = blocksOf(readFileSync(file), "CERTIFICATE");
  return der;
}

test("reads what OpenSSL writes", () => {
  const der = byOpenssl(
    ...["-subj", "/C=JP/O=Test, Inc/CN=#1\\+2", "-set_serial", "0x8000000000000001", "-days", "365"],
    ...["-addext", "keyUsage=critical,digitalSignature,nonRepudiation"],
    ...["-addext", "certificatePolicies=1.2.392.200149.8.5.1.3.30,2.999.3"],
  );
  const certificate = readCertificate(der);
  expect(certificate).toMatchObject({
    subject: "CN=\\#1\\+2,O=Test\\, Inc,C=JP",
    issuer: "CN=\\#1\\+2,O=Test\\, Inc,C=JP",
    serialNumber: "8000000000000001",
    keyUsage: Uint8Array.of(0xc0),
    authority: true,
    policies: ["1.2.392.200149.8.5.1.3.30", "2.999.3"],
  });
  expect(certificate.notAfter - certificate.notBefore).toBe(365 * 24 * 60 * 60 * 1000);
});

test("has no key usage and no policies where the certificate has none", () => {
  const certificate = readCertificate(byOpenssl("-subj", "/CN=x", "-days", "1", "-config", "/dev/null"));
  expect(certificate).toMatchObject({ keyUsage: null, policies: [] });
});

test.each([
  ["an elliptic curve key", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]],
  ["another hash", ["-sha384"]],
])("does not take %s", (_name, options) => {
  expect(() => readCertificate(byOpenssl("-subj", "/CN=x", ...options))).toThrow(SyntaxError);
});

test("bytes behind the certificate are not overlooked", () => {
  const { certificate } = makeCard();
  expect(() => readCertificate(Buffer.concat([certificate, Uint8Array.of(0x05, 0x00)]))).toThrow(SyntaxError);
});

test("whatever is done to a certificate, it is refused, and refused in words", () => {
  const { certificate } = makeCard();
  const anchors = simulatedAnchors();
  const position = fc.integer({ min: 0, max: certificate.length - 1 });
  fc.assert(
    fc.property(position, fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const altered = certificate.map((byte, index) => (index === at ? byte ^ flip : byte));
      expect(() => checkCertificate(altered, anchors, now.getTime())).toThrow(Refusal);
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(position, (length) => {
      expect(() => checkCertificate(certificate.subarray(0, length), anchors, now.getTime())).toThrow(Refusal);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => checkCertificate(bytes, anchors, now.getTime())).toThrow(Refusal);
    }),
  );
});
