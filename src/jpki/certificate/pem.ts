/** What a file of certificates, revocation lists or signatures holds (RFC 7468; OpenSSL's names for them). */
export type PemLabel = "CERTIFICATE" | "X509 CRL" | "CMS" | "PKCS7";

const boundary = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END ([A-Z0-9 ]+)-----/g;

/**
 * The DER of everything with one of these labels in a PEM file, or of the whole file where it is not PEM. Text between the
 * blocks and blocks of other labels are passed over, as RFC 7468, 2 and 5.2 allow.
 * @throws {SyntaxError} where there is no such block, or one is broken
 */
export function derBlocks(
  content: Uint8Array,
  ...labels: readonly [PemLabel, ...PemLabel[]]
): [Uint8Array, ...Uint8Array[]] {
  const text = Buffer.from(content).toString("latin1");
  if (!text.includes("-----BEGIN ")) return [content];
  const [first, ...more] = [...text.matchAll(boundary)]
    .filter(([, begin, , end]) => begin === end && labels.some((label) => begin === label))
    .map(([, , base64 = ""]) => decodeBase64(base64));
  if (!first) throw new SyntaxError(`there is no ${labels[0]} in it`);
  return [first, ...more];
}

/** The DER as a PEM file holds it, in lines of 64 characters. */
export function pemBlock(der: Uint8Array, label: PemLabel): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** Node's decoder passes over what is not base64. */
function decodeBase64(text: string): Uint8Array {
  const characters = text.replace(/\s/g, "");
  const bytes = Buffer.from(characters, "base64");
  if (bytes.toString("base64") !== characters) throw new SyntaxError("its base64 is broken");
  return new Uint8Array(bytes);
}
