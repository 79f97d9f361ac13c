import * as v from "valibot";

/** A body of the protocol: its schema, and one that is valid. */
export interface Component {
  readonly schema: v.GenericSchema;
  readonly example: unknown;
}

type Plain<T> = T extends readonly (infer Each)[]
  ? Plain<Each>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Plain<T[Name]> }
    : T;

type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2
    ? unknown
    : "the schema is not that of the wire type";

/** A component whose schema the compiler holds against the type that client and server share. */
export const component =
  <Wire>() =>
  <Schema extends v.GenericSchema>(schema: Schema & Same<v.InferOutput<Schema>, Wire>, example: Wire): Component => ({
    schema,
    example,
  });

export const text = (description: string) => v.pipe(v.string(), v.description(description));
export const matching = (pattern: RegExp, description: string) =>
  v.pipe(v.string(), v.regex(pattern), v.description(description));
/** RFC 3339, to the second, in UTC. */
export const moment = (description: string) => v.pipe(v.string(), v.isoTimestamp(), v.description(description));
/** A day in Japan. */
export const day = (description: string) => matching(/^\d{4}-\d\d-\d\d$/, description);
export const whole = (description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.description(description));
export const flag = (description: string) => v.pipe(v.boolean(), v.description(description));

/** Stands in every answer: nobody takes it for one of a real platform. */
export const sandbox = flag("True: the answer is a sandbox's, not a real platform's.");
export const mykeyId = matching(/^[A-HJ-NP-Z2-9]{8}$/, "Eight characters without I, O, 0 and 1.");
export const furigana = text("The ID as it is read aloud, in katakana.");
export const serialNumber = matching(/^([0-9A-F]{2})+$/, "The certificate's serial number in upper-case hexadecimal.");
