/**
 * Whether a reader says that it carries extended-length APDUs (PC/SC part 10, 2.2 and 2.6.14): two control calls that do
 * not reach the card.
 */

/** CM_IOCTL_GET_FEATURE_REQUEST, before SCARD_CTL_CODE. */
export const getFeatureRequest = 3400;

const featureTlvProperties = 0x12;
const maxApduDataSize = 0x0a;
const extended = 0x10000;

/** The control code for the reader's properties, out of the list of its features; undefined where it has none. */
export function propertiesCode(features: Uint8Array): number | undefined {
  const value = property(features, featureTlvProperties);
  return value?.length === 4 ? Buffer.from(value).readUInt32BE() : undefined;
}

/** True only where the properties name a greatest data size of 64 KiB or more. */
export function saysExtendedLength(properties: Uint8Array): boolean {
  const value = property(properties, maxApduDataSize);
  return value?.length === 4 && Buffer.from(value).readUInt32LE() >= extended;
}

/** One-byte tags, one-byte lengths: not BER, in which tags such as 1F would be longer. */
function property(bytes: Uint8Array, tag: number): Uint8Array | undefined {
  for (let at = 0; at + 1 < bytes.length; ) {
    const end = at + 2 + (bytes[at + 1] ?? 0);
    if (bytes[at] === tag) return bytes.subarray(at + 2, end);
    at = end;
  }
  return undefined;
}
