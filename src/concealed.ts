/**
 * A secret's type: every conversion to text or JSON, and every inspection, shows its label instead.
 * What it holds is the business of the subclass, in a private field.
 */
export abstract class Concealed {
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  toString(): string {
    return this.#label;
  }

  toJSON(): string {
    return this.#label;
  }

  [Symbol.toPrimitive](): string {
    return this.#label;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#label;
  }
}
