import { Concealed } from "../concealed.ts";

/** An OAuth access token. It cannot be printed. Only what sends or stores it calls `reveal()`. */
export class AccessToken extends Concealed {
  readonly #value: string;

  constructor(value: string) {
    super("[access token]");
    this.#value = value;
  }

  /** The token as the platform knows it. */
  reveal(): string {
    return this.#value;
  }
}
