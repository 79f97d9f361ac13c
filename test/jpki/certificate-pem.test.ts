import fc from "fast-check";
import { expect, test } from "vitest";
import { type CertificateKind, certificateFiles } from "../../src/jpki/applications.ts";
import { parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { derBlocks } from "../../src/jpki/certificate/pem.ts";
import { kindOf } from "../../src/jpki/certificate/profile.ts";
import { authPem, caPem, derOf, signPem } from "./support/certificates.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const auth = derOf(authPem);

test.each([
  ["alone", authPem],
  ["with words before and behind", `subject=CN\n${authPem}the end\n`],
  ["with Windows line ends", authPem.replaceAll("\n", "\r\n")],
  ["beside blocks of another kind", `-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n${authPem}`],
])("a certificate in PEM, %s", (_, text) => {
  expect(derBlocks(bytes(text), "CERTIFICATE")).toEqual([auth]);
});

test("several certificates in PEM, in their order", () => {
  expect(derBlocks(bytes(signPem + authPem), "CERTIFICATE")).toEqual([derOf(signPem), auth]);
});

test("what is not PEM is taken for DER", () => {
  expect(derBlocks(auth, "CERTIFICATE")).toEqual([auth]);
});

test.each([
  ["of another kind alone", "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"],
  ["cut short", authPem.slice(0, 500)],
  ["with an end that does not fit", authPem.replace("END CERTIFICATE", "END X509 CRL")],
  ["with a character that is not base64", authPem.replace("MIID", "MI!D")],
  ["with its filler missing", "-----BEGIN CERTIFICATE-----\nMAA\n-----END CERTIFICATE-----\n"],
])("PEM %s is refused", (_, text) => {
  expect(() => derBlocks(bytes(text), "CERTIFICATE")).toThrow(SyntaxError);
});

test("any bytes are DER, PEM or refused", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (content, begun) => {
    try {
      derBlocks(begun ? Buffer.concat([bytes("-----BEGIN CERTIFICATE-----"), content]) : content, "CERTIFICATE");
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  });
  fc.assert(property, { seed: 6, numRuns: 1000 });
});

test("a certificate from anywhere is of the kind that it looks like", () => {
  const looksLike = (pem: string, as: CertificateKind): CertificateKind => kindOf(parseCertificate(derOf(pem), as));
  for (const as of Object.keys(certificateFiles) as CertificateKind[]) {
    expect([authPem, signPem, caPem].map((pem) => looksLike(pem, as))).toEqual(["auth", "sign", "sign-ca"]);
  }
  const plain = { ...parseCertificate(auth, "auth"), policies: [] };
  expect(kindOf(plain)).toBe("auth");
  expect(kindOf({ ...plain, keyUsage: ["nonRepudiation"] })).toBe("sign");
  expect(kindOf({ ...plain, isCa: true })).toBe("auth-ca");
});
