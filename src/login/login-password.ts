import { Concealed } from "../concealed.ts";

/** A password for a MyKey account. It cannot be printed. Only what sends it calls `reveal()`. */
export class LoginPassword extends Concealed {
  readonly #value: string;

  constructor(value: string) {
    super("[password]");
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }
}
