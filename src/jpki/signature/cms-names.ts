import type { HashName } from "../sign.ts";

/** Object identifiers of CMS (RFC 5652, RFC 5035) and of its algorithms (RFC 5754, RFC 8017). */
export const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  rsaEncryption: "1.2.840.113549.1.1.1",
} as const;

/** The hashes that a signature may be made with. MD5 and SHA-1 are not among them: a second text can be found for those. */
export const hashOids: Readonly<Record<HashName, string>> = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};

/** RSASSA-PKCS1-v1_5 together with its hash. */
export const rsaOids: Readonly<Record<HashName, string>> = {
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};

/** Tags that depend on where they stand; those of SignedData and of SignerInfo are the same. */
export const CMS_TAG = {
  explicit: 0xa0,
  certificates: 0xa0,
  revocationLists: 0xa1,
  subjectKeyId: 0x80,
  signedAttributes: 0xa0,
  unsignedAttributes: 0xa1,
} as const;
