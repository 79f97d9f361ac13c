import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jpki, testCard, text, verify } from "./cards.ts";

type Step =
  | { readonly do: "query" | "right" | "wrong"; readonly pin: "auth" | "sign" | "text" }
  | { readonly do: "power" | "reset" | "jpki" | "text" };

const pins = {
  auth: { application: jpki, p2: "98", right: "1234", max: 3 },
  sign: { application: jpki, p2: "9B", right: "TEST1234", max: 5 },
  text: { application: text, p2: "91", right: "5678", max: 3 },
} as const;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom("query", "right", "wrong"), pin: fc.constantFrom("auth", "sign", "text") }),
    fc.record({ do: fc.constantFrom("power", "reset", "jpki", "text") }),
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 },
);

/** What a person with the specification in hand expects; it knows nothing of the card's parts. */
function modelOfCard() {
  const left: Record<string, number> = { auth: 3, sign: 5, text: 3 };
  const counter = (pin: string) => `63C${left[pin]}`;
  return {
    left,
    answer(step: { do: string; pin: keyof typeof pins }): string {
      if (step.do === "query") return counter(step.pin);
      if (left[step.pin] === 0) return "6984";
      left[step.pin] = step.do === "right" ? pins[step.pin].max : (left[step.pin] ?? 0) - 1;
      return step.do === "right" ? "9000" : counter(step.pin);
    },
  };
}

describe("any sequence of commands", () => {
  test("moves the counters as the model says, and every event is in the record", () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { card, send, events, image } = testCard();
        const model = modelOfCard();
        let verifies = 0;
        for (const step of sequence) {
          if (step.do === "power") {
            card.powerOff();
            card.powerOn();
          } else if (step.do === "reset") card.reset();
          else if (!("pin" in step)) send(step.do === "jpki" ? jpki : text);
          else {
            const { application, p2, right } = pins[step.pin];
            send(application);
            const before = model.left[step.pin];
            const command = {
              query: `002000${p2}`,
              right: verify(right, p2),
              wrong: verify("0".repeat(right.length), p2),
            }[step.do];
            expect(send(command)).toBe(model.answer(step));
            if (step.do === "query") continue;
            verifies += 1;
            const matched = step.do === "right" && before !== 0;
            expect(events.at(-1)).toEqual({
              command: "verify",
              reference: step.pin,
              before,
              after: model.left[step.pin],
              matched,
            });
          }
        }
        expect(events.length).toBe(verifies);
        for (const { id, remaining } of image.pins) if (id in pins) expect(remaining).toBe(model.left[id]);
      }),
    );
  });

  test("gets an answer with a status word, whatever the bytes", () => {
    const { send } = testCard();
    const bytes = fc.uint8Array({ maxLength: 300 });
    const likely = fc
      .tuple(
        fc.constantFrom(0x00, 0x80, 0x10),
        fc.constantFrom(0xa4, 0x20, 0x24, 0x2a, 0x32, 0x84, 0x88, 0xae, 0xb0, 0xb2, 0xca),
        fc.constantFrom(0, 1, 2, 4, 0x88),
        fc.integer({ min: 0, max: 255 }),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([cla, ins, p1, p2, body]) => Uint8Array.of(cla, ins, p1, p2, ...body));
    fc.assert(
      fc.property(fc.oneof(bytes, likely), (command) => {
        expect(send(Buffer.from(command).toString("hex"))).toMatch(/(9000|6[0-9A-F]{3})$/);
      }),
      { numRuns: 500 },
    );
  });
});
