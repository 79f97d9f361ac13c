const concealed = "[access token]";

/**
 * An OAuth access token. It cannot be printed: every conversion to text, JSON or an inspection of it shows
 * `[access token]`. Only what sends or stores it calls `reveal()`.
 */
export class AccessToken {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The token as the platform knows it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return concealed;
  }

  toJSON(): string {
    return concealed;
  }

  [Symbol.toPrimitive](): string {
    return concealed;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return concealed;
  }
}
