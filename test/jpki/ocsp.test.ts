import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  BasicOCSPResponse,
  CertID,
  CertStatus,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate, CRLReason, CRLReasons, Extension } from "@peculiar/asn1-x509";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toHex } from "../../src/apdu/hex.ts";
import { checkAnswer } from "../../src/jpki/certificate/ocsp.ts";
import { certIdOf, encodeRequest, type OcspQuestion } from "../../src/jpki/certificate/ocsp-request.ts";
import { parseOcspResponse } from "../../src/jpki/certificate/ocsp-response.ts";
import { type JpkiCertificate, parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { agreed, type Revocation } from "../../src/jpki/certificate/revocation.ts";
import { authorityName, extensions, type Order, Workshop } from "./support/openssl.ts";

const openssl = new Workshop();
afterAll(() => openssl.close());

const minute = 60 * 1000;
const period = { from: "20200101000000Z", to: "20991231235959Z" };
const authority: Order = { subject: authorityName, key: "ours", extensions: extensions.authority, ...period };
const responder: Order = {
  subject: "/C=JP/CN=responder",
  key: "responder",
  issuer: "authority",
  extensions: extensions.responder,
  ...period,
};

beforeAll(() => {
  openssl.key("ours", "others", "holder", "responder");
  openssl.certificate("authority", authority);
  openssl.certificate("namesake", { ...authority, key: "others" });
  openssl.certificate("holder", {
    subject: "/C=JP/CN=ABCDEFGHIJKLMN99001WXYZ",
    key: "holder",
    issuer: "authority",
    // Its first bit is set: an INTEGER needs one byte more.
    serial: "FA11",
    extensions: extensions.auth,
    ...period,
  });
  openssl.certificate("responder", responder);
  openssl.certificate("of-namesake", { ...responder, issuer: "namesake" });
  openssl.certificate("without-purpose", { ...responder, extensions: ["keyUsage=critical,digitalSignature"] });
  openssl.certificate("without-signing", {
    ...responder,
    extensions: ["keyUsage=critical,keyAgreement", "extendedKeyUsage=OCSPSigning"],
  });
  openssl.certificate("critical-purpose", { ...responder, extensions: ["extendedKeyUsage=critical,OCSPSigning"] });
  openssl.certificate("past", { ...responder, to: "20210101000000Z" });
});

const parsed = (name: string): JpkiCertificate => parseCertificate(openssl.der(name), "auth");
const nonce = Uint8Array.from({ length: 32 }, (_, index) => index);
const question = (): OcspQuestion => ({ certId: certIdOf(parsed("holder"), parsed("authority")), nonce });

const checked = (answer: Uint8Array, now = new Date(), asked = question()): Revocation =>
  checkAnswer(parseOcspResponse(answer), asked, parsed("authority"), now);
const silent = (reason: string) => ({ status: "not-checked", reason });

describe("the answer of OpenSSL's responder", () => {
  const ask = (order: Partial<Parameters<Workshop["answer"]>[1]>): Uint8Array =>
    openssl.answer(encodeRequest(question()), { issuer: "authority", known: [["FA11"]], ...order });

  test.for([
    ["signed by the issuer", {}],
    ["that names its signer by key", { words: ["-resp_key_id"] }],
    ["with an end", { words: ["-nmin", "5"] }],
    ["signed by an entitled responder", { signer: "responder" }],
    ["signed by an entitled responder named by key", { signer: "responder", words: ["-resp_key_id"] }],
    ["signed by a responder whose purpose is critical", { signer: "critical-purpose" }],
    ["with a hash that the next card uses", { words: ["-rmd", "sha384"] }],
  ] as const)("is good %s", ([, order]) => {
    expect(checked(ask(order))).toEqual({ status: "good" });
  });

  test("says when and why it was revoked", () => {
    expect(checked(ask({ known: [["FA11", "260610120000Z", "keyCompromise"]] }))).toEqual({
      status: "revoked",
      entry: { at: new Date("2026-06-10T12:00:00Z"), reason: "keyCompromise" },
    });
    expect(checked(ask({ known: [["FA11", "260610120000Z"]] }))).toMatchObject({ entry: { reason: "unspecified" } });
  });

  test.for([
    ["the responder does not know it", { known: [["FA12"]] }, "unknown-to-responder"],
    ["a namesake of the issuer signed", { signer: "namesake" }, "responder-not-entitled"],
    ["one signed who is not there", { signer: "namesake", words: ["-resp_no_certs"] }, "answer-signature-wrong"],
    ["the responder sent no certificate", { signer: "responder", words: ["-resp_no_certs"] }, "answer-signature-wrong"],
    ["the signature is broken", { words: ["-badsig"] }, "answer-signature-wrong"],
    ["SHA-1 signed it", { words: ["-rmd", "sha1"] }, "answer-signature-wrong"],
    ["another authority entitled the responder", { signer: "of-namesake" }, "responder-not-entitled"],
    ["the responder's certificate is not for answers", { signer: "without-purpose" }, "responder-not-entitled"],
    ["the responder's key is not for signatures", { signer: "without-signing" }, "responder-not-entitled"],
    ["the responder's certificate has expired", { signer: "past" }, "responder-not-entitled"],
    ["the holder himself answers", { signer: "holder" }, "responder-not-entitled"],
  ] as const)("says nothing where %s", ([, order, reason]) => {
    expect(checked(ask(order))).toEqual(silent(reason));
  });

  test("belongs to its question", () => {
    const other = { ...question(), nonce: Uint8Array.from(nonce, (byte) => byte ^ 1) };
    expect(checked(ask({}), new Date(), other)).toEqual(silent("answer-nonce-differs"));
  });

  test("holds for its time and the five minutes that clocks may be apart", () => {
    const answer = ask({ words: ["-nmin", "10"] });
    const parsedAnswer = parseOcspResponse(answer);
    if (typeof parsedAnswer === "string") throw new Error(parsedAnswer);
    const from = parsedAnswer.responses[0]?.thisUpdate.getTime() ?? Number.NaN;
    const at = (offset: number) => checked(answer, new Date(from + offset));
    expect(at(-5 * minute)).toEqual({ status: "good" });
    expect(at(-5 * minute - 1)).toEqual(silent("answer-not-yet-valid"));
    expect(at(15 * minute)).toEqual({ status: "good" });
    expect(at(15 * minute + 1)).toEqual(silent("answer-expired"));
  });

  test("without an end holds for this moment only", () => {
    expect(checked(ask({}), new Date(Date.now() + 7 * minute))).toEqual(silent("answer-expired"));
  });
});

interface Made {
  readonly status?: OCSPResponseStatus;
  readonly nonce?: Uint8Array | null;
  readonly serial?: Uint8Array;
  readonly issuerKey?: Uint8Array;
  readonly extension?: Extension;
  readonly single?: Extension;
  readonly revoked?: RevokedInfo;
  readonly certificates?: readonly Uint8Array[];
}

const plain = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const octets = (bytes: Uint8Array): OctetString => new OctetString(plain(bytes));
/** Answers count in whole seconds. */
const thisSecond = (): Date => new Date(Math.floor(Date.now() / 1000) * 1000);
const critical = new Extension({ extnID: "1.2.3.4", critical: true, extnValue: octets(Uint8Array.from([5, 0])) });

/** An answer of the issuer, made with a library that shares nothing with ours: what no responder would send, too. */
function made(order: Made = {}): Uint8Array {
  const { status = OCSPResponseStatus.successful, extension, single, revoked } = order;
  const request = AsnConvert.parse(encodeRequest(question()), OCSPRequest);
  const [asked] = request.tbsRequest.requestList;
  if (!asked) throw new Error("nothing is asked");
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = asked.reqCert;
  const number = order.nonce === undefined ? nonce : order.nonce;
  const nonceExtension =
    number &&
    new Extension({
      extnID: id_pkix_ocsp_nonce,
      extnValue: octets(new Uint8Array(AsnConvert.serialize(octets(number)))),
    });
  const key = createPrivateKey(readFileSync(openssl.file("ours.key")));
  const data = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(plain(Buffer.from(question().certId.issuerKey, "hex"))) }),
    producedAt: thisSecond(),
    responses: [
      new SingleResponse({
        certID: new CertID({
          hashAlgorithm,
          issuerNameHash,
          issuerKeyHash: order.issuerKey ? octets(order.issuerKey) : issuerKeyHash,
          serialNumber: order.serial ? plain(order.serial) : serialNumber,
        }),
        certStatus: new CertStatus(revoked ? { revoked } : { good: null }),
        thisUpdate: thisSecond(),
        ...(single ? { singleExtensions: [single] } : {}),
      }),
    ],
    responseExtensions: [...(nonceExtension ? [nonceExtension] : []), ...(extension ? [extension] : [])],
  });
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters: null }),
    signature: plain(sign("sha256", Buffer.from(AsnConvert.serialize(data)), key)),
    certs: (order.certificates ?? []).map((der) => AsnConvert.parse(der, Certificate)),
  });
  const response = new OCSPResponse({
    responseStatus: status,
    ...(status === OCSPResponseStatus.successful
      ? {
          responseBytes: new ResponseBytes({
            responseType: id_pkix_ocsp_basic,
            response: octets(new Uint8Array(AsnConvert.serialize(basic))),
          }),
        }
      : {}),
  });
  return new Uint8Array(AsnConvert.serialize(response));
}

