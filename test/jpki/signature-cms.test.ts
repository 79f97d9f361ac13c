import { createHash, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeTlv, parseTlvs } from "../../src/apdu/tlv.ts";
import { parseCrl } from "../../src/jpki/certificate/crl.ts";
import { encodeOid, setOf, TAG } from "../../src/jpki/certificate/der.ts";
import { hashNames } from "../../src/jpki/sign.ts";
import { verifySignedData } from "../../src/jpki/signature/cms.ts";
import { OID } from "../../src/jpki/signature/cms-names.ts";
import { parseSignedData } from "../../src/jpki/signature/cms-structure.ts";
import type { SignatureVerdict } from "../../src/jpki/signature/verdict.ts";
import { extensions, type Workshop } from "./support/openssl.ts";
import { holder, keyOf, now, signedData, signerWorkshop, text, trust, trusting } from "./support/signers.ts";

let openssl: Workshop;
beforeAll(() => {
  openssl = signerWorkshop();
});
afterAll(() => openssl.close());

/** What is not ok, of each signer. */
const remarks = ({ signers }: SignatureVerdict): string[][] =>
  signers.map(({ checks }) =>
    checks.flatMap(({ name, result, detail }) => (result === "ok" ? [] : [`${name} ${result} ${detail}`])),
  );
const noList = "revocation not-checked list-not-given";
const verified = (der: Uint8Array, change: Parameters<typeof trust>[1] = {}, content: Uint8Array | null = text) =>
  verifySignedData(der, content, trust(openssl, change));

/** Whether OpenSSL accepts a signature over `text`. */
function opensslAccepts(der: Uint8Array, { detached }: { detached: boolean }): boolean {
  writeFileSync(openssl.file("judged"), der);
  const content = detached ? ["-content", "text"] : [];
  const time = String(Math.floor(now.getTime() / 1000));
  const { code, output } = openssl.run(
    ...["cms", "-verify", "-binary", "-inform", "DER", "-in", "judged", "-CAfile", "authority.pem"],
    ...["-purpose", "any", "-attime", time, "-cades", ...content],
  );
  return code === 0 && Buffer.compare(output, text) === 0;
}

describe("a signature of ours", () => {
  test.for(hashNames.flatMap((hash) => [true, false].map((attached) => ({ hash, attached }))))(
    "by $hash, attached: $attached, is good here and for OpenSSL, which looks for the CAdES attributes",
    async ({ hash, attached }) => {
      const der = await signedData(openssl, { hash, attached });
      expect(opensslAccepts(der, { detached: !attached })).toBe(true);
      const verdict = await verified(der, {}, attached ? null : text);
      expect(verdict).toMatchObject({ verdict: "incomplete", detached: !attached });
      expect(remarks(verdict)).toEqual([[noList]]);
      expect(verdict.signers[0]).toMatchObject({ hash, signingTime: now });
    },
  );

  test("passes every check with a revocation list", async () => {
    const list = parseCrl(openssl.list("clean", { issuer: "authority" }));
    expect(await verified(await signedData(openssl), { list })).toMatchObject({ verdict: "passed" });
  });

  test("is read by another library", async () => {
    const { contentType, content } = AsnConvert.parse(await signedData(openssl), ContentInfo);
    const { version, certificates, signerInfos } = AsnConvert.parse(content, SignedData);
    expect([contentType, version, certificates?.length, signerInfos.length]).toEqual([OID.signedData, 1, 2, 1]);
    expect(signerInfos[0]?.signedAttrs?.map(({ attrValues }) => attrValues.length)).toEqual([1, 1, 1, 1]);
  });

  test("has its signed attributes in the order of DER, once each", async () => {
    const [signer] = parseSignedData(await signedData(openssl)).signers;
    expect(signer?.attributes?.ordered).toBe(true);
    const oids = [OID.contentType, OID.signingTime, OID.messageDigest, OID.signingCertificateV2];
    expect(signer?.attributes?.list.map(({ oid }) => oid)).toEqual(oids);
  });

  test("is verified with the digest of its content alone, asked for once for each hash", async () => {
    const asked: string[] = [];
    const content = (hash: string): Uint8Array => {
      asked.push(hash);
      return createHash(hash).update(text).digest();
    };
    const verdict = await verifySignedData(await signedData(openssl, { hash: "sha512" }), content, trust(openssl));
    expect(verdict.verdict).toBe("incomplete");
    expect(asked).toEqual(["sha512"]);
  });
});

