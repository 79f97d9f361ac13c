import { createHash, createPrivateKey, type KeyObject, randomBytes, randomInt, sign } from "node:crypto";
import type { CardSigner } from "../../../src/login/card-login.ts";
import type { AssertionClaims } from "../../../src/login/wire.ts";
import { readCertificate } from "../../../src/sandbox/certificate/certificate.ts";
import type { Anchor } from "../../../src/sandbox/certificate/check.ts";
import { authorityName } from "../../../src/simulator/authority-names.ts";
import { authorityKeys, holderKeys } from "../../../src/simulator/keys.ts";
import {
  booleanTrue,
  extension,
  keyUsage,
  type Name,
  objectIdentifier,
  sequence,
  signCertificate,
} from "../../../src/simulator/x509.ts";
import { newRsaKey } from "../../support/rsa-key.ts";

/** The moment at which the tests play. */
export const now = new Date("2026-11-22T03:00:00Z");
const hour = 60 * 60 * 1000;
const day = 24 * hour;

export const hoursBefore = (hours: number): Date => new Date(now.getTime() - hours * hour);

/** A card as the platform sees it: a certificate and something that signs. */
export interface TestCard {
  readonly certificate: Uint8Array;
  sign(message: Uint8Array | string): Uint8Array;
}

export interface CardOrder {
  readonly holder?: string;
  readonly serialNumber?: number;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Bits of key usage: 0 digitalSignature, 1 nonRepudiation. */
  readonly usage?: readonly number[];
  readonly policy?: string;
  readonly authority?: boolean;
  readonly issuer?: { readonly name: Name; readonly key: KeyObject };
}

const [holderKey = ""] = holderKeys;
const testPolicy = "1.2.392.200149.8.5.1.0.30";

/** The authority of the simulated cards, which sandboxes trust. */
export const simulatedAuthority = { name: authorityName("auth"), key: createPrivateKey(authorityKeys.auth[2023]) };

/** An authority of the same name that nobody trusts. */
export const impostor = {
  name: simulatedAuthority.name,
  key: newRsaKey(),
};

/** A card in order, except for what the order says. */
export function makeCard(order: CardOrder = {}): TestCard {
  const key = createPrivateKey(holderKey);
  const issuer = order.issuer ?? simulatedAuthority;
  const policies = sequence(sequence(objectIdentifier(order.policy ?? testPolicy)));
  const certificate = signCertificate(
    {
      serialNumber: order.serialNumber ?? randomInt(2, 2 ** 31),
      issuer: issuer.name,
      subject: [
        ["C", "JP"],
        ["CN", order.holder ?? randomBytes(12).toString("hex")],
      ],
      notBefore: order.notBefore ?? new Date(now.getTime() - 30 * day),
      notAfter: order.notAfter ?? new Date(now.getTime() + 300 * day),
      key,
      extensions: [
        keyUsage(...(order.usage ?? [0])),
        extension("2.5.29.32", policies, { critical: true }),
        ...(order.authority ? [extension("2.5.29.19", sequence(booleanTrue()), { critical: true })] : []),
      ],
    },
    issuer.key,
  );
  return { certificate, sign: (message) => new Uint8Array(sign("sha256", Buffer.from(message), key)) };
}

/** An authority outside the simulation, and its certificate as a sandbox would be told to trust it. */
export function makeForeignAuthority(notAfter = new Date(now.getTime() + 3000 * day)) {
  const name: Name = [
    ["C", "JP"],
    ["O", "Elsewhere"],
  ];
  const key = newRsaKey();
  const certificate = signCertificate(
    { serialNumber: 1, issuer: name, subject: name, notBefore: hoursBefore(90_000), notAfter, key, extensions: [] },
    key,
  );
  const anchor: Anchor = { certificate: readCertificate(certificate), simulated: false };
  return { issuer: { name, key }, anchor };
}

export const pinSent = { pinSent: true, triesBefore: 3, triesAfter: 3 } as const;

/** The card's part of a login. */
export const signerOf =
  (card: TestCard): CardSigner =>
  async (message) => ({ signature: card.sign(await message(card.certificate)), pin: pinSent });

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export interface Forgery {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** An assertion made by hand, in order except for what the forgery says. */
export function assertionOf(card: TestCard, audience: string, nonce: string, forgery: Forgery = {}): string {
  const thumbprint = createHash("sha256").update(card.certificate).digest("base64url");
  const iat = now.getTime() / 1000;
  const claims: AssertionClaims = {
    iss: thumbprint,
    sub: thumbprint,
    aud: audience,
    iat,
    exp: iat + 60,
    jti: randomBytes(16).toString("hex"),
    nonce,
  };
  const header = { alg: "RS256", x5c: [Buffer.from(card.certificate).toString("base64")] };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ ...header, ...forgery.header })}.${part({ ...claims, ...forgery.claims })}`;
  return `${input}.${Buffer.from(card.sign(input)).toString("base64url")}`;
}