describe("an answer that no good responder gives", () => {
  test("the one that all of these change is good", () => {
    expect(checked(made())).toEqual({ status: "good" });
    expect(checked(made({ certificates: [openssl.der("authority")] }))).toEqual({ status: "good" });
  });

  test.for([
    ["has no nonce", { nonce: null }, "answer-without-nonce"],
    ["has the beginning of the nonce", { nonce: nonce.subarray(0, 31) }, "answer-nonce-differs"],
    ["is about the next serial number", { serial: Uint8Array.of(0, 0xfa, 0x12) }, "answer-about-another-certificate"],
    ["is about another issuer", { issuerKey: createHash("sha1").digest() }, "answer-about-another-certificate"],
    ["has an unknown critical extension", { extension: critical }, "answer-not-supported"],
    ["has one about the certificate", { single: critical }, "answer-not-supported"],
    ["refuses", { status: OCSPResponseStatus.malformedRequest }, "responder-refused"],
    ["wants a signature", { status: OCSPResponseStatus.sigRequired }, "responder-refused"],
    ["asks to wait", { status: OCSPResponseStatus.tryLater }, "responder-busy"],
    ["wants a contract", { status: OCSPResponseStatus.unauthorized }, "responder-unauthorized"],
  ] as const)("says nothing where it %s", ([, order, reason]) => {
    expect(checked(made(order))).toEqual(silent(reason));
  });

  const held = new RevokedInfo({
    revocationTime: new Date("2026-06-10T12:00:00Z"),
    revocationReason: new CRLReason(CRLReasons.certificateHold),
  });

  test("still tells the reason of a revocation", () => {
    expect(checked(made({ revoked: held }))).toMatchObject({ status: "revoked", entry: { reason: "certificateHold" } });
  });

  test("never says another thing after a byte of it was changed, and nothing where one is missing or too many", () => {
    const answer = made({ revoked: held });
    const word = checked(answer);
    fc.assert(
      fc.property(fc.nat(answer.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(answer);
        changed[at] = (changed[at] ?? 0) ^ change;
        const now = wordOf(changed);
        if (now !== "malformed" && now.status !== "not-checked") expect(now).toEqual(word);
        for (const bytes of [answer.subarray(0, at), Uint8Array.from([...answer, change])]) {
          expect(wordOf(bytes)).toBe("malformed");
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Anything but a SyntaxError fails the test. */
function wordOf(bytes: Uint8Array): Revocation | "malformed" {
  try {
    return checked(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return "malformed";
  }
}

describe("the question", () => {
  test("is one that a library reads: the serial number, both hashes of the issuer, the nonce", () => {
    const { tbsRequest, optionalSignature } = AsnConvert.parse(encodeRequest(question()), OCSPRequest);
    const [request, ...more] = tbsRequest.requestList;
    expect([more, optionalSignature, tbsRequest.requestorName]).toEqual([[], undefined, undefined]);
    expect(toHex(new Uint8Array(request?.reqCert.serialNumber ?? []))).toBe("00FA11");
    expect(tbsRequest.requestExtensions?.map(({ extnID }) => extnID)).toEqual([id_pkix_ocsp_nonce]);
  });
});

describe("several sources", () => {
  const good: Revocation = { status: "good" };
  const revoked: Revocation = { status: "revoked", entry: { at: new Date(0), reason: "superseded" } };
  const unclear: Revocation = { status: "not-checked", reason: "list-expired" };

  test.for([
    [[], silent("list-not-given")],
    [[good], good],
    [[good, good], good],
    [[good, revoked], revoked],
    [[revoked, good], revoked],
    [[unclear, revoked], revoked],
    [[good, unclear], unclear],
    [[unclear, good], unclear],
  ] as const)("are good only together: %j", ([words, together]) => {
    expect(agreed(words)).toEqual(together);
  });
});
