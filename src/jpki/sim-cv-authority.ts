/**
 * The authority of the card-verifiable certificates in simulated cards: a trust anchor for these alone. Its private key is
 * gone. Made once by scripts/make-sim-cv-keys.ts.
 */
export const simCvAuthority = {
  /** What its certificates name as the issuer's key, 16 bytes in hexadecimal: as on real cards, but for the first digit, 9. */
  keyId: "39303030303230080530303100000000",
  /** RSA-2048, PEM (SubjectPublicKeyInfo). */
  publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu7tKs3XXqoyY5HSATV+G
QAzpjOQR57HRRnzn2Zp3/zD6nlJVpJTAUjKzQkkLImvVe/xDFk7DnL/F5cdd18Nx
AoyAGM6IMN90u56fT8/YoFSy//dQdCwCYoAALyhIYNhsZebbljnSsHFxINudFYQH
fubOsgK0oxrj5NKeEM7eScdp6qHnU5K4NQleUtBuVSyyeWCyMtKFaWQMnNQkNCjZ
mfpEwSP5uz5pWzRvJBR8b3GnPQHUXKq5AYZ+QLz2v+VCxnk937QNFgA+X/QGXhVE
+023owwhpKKbFIaM1k9jc4zV8zxJie5MCx/e8ICEiG3O3aCNx8EPBH/YjjJ6g0Uk
KQIDAQAB
-----END PUBLIC KEY-----
`,
} as const;
