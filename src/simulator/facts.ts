import { MynakitError } from "../errors.ts";
import { type CardImage, noFaults, orderable, soundSwitches } from "./image.ts";
import { leavesOf, splitSetting, unknownKey } from "./settings.ts";

/** What there is to say about a card, by the keys with which it is ordered, and more; values as an order writes them. */
export type Facts = ReadonlyMap<string, string>;

type Part = keyof typeof orderable;

/** @see Facts */
export function factsOf(image: CardImage): Facts {
  const { profile, seed, link, strict, verified, pins } = image;
  const counters = pins.flatMap(({ id, remaining, max, verifies, lastTryBurnt }) =>
    Object.entries({ remaining, max, verifies, lastTryBurnt }).map(([name, value]) => [`${id}.${name}`, text(value)]),
  );
  return new Map([
    ["profile", profile],
    ["seed", seed],
    ...counters,
    ["verifies", text(pins.reduce((sum, { verifies }) => sum + verifies, 0))],
    ["lastTryBurnt", text(pins.some(({ lastTryBurnt }) => lastTryBurnt))],
    ["verified", text(verified)],
    ["strict", text(strict !== null)],
    ["violations", text(strict?.violations.length ?? 0)],
    ["link", text(link)],
    ...leaves("faults", image.faults),
    ...(image.person ? [...leaves("switches", image.switches), ...leaves("person", image.person)] : []),
  ] as [string, string][]);
}

/** The switches and faults in which a card is not as a sound one, in the words of `Facts`. */
export function peculiarities(image: CardImage): Facts {
  const sound = new Map([...leaves("switches", soundSwitches), ...leaves("faults", noFaults)]);
  const own = [...(image.person ? leaves("switches", image.switches) : []), ...leaves("faults", image.faults)];
  return new Map(own.filter(([key, value]) => sound.get(key) !== value));
}

/** What came of one expectation. */
export interface Finding {
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
  readonly met: boolean;
}

/**
 * Holds expectations, each `KEY=VALUE`, against a card. A violation of its strictness is found whether asked for or not.
 * @throws {MynakitError} ERR_USAGE_SIM_SETTING on a key that this card does not know, or a value that it can never have;
 *   ERR_USAGE_ARGUMENT where nothing is expected, and the card is not strict
 */
export function examine(image: CardImage, expectations: readonly string[]): Finding[] {
  if (expectations.length === 0 && !image.strict) {
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "expectations", problem: "missing" });
  }
  const facts = factsOf(image);
  const keys = [...facts.keys()];
  const found = expectations.map((expectation) => {
    const [key, expected] = splitSetting(expectation);
    const actual = facts.get(key);
    if (actual === undefined || expected === undefined) throw unknownKey(key, keys);
    const form = formOf(key, actual, image);
    if (form && !form.allows(expected)) throw new MynakitError("ERR_USAGE_SIM_SETTING", { key, form: form.text, keys });
    return { key, expected, actual, met: expected === actual };
  });
  const violations = facts.get("violations") ?? "0";
  const known = found.some(({ key, met }) => key === "violations" && !met);
  if (violations === "0" || known) return found;
  return [...found, { key: "violations", expected: "0", actual: violations, met: false }];
}

interface Form {
  readonly text: string;
  allows(value: string): boolean;
}

const oneOf = (...values: readonly string[]): Form => ({
  text: values.join("|"),
  allows: (value) => values.includes(value),
});

/** What the value of a fact can be; null: any text. */
function formOf(key: string, actual: string, { pins }: CardImage): Form | null {
  if (key === "seed" || key.startsWith("person.")) return null;
  if (actual === "true" || actual === "false") return oneOf("true", "false");
  if (key === "verified") {
    const some = oneOf("none", ...pins.map(({ id }) => id));
    return { text: some.text, allows: (value) => value.split(",").every(some.allows) };
  }
  const counts = /(^|\.)(remaining|max|verifies|violations)$/.test(key);
  return counts ? { text: "N", allows: (value) => /^(0|[1-9]\d{0,8})$/.test(value) } : null;
}

function leaves(part: Part, object: unknown): [string, string][] {
  return leavesOf(orderable[part]).map(([path]) => {
    const value = path.reduce((at: unknown, name) => (at as Readonly<Record<string, unknown>>)[name], object);
    return [`${part === "person" ? "person." : ""}${path.join(".")}`, text(value)];
  });
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value)) return value.join(",") || "none";
  if (typeof value !== "object") return String(value);
  return Object.values(value).join(":");
}
