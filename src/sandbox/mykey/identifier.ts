import { readings, rules } from "./rules.ts";

/** A random MyKey ID: every one of the alphabet's characters is equally likely. */
export function randomMykeyId(random: (length: number) => Uint8Array): string {
  const { idAlphabet, idLength } = rules;
  // Bytes past the last whole run of the alphabet would make its first characters likelier.
  const limit = 256 - (256 % idAlphabet.length);
  let id = "";
  while (id.length < idLength) {
    for (const byte of random(idLength - id.length)) {
      if (byte < limit) id += idAlphabet.charAt(byte % idAlphabet.length);
    }
  }
  return id;
}

/** How an ID is read aloud, character by character. */
export function furiganaOf(mykeyId: string): string {
  return [...mykeyId].map((character) => readings[character] ?? character).join(" ");
}

/** Whether a text could be a MyKey ID. */
export function isMykeyId(text: string): boolean {
  const { idAlphabet, idLength } = rules;
  return text.length === idLength && [...text].every((character) => idAlphabet.includes(character));
}
