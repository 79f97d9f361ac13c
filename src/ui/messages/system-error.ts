/** A system error code found in `reason`, in words that `texts` has for it; the code stays for those who search for it. */
export function systemErrorText(texts: Readonly<Record<string, string>>, reason: string): string {
  const code = /\b(E[A-Z]{3,}|UND_ERR_SOCKET|bad port)\b/.exec(reason)?.[0] ?? "";
  return texts[code] ? `${texts[code]} (${code})` : reason;
}

/** Codes of OpenSSL that mean that nobody who is trusted signed the certificate. */
export const unknownIssuer =
  /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED_)/;

/** What OpenSSL says where the answer is no TLS, such as plain HTTP. */
export const noTls = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/;

/** Items one below the other, set in. */
export const listed = (items: readonly string[]): string => items.map((item) => `\n  ${item}`).join("");