describe("a signature by OpenSSL", () => {
  const made = (...words: string[]): Uint8Array => {
    const common = ["cms", "-sign", "-binary", "-in", "text", "-signer", "holder.pem", "-inkey", "holder.key"];
    return openssl.run(...common, "-outform", "DER", ...words).output;
  };
  /** OpenSSL writes the time of this computer. */
  const at = new Date();

  test.for([
    ["detached", []],
    ["attached", ["-nodetach"]],
    ["by SHA-384", ["-md", "sha384"]],
    ["by SHA-512", ["-md", "sha512"]],
    ["for a key identifier", ["-keyid"]],
    ["as CAdES", ["-cades"]],
  ] as const)("%s is good here", async ([form, words]) => {
    const verdict = await verified(made(...words), { at }, form === "attached" ? null : text);
    const unbound = form === "as CAdES" ? [] : ["signing-certificate not-checked not-signed-over"];
    expect(remarks(verdict)).toEqual([[...unbound, noList]]);
    expect(verdict.verdict).toBe("incomplete");
  });

  test("without signed attributes is not: they could be those of another signature", async () => {
    const verdict = await verified(made("-noattr"), { at });
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)[0]).toContain("signed-attributes failed attributes-absent");
  });

  test("by SHA-1 is not", async () => {
    const verdict = await verified(made("-md", "sha1"), { at });
    expect(remarks(verdict)[0]).toContain("algorithms failed algorithm-not-allowed");
    expect(verdict.verdict).toBe("failed");
  });

  test("by RSASSA-PSS is not: no card makes one", async () => {
    const verdict = await verified(made("-keyopt", "rsa_padding_mode:pss"), { at });
    expect(remarks(verdict)[0]).toContain("algorithms failed algorithm-not-allowed");
  });

  test("without the certificate is not", async () => {
    const verdict = await verified(made("-nocerts"), { at });
    expect(remarks(verdict)[0]).toContain("signer-certificate failed certificate-not-found");
  });

  test("of two signers is good only where both are", async () => {
    const second = ["-signer", "second.pem", "-inkey", "second.key"];
    const both = await verified(made(...second), { at });
    expect([both.verdict, both.signers.length]).toEqual(["incomplete", 2]);
    const list = parseCrl(
      openssl.list("second-revoked", {
        issuer: "authority",
        from: "20260101000000Z",
        to: "20990101000000Z",
        revoked: [["0A12", "260610120000Z", "keyCompromise"]],
      }),
    );
    const one = await verified(made(...second), { at, list });
    expect(one.verdict).toBe("failed");
    expect(one.signers.map(({ verdict }) => verdict).toSorted()).toEqual(["failed", "incomplete"]);
  });
});

describe("a signature is not good", () => {
  test("over other content, attached content exchanged, or none at hand", async () => {
    const other = new Uint8Array(Buffer.from("Text to be signed, by somebody else"));
    const detached = await signedData(openssl);
    expect(remarks(await verified(detached, {}, other))[0]).toContain("content failed content-differs");
    expect(remarks(await verified(detached, {}, null))[0]).toContain("content failed content-missing");
    const attached = await signedData(openssl, { attached: true });
    expect(remarks(await verified(attached, {}, other))[0]).toContain("content failed content-differs");
    const swapped = Buffer.from(attached);
    swapped.write("NEXT", swapped.indexOf("Text"));
    const verdict = await verified(new Uint8Array(swapped), {}, null);
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)[0]).toContain("content failed content-differs");
  });

  test("by a key that is not that of the certificate", async () => {
    const verdict = await verified(await signedData(openssl, { certificate: "holder", key: "second" }));
    expect(remarks(verdict)[0]).toEqual(["signature failed signature-wrong", noList]);
  });

  test("with the certificate exchanged for another one of the same key", async () => {
    const der = await signedData(openssl);
    openssl.certificate("twin", { ...holder, subject: "/C=JP/CN=20260101000000SOMEBODYEL0001" });
    const twin = openssl.der("twin");
    const data = rebuild(der, { certificates: () => [twin] });
    const verdict = await verified(data);
    expect(remarks(verdict)[0]).toEqual(["signing-certificate failed another-certificate", noList]);
    expect(opensslAccepts(data, { detached: true })).toBe(false);
  });

  test.for([
    [
      "expired when it signed",
      { to: "20260601000000Z" },
      ["signing-time failed signed-after-validity", "validity failed expired"],
    ],
    [
      "not yet valid when it signed",
      { from: "20260701000000Z" },
      ["signing-time failed signed-before-validity", "validity failed not-yet-valid"],
    ],
    ["for login", { extensions: extensions.auth }, ["key-usage failed not-as-jpki", "policy failed not-as-jpki"]],
    [
      "of an authority",
      { extensions: [...extensions.sign, "basicConstraints=critical,CA:TRUE"] },
      ["ca-flag failed not-as-jpki"],
    ],
    [
      "signed by itself",
      { issuer: "own" },
      ["chain failed issuer-unknown", "trust-anchor failed not-a-named-authority"],
    ],
    [
      "signed by a person",
      { issuer: "second" },
      ["chain failed issuer-unknown", "trust-anchor failed not-a-named-authority"],
    ],
  ] as const)("of a certificate that is %s", async ([, change, expected]) => {
    openssl.certificate("own", { ...holder, ...change });
    const verdict = await verified(await signedData(openssl, { certificate: "own", key: "holder" }));
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)[0]).toEqual([...expected, noList]);
  });

  test("whose authority has no CA flag, or may not sign certificates", async () => {
    for (const [extension, problem] of [
      ["basicConstraints", "issuer-not-ca"],
      ["keyUsage", "issuer-may-not-sign"],
    ] as const) {
      openssl.certificate("lame", {
        subject: "/C=JP/O=JPKI-SIM/OU=JPKI for digital signature/OU=made for a test",
        key: "ours",
        extensions: extensions.authority.filter((each) => !each.startsWith(extension)),
      });
      const verdict = await verified(await signedData(openssl), { authorities: trusting(openssl, "lame") });
      expect(remarks(verdict)[0]).toContain(`chain failed ${problem}`);
      expect(verdict.verdict).toBe("failed");
    }
  });

  test("where nobody is trusted", async () => {
    const verdict = await verified(await signedData(openssl), { authorities: [] });
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)[0]).toContain("chain failed issuer-unknown");
  });

  test("with a time that has not come", async () => {
    const verdict = await verified(await signedData(openssl, { signingTime: new Date(now.getTime() + 3_600_000) }));
    expect(remarks(verdict)[0]).toEqual(["signing-time failed signed-in-the-future", noList]);
  });

  test("with a revocation list that cannot be used", async () => {
    const list = parseCrl(openssl.list("old", { issuer: "authority", from: "20200101000000Z", to: "20200201000000Z" }));
    expect((await verified(await signedData(openssl), { list })).verdict).toBe("failed");
  });
});

