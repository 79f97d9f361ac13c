import { createHash } from "node:crypto";

/** Bytes that follow from a seed and what they are for, at most 32: the same card has the same numbers everywhere. */
export function derivedBytes(seed: string, purpose: string, length: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(`${purpose}\0${seed}`).digest().subarray(0, length));
}

const decimal = "0123456789";
const alphanumeric = `${decimal}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const characters = (alphabet: string) => (seed: string, purpose: string, length: number) =>
  Array.from(derivedBytes(seed, purpose, length), (byte) => alphabet.charAt(byte % alphabet.length)).join("");

export const derivedDigits = characters(decimal);
export const derivedAlphanumerics = characters(alphanumeric);

/** A whole number from 0 to `below` − 1. */
export function derivedNumber(seed: string, purpose: string, below: number): number {
  return Buffer.from(derivedBytes(seed, purpose, 4)).readUInt32BE() % below;
}

/** Any number of bytes that follow from a seed and what they are for. */
export function derivedStream(seed: string, purpose: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) => derivedBytes(seed, `${purpose} ${at}`, 32));
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}
