import { createHmac, createPublicKey, sign, X509Certificate } from "node:crypto";
import { compactVerify, importX509 } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HashName, hashNames } from "../../src/jpki/sign.ts";
import { createJws, jwsAlgorithms, verifyJws } from "../../src/jpki/signature/jws.ts";
import type { SignatureVerdict } from "../../src/jpki/signature/verdict.ts";
import { extensions, type Workshop } from "./support/openssl.ts";
import { holder, keyOf, now, signerWorkshop, text, trust } from "./support/signers.ts";

let openssl: Workshop;
beforeAll(() => {
  openssl = signerWorkshop();
});
afterAll(() => openssl.close());

interface Making {
  readonly certificate?: string;
  readonly key?: string;
  readonly hash?: HashName;
  readonly detached?: boolean;
  readonly payload?: Uint8Array;
}

function made({ certificate = "holder", key = certificate, hash = "sha256", ...rest }: Making = {}): Promise<string> {
  return createJws({
    payload: rest.payload ?? text,
    hash,
    certificate: openssl.der(certificate),
    signingTime: now,
    detached: rest.detached ?? false,
    sign: async (bytes, name) => new Uint8Array(sign(name, bytes, keyOf(openssl, key))),
  });
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
const x5c = (name = "holder"): string[] => [Buffer.from(openssl.der(name)).toString("base64")];

/** A JWS with any header, signed with the key of the certificate. */
function withHeader(header: object): string {
  const input = `${encoded(header)}.${Buffer.from(text).toString("base64url")}`;
  return `${input}.${sign("sha256", Buffer.from(input), keyOf(openssl, "holder")).toString("base64url")}`;
}

const verified = (jws: string, content: Uint8Array | null = null): Promise<SignatureVerdict> =>
  verifyJws(jws, content, trust(openssl));
const remarks = ({ signers }: SignatureVerdict): string[] =>
  signers.flatMap(({ checks }) =>
    checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`])),
  );
const noList = "revocation not-checked list-not-given";

describe("a JWS of ours", () => {
  test.each(hashNames)("by %s is good here and for a JOSE library", async (hash) => {
    const jws = await made({ hash });
    const verdict = await verified(jws);
    expect([verdict.verdict, verdict.detached, remarks(verdict)]).toEqual(["incomplete", false, [noList]]);
    expect(verdict.signers[0]).toMatchObject({ hash, signingTime: now, certificate: { kind: "sign" } });
    const key = await importX509(new X509Certificate(openssl.der("holder")).toString(), jwsAlgorithms[hash]);
    const { payload, protectedHeader } = await compactVerify(jws, key);
    expect(Buffer.from(payload).equals(text)).toBe(true);
    expect(protectedHeader).toMatchObject({ alg: jwsAlgorithms[hash], x5c: x5c() });
  });

  test("without its payload is good with it", async () => {
    const jws = await made({ detached: true });
    expect(jws).toMatch(/^[\w-]+\.\.[\w-]+$/);
    expect(await verified(jws, text)).toMatchObject({ verdict: "incomplete", detached: true });
    expect(remarks(await verified(jws))).toContain("content failed content-missing");
    expect((await verified(jws, new Uint8Array(Buffer.from("other")))).verdict).toBe("failed");
  });

  test("by the authentication key is one of that key", async () => {
    openssl.certificate("login", { ...holder, extensions: extensions.auth });
    const { verdict, signers } = await verified(await made({ certificate: "login", key: "holder" }));
    expect([verdict, signers[0]?.certificate?.kind]).toEqual(["incomplete", "auth"]);
  });
});

describe("a JWS is not good", () => {
  test("with another payload in it, or beside it", async () => {
    const [header, , signature] = (await made()).split(".");
    const other = Buffer.from("another text");
    const swapped = await verified(`${header}.${other.toString("base64url")}.${signature}`);
    expect(remarks(swapped)).toEqual(["signature failed signature-wrong", noList]);
    expect(remarks(await verified(await made(), other))).toContain("content failed content-differs");
  });

  test("with a certificate that is not the signer's", async () => {
    expect(remarks(await verified(await made({ certificate: "holder", key: "second" })))).toEqual([
      "signature failed signature-wrong",
      noList,
    ]);
  });

  test("without a signature, as alg none has it", async () => {
    const none = `${encoded({ alg: "none", x5c: x5c() })}.${Buffer.from(text).toString("base64url")}.`;
    const verdict = await verified(none);
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)).toContain("algorithms failed algorithm-not-allowed");
  });

  test("with a MAC of which the public key is the secret", async () => {
    const input = `${encoded({ alg: "HS256", x5c: x5c() })}.${Buffer.from(text).toString("base64url")}`;
    const publicKey = createPublicKey(
      new X509Certificate(openssl.der("holder")).publicKey.export({ type: "spki", format: "pem" }),
    );
    const secret = publicKey.export({ type: "spki", format: "pem" });
    const mac = createHmac("sha256", secret).update(input).digest("base64url");
    const verdict = await verified(`${input}.${mac}`);
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)).toEqual(
      expect.arrayContaining(["algorithms failed algorithm-not-allowed", "signature failed signature-wrong"]),
    );
  });

  test.each([
    ["an extension that must be understood", { crit: ["exp"], exp: 1 }],
    ["an unencoded payload", { crit: ["b64"], b64: false }],
    ["b64 that nobody has to understand", { b64: false }],
  ])("with %s", async (_, more) => {
    const verdict = await verified(withHeader({ alg: "RS256", x5c: x5c(), ...more }));
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)).toContain("header failed extension-not-supported");
  });

  test.each([
    ["no certificate", {}],
    ["a key of its own instead", { jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }],
    ["a certificate that is none", { x5c: ["MAA="] }],
    ["a certificate that is no text", { x5c: [1] }],
    ["x5c that is no list", { x5c: "MAA=" }],
  ])("with %s", async (_, more) => {
    expect(remarks(await verified(withHeader({ alg: "RS256", ...more })))).toContain(
      "signer-certificate failed certificate-not-found",
    );
  });

  test("by the key of an authority, even one that is trusted", async () => {
    const jws = await made({ certificate: "authority", key: "ours" });
    const verdict = await verified(jws);
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)).toEqual(
      expect.arrayContaining(["key-usage failed not-as-jpki", "ca-flag failed not-as-jpki"]),
    );
  });

  test("by a certificate that had expired when it signed", async () => {
    openssl.certificate("expired", { ...holder, to: "20260601000000Z" });
    expect(remarks(await verified(await made({ certificate: "expired", key: "holder" })))).toEqual([
      "signing-time failed signed-after-validity",
      "validity failed expired",
      noList,
    ]);
  });

  test("without a time is good as far as it says", async () => {
    const verdict = await verified(withHeader({ alg: "RS256", x5c: x5c() }));
    expect(remarks(verdict)).toEqual(["signing-time not-checked time-not-given", noList]);
  });
});

test.each([
  ["nothing", ""],
  ["two parts", "e30.e30"],
  ["four parts", "e30.e30.e30.e30"],
  ["a broken base64url", "e30=.e30.e30"],
  ["a base64url that ends in bits that mean nothing", "e31.e30.e30"],
  ["a header that is no JSON", `${Buffer.from("{").toString("base64url")}.e30.e30`],
  ["a header that is a list", `${encoded([])}.e30.e30`],
  ["JSON serialization", '{"payload":"e30","signatures":[]}'],
])("%s is no JWS in compact form", async (_, jws) => {
  await expect(verified(jws)).rejects.toBeInstanceOf(SyntaxError);
});