interface Rebuilding {
  readonly certificates?: (list: Uint8Array[]) => Uint8Array[];
  readonly attributes?: (list: Uint8Array[]) => Uint8Array[];
  readonly hash?: string;
}

/** Takes a signature apart and puts it together again, changed, and signed again where the attributes are. */
function rebuild(der: Uint8Array, { certificates, attributes, hash }: Rebuilding): Uint8Array {
  const parts = (bytes: Uint8Array): Uint8Array[] => parseTlvs(bytes).map(({ tag, value }) => encodeTlv(tag, value));
  const inside = (bytes: Uint8Array | undefined): Uint8Array[] =>
    parts(parseTlvs(bytes ?? new Uint8Array())[0]?.value ?? new Uint8Array());
  const sequence = (list: readonly Uint8Array[]): Uint8Array => encodeTlv(TAG.sequence, list);
  const [type = new Uint8Array(), wrapped] = inside(der);
  const [version, hashes, content, certified, signers] = inside(inside(wrapped)[0]) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const signer = inside(inside(signers)[0]);
  if (attributes) {
    const changed = attributes(inside(signer[3]));
    signer[3] = encodeTlv(0xa0, changed);
    const signature = sign("sha256", encodeTlv(TAG.set, changed), keyOf(openssl, "holder"));
    signer[5] = encodeTlv(TAG.octetString, signature);
  }
  if (hash) signer[2] = sequence([encodeOid(hash)]);
  const newCertificates = encodeTlv(0xa0, (certificates ?? ((list) => list))(inside(certified)));
  const listed = hash ? encodeTlv(TAG.set, sequence([encodeOid(hash)])) : hashes;
  const data = sequence([version, listed, content, newCertificates, encodeTlv(TAG.set, [sequence(signer)])]);
  return sequence([type, encodeTlv(0xa0, [data])]);
}

