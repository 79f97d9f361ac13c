import * as v from "valibot";
import { MynakitError } from "../errors.ts";
import type { SimGeneration } from "../login/sim-authorities.ts";
import { noFaults, orderable, soundSwitches } from "./image.ts";
import { isLink, links } from "./link.ts";
import { referencesOf, triesOf } from "./pins.ts";
import type { Profile } from "./profile.ts";

/** One thing in which a card can be ordered to differ from its profile. */
interface Setting {
  /** What its value looks like: `0..3`, `true|false`, `TEXT`. */
  readonly form: string;
  /** The profile with the value, or undefined where that is of another form. */
  change(profile: Profile, value: string): Profile | undefined;
}

type Settings = ReadonlyMap<string, Setting>;

/**
 * A profile with settings applied, in their order, each `KEY=VALUE`. PINs are not among them: they are never on a command line,
 * and `pin change` sets them.
 * @throws {MynakitError} ERR_USAGE_SIM_SETTING, with the keys that there are, but never with a value
 */
export function ordered(profile: Profile, settings: readonly string[]): Profile {
  return settings.reduce((changed, setting) => {
    const [key, value] = splitSetting(setting);
    const known = settingsOf(profile);
    const found = known.get(key);
    if (!found) throw unknownKey(key, [...known.keys()]);
    const result = value === undefined ? undefined : found.change(changed, value);
    if (result) return result;
    throw new MynakitError("ERR_USAGE_SIM_SETTING", { key, form: found.form, keys: [...known.keys()] });
  }, profile);
}

/** The key, and the value where there is an equals sign. */
export function splitSetting(setting: string): [key: string, value: string | undefined] {
  const at = setting.indexOf("=");
  return at < 0 ? [setting, undefined] : [setting.slice(0, at), setting.slice(at + 1)];
}

/** A key is repeated only where it looks like one: it may be a PIN in the wrong place. */
export function unknownKey(key: string, keys: readonly string[]): MynakitError {
  const shown = /^[a-z][A-Za-z.-]*$/.test(key) ? key : "…";
  return new MynakitError("ERR_USAGE_SIM_SETTING", { key: shown, form: null, keys: [...keys] });
}

/** What can be set on cards of a profile, with the form of each value. */
export function settingsOf(profile: Profile): Settings {
  const { person } = profile;
  const always = [
    ...inObject("", orderable.faults, {
      read: ({ faults }) => ({ ...noFaults, ...faults }),
      write: (before, faults) => ({ ...before, faults }),
    }),
    ...general,
  ];
  if (!person) return new Map(always);
  const ofPerson = inObject("person.", orderable.person, {
    read: (before) => before.person ?? person,
    write: (before, changed) => ({ ...before, person: withoutStaleName(before, changed) }),
  });
  const ofSwitches = inObject("", orderable.switches, {
    read: ({ switches }) => ({ ...soundSwitches, ...switches }),
    write: (before, switches) => ({ ...before, switches }),
  });
  return new Map([...counters(profile), ...ofPerson, ...always, ...ofSwitches, ...certificates]);
}

/** A name that was written for another one does not stay in the certificate. */
function withoutStaleName(before: Profile, person: NonNullable<Profile["person"]>): NonNullable<Profile["person"]> {
  const { certificateName, ...rest } = person;
  return before.person?.name === person.name ? person : rest;
}

const counters = (profile: Profile): [string, Setting][] =>
  referencesOf(profile).map((reference) => {
    const most = triesOf(reference);
    return [
      `${reference.id}.remaining`,
      {
        form: `0..${most}`,
        change: (before, value) =>
          isWithin(value, 0, most)
            ? { ...before, remaining: { ...before.remaining, [reference.id]: Number(value) } }
            : undefined,
      },
    ];
  });

const isWithin = (text: string, least: number, most: number): boolean =>
  /^-?\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most;

