import { sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { Authority } from "../../../src/jpki/certificate/chain.ts";
import { parseCertificate } from "../../../src/jpki/certificate/parse.ts";
import { digestOf, type HashName } from "../../../src/jpki/sign.ts";
import { createSignedData } from "../../../src/jpki/signature/cms.ts";
import type { TrustOptions } from "../../../src/jpki/signature/verdict.ts";
import { extensions, type Order, signAuthorityName, Workshop } from "./openssl.ts";

/** Within every validity that is not made to be out of it. */
export const now = new Date("2026-06-15T00:00:00Z");
export const text = new Uint8Array(Buffer.from("Text to be signed, 署名する文書\r\n"));

const period = { from: "20200101000000Z", to: "20991231235959Z" };
const authority: Order = { subject: signAuthorityName, key: "ours", extensions: extensions.authority, ...period };

export const holder: Order = {
  subject: "/C=JP/L=Mihon-ken/L=Mogi-shi/CN=20260101000000ABCDEFGHIJ0001",
  key: "holder",
  issuer: "authority",
  serial: "0A11",
  extensions: extensions.sign,
  ...period,
};

/** An authority, two generations of it with one name, and people with signing certificates and keys at hand. */
export function signerWorkshop(): Workshop {
  const openssl = new Workshop();
  openssl.key("ours", "others", "holder", "second");
  openssl.certificate("authority", authority);
  openssl.certificate("namesake", { ...authority, key: "others" });
  openssl.certificate("holder", holder);
  openssl.certificate("second", { ...holder, key: "second", serial: "0A12" });
  writeFileSync(openssl.file("text"), text);
  return openssl;
}

export const keyOf = (openssl: Workshop, name: string): string => readFileSync(openssl.file(`${name}.key`), "utf8");

export const trusting = (openssl: Workshop, ...names: string[]): Authority[] =>
  names.map((name) => ({ certificate: parseCertificate(openssl.der(name), "sign-ca"), source: "named" }));

export const trust = (openssl: Workshop, change: Partial<TrustOptions> = {}): TrustOptions => ({
  at: now,
  authorities: trusting(openssl, "namesake", "authority"),
  list: null,
  simulated: false,
  ...change,
});

interface Making {
  readonly certificate?: string;
  readonly key?: string;
  readonly hash?: HashName;
  readonly attached?: boolean;
  readonly content?: Uint8Array;
  readonly signingTime?: Date;
}

/** A signature as mynakit makes it, with the key of a file in place of a card's. */
export function signedData(openssl: Workshop, making: Making = {}): Promise<Uint8Array> {
  const { certificate = "holder", key = certificate, hash = "sha256", content = text } = making;
  return createSignedData({
    digest: digestOf(hash, content),
    ...(making.attached ? { content } : {}),
    certificates: [openssl.der(certificate), openssl.der("authority")],
    signingTime: making.signingTime ?? now,
    sign: async (bytes, name) => new Uint8Array(sign(name, bytes, keyOf(openssl, key))),
  });
}
