import fc from "fast-check";
import { expect, test } from "vitest";
import { furiganaOf, randomMykeyId } from "../../src/sandbox/mykey/identifier.ts";
import { readings, rules } from "../../src/sandbox/mykey/rules.ts";

test("an ID has eight characters of the alphabet, whatever chance gives", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (stream) => {
      const random = (length: number) => Uint8Array.from({ length }, () => stream.next().value as number);
      const id = randomMykeyId(random);
      expect(id).toHaveLength(8);
      expect([...id].filter((character) => !rules.idAlphabet.includes(character))).toEqual([]);
    }),
  );
});

test("every character of the alphabet is equally likely", () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const counts = new Map<string, number>();
  while (bytes.length > 0) {
    const id = randomMykeyId((length) => Uint8Array.from(bytes.splice(0, length)));
    for (const character of id) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(rules.idAlphabet.length);
  expect(new Set(counts.values()).size).toBe(1);
});

test("the alphabet has nothing that is easily mistaken, and a reading for each character", () => {
  expect(rules.idAlphabet).not.toMatch(/[IO01]/);
  expect([...rules.idAlphabet].filter((character) => !readings[character])).toEqual([]);
  expect(new Set(Object.values(readings)).size).toBe(36);
});

test("an ID is read aloud character by character [row 36]", () => {
  expect(furiganaOf("ABC2")).toBe("エー ビー シー ニ");
});