const century = 100 * 365 * 24;
const generations: readonly SimGeneration[] = [2015, 2019, 2023];

const certificates: [string, Setting][] = [
  [
    "certificates.generation",
    {
      form: generations.join("|"),
      change(profile, value) {
        const generation = generations.find((each) => String(each) === value);
        return generation && { ...profile, generation };
      },
    },
  ],
  [
    "certificates.issuedHoursAgo",
    {
      form: "N",
      change: (profile, value) =>
        isWithin(value, -century, century) ? { ...profile, issuedHoursAgo: Number(value) } : undefined,
    },
  ],
];

const general: [string, Setting][] = [
  ["link", { form: links.join("|"), change: (profile, link) => (isLink(link) ? { ...profile, link } : undefined) }],
  [
    "strict",
    {
      form: "true|false",
      change: (profile, value) =>
        value === "true" || value === "false" ? { ...profile, strict: value === "true" } : undefined,
    },
  ],
];

type Schema = v.GenericSchema<unknown, unknown>;
type ObjectSchema = Schema & { readonly entries: Readonly<Record<string, Schema>> };

/** The leaves of an object's schema: their names within it, and their schemas. */
export function leavesOf(schema: ObjectSchema): [path: readonly string[], schema: Schema][] {
  return Object.entries(schema.entries).flatMap(([name, each]) =>
    isObject(each)
      ? leavesOf(each).map(([path, leaf]): [string[], Schema] => [[name, ...path], leaf])
      : [[[name], each] satisfies [string[], Schema]],
  );
}

const isObject = (schema: Schema): schema is ObjectSchema => schema.type === "strict_object";

/** A setting for each leaf of an object in the profile: whatever the schema takes can be set. */
function inObject<S extends ObjectSchema>(
  prefix: string,
  schema: S,
  place: {
    read(profile: Profile): v.InferOutput<S>;
    write(profile: Profile, value: v.InferOutput<S>): Profile;
  },
): [string, Setting][] {
  return leavesOf(schema).map(([path, leaf]) => [
    `${prefix}${path.join(".")}`,
    {
      form: formOf(leaf),
      change(profile, text) {
        for (const reading of readingsOf(text)) {
          const result = v.safeParse(schema, withLeaf(place.read(profile), path, reading));
          if (result.success) return place.write(profile, result.output);
        }
        return undefined;
      },
    },
  ]);
}

function withLeaf(object: unknown, [name = "", ...rest]: readonly string[], value: unknown): unknown {
  const fields = object as Readonly<Record<string, unknown>>;
  return { ...fields, [name]: rest.length === 0 ? value : withLeaf(fields[name], rest, value) };
}

/** What a text may stand for, the text itself last. */
function readingsOf(text: string): unknown[] {
  const words: Readonly<Record<string, unknown>> = { true: true, false: false, none: null };
  const [, command, sw] = /^(\d{1,9}):(\w{4})$/.exec(text) ?? [];
  return [
    ...(Object.hasOwn(words, text) ? [words[text]] : []),
    ...(/^\d{1,9}$/.test(text) ? [Number(text)] : []),
    ...(command && sw ? [{ command: Number(command), sw: sw.toUpperCase() }] : []),
    text,
    text.toUpperCase(),
  ];
}

type Shape = Schema & Readonly<{ options?: readonly unknown[]; wrapped?: Schema }>;

/** `N` a number, `SW` a status word, `TEXT` any line. */
function formOf(schema: Schema): string {
  const title = v.getTitle(schema);
  if (title) return title;
  const { type, options = [], wrapped } = schema as Shape;
  if (type === "picklist") return options.join("|");
  if (type === "union") return options.map((option) => formOf(option as Schema)).join("|");
  if (type === "boolean") return "true|false";
  if (type === "number") return "N";
  if (!wrapped) return "TEXT";
  return type === "nullable" ? `${formOf(wrapped)}|none` : formOf(wrapped);
}