describe("signed attributes, signed as they are,", () => {
  const without = (oid: string) => (list: Uint8Array[]) =>
    list.filter((each) => !Buffer.from(each).includes(Buffer.from(encodeOid(oid))));
  const problems: [string, (list: Uint8Array[]) => Uint8Array[], string][] = [
    ["without the digest", without(OID.messageDigest), "signed-attributes failed attribute-missing"],
    ["without the type of the content", without(OID.contentType), "signed-attributes failed attribute-missing"],
    [
      "with one of them twice",
      (list) => setOf([...list, list[1] ?? new Uint8Array()]),
      "signed-attributes failed attribute-repeated",
    ],
    ["in another order than that of DER", (list) => list.toReversed(), "signed-attributes failed attributes-not-der"],
  ];
  test.for(problems)("%s are refused", async ([, attributes, problem]) => {
    const verdict = await verified(rebuild(await signedData(openssl), { attributes }));
    expect(verdict.verdict).toBe("failed");
    expect(remarks(verdict)[0]).toContain(problem);
    expect(remarks(verdict)[0]).not.toContain("signature failed signature-wrong");
  });

  test("of another type of content are refused", async () => {
    const attributes = (list: Uint8Array[]) =>
      setOf([
        ...without(OID.contentType)(list),
        encodeTlv(TAG.sequence, [encodeOid(OID.contentType), encodeTlv(TAG.set, encodeOid(OID.signedData))]),
      ]);
    const verdict = await verified(rebuild(await signedData(openssl), { attributes }));
    expect(remarks(verdict)[0]).toContain("content-type failed content-type-differs");
  });

  test("by another hash than the one that is named are refused", async () => {
    const sha512 = "2.16.840.1.101.3.4.2.3";
    const verdict = await verified(rebuild(await signedData(openssl), { hash: sha512 }));
    expect(remarks(verdict)[0]).toEqual(
      expect.arrayContaining(["algorithms failed algorithms-differ", "content failed content-differs"]),
    );
  });
});

describe("what is no signature", () => {
  test("is refused: cut short, with something behind it, or of another type", async () => {
    const der = await signedData(openssl);
    for (const broken of [
      der.subarray(0, -1),
      Buffer.concat([der, Buffer.of(0)]),
      new Uint8Array(),
      openssl.der("holder"),
    ]) {
      await expect(verified(new Uint8Array(broken))).rejects.toBeInstanceOf(SyntaxError);
    }
  });

  test("nested a hundred thousand deep is refused at once", async () => {
    const depth = 100_000;
    const bomb = new Uint8Array(
      Buffer.concat([Buffer.alloc(depth * 2, Buffer.of(0x30, 0x80)), Buffer.alloc(depth * 2)]),
    );
    await expect(verified(bomb)).rejects.toBeInstanceOf(SyntaxError);
  });

  test("is refused at once where its type is an object identifier of half a megabyte", async () => {
    const oid = encodeTlv(TAG.oid, Buffer.concat([Buffer.alloc(500_000, 0xff), Buffer.of(1)]));
    await expect(verified(encodeTlv(TAG.sequence, [oid, encodeTlv(0xa0, [])]))).rejects.toThrow("too long");
  });

  test("is refused at once where it holds millions of empty certificates, or of anything else", async () => {
    const many = new Uint8Array(Buffer.alloc(20_000_000, Buffer.of(TAG.sequence, 0)));
    const bomb = rebuild(await signedData(openssl), { certificates: () => [many] });
    await expect(verified(bomb)).rejects.toThrow("side by side");
    await expect(verified(encodeTlv(TAG.sequence, many))).rejects.toThrow("side by side");
  });

  test("with any byte changed is refused or not good, and never anything else", async () => {
    const der = await signedData(openssl, { attached: true });
    const honest = await verified(der, {}, null);
    expect(honest.verdict).toBe("incomplete");
    const unsigned = untouchable(der);
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const changed = Uint8Array.from(der);
        changed[position] = (changed[position] ?? 0) ^ change;
        const verdict = await verified(changed, {}, null).catch((error: unknown) => error);
        if (verdict instanceof SyntaxError) return true;
        if ((verdict as SignatureVerdict).verdict === "failed") return true;
        return unsigned.some(([from, to]) => position >= from && position < to);
      }),
      { numRuns: 300 },
    );
  });
});

/** Where a signature says the same twice, or carries what nobody relies on: the authority's certificate, versions, hashes. */
function untouchable(der: Uint8Array): [number, number][] {
  const authority = Buffer.from(openssl.der("authority"));
  const at = Buffer.from(der).indexOf(authority);
  const head = Buffer.from(der).indexOf(Buffer.from(encodeOid(OID.data)));
  return [[at, at + authority.length], [0, head], ...parameters(der)];
}

/** Version of the signer, and the NULL behind the algorithm. */
function parameters(der: Uint8Array): [number, number][] {
  const bytes = Buffer.from(der);
  const algorithm = Buffer.from(encodeOid("1.2.840.113549.1.1.11"));
  const found: [number, number][] = [];
  for (let at = bytes.indexOf(algorithm); at >= 0; at = bytes.indexOf(algorithm, at + 1)) {
    found.push([at + algorithm.length, at + algorithm.length + 2]);
  }
  const version = bytes.lastIndexOf(Buffer.of(0x02, 0x01, 0x01));
  return [...found, [version, version + 3]];
}
