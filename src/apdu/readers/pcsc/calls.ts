import type { MynakitError } from "../../../errors.ts";
import { type Sleep, within } from "../waiting.ts";

export interface NativeCall<T> {
  readonly begin: (done: (error: unknown, value: T) => void) => void;
  readonly limit: number;
  readonly late: () => MynakitError;
  readonly signal?: AbortSignal;
}

/**
 * Native calls as promises, each with a limit. A call cannot be taken back: one that went over its limit still runs, and
 * `process.exit` waits for it.
 */
export class NativeCalls {
  readonly #sleep: Sleep;
  #pending = 0;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  /** True while a call has not come back. */
  get stuck(): boolean {
    return this.#pending > 0;
  }

  /**
   * @param call what to begin (it calls `done` once), its limit in milliseconds, and the error of going over it
   * @throws the call's own error, `late`, or ERR_CANCELLED once the signal is aborted
   */
  run<T>(call: NativeCall<T>): Promise<T> {
    const work = new Promise<T>((resolve, reject) => {
      this.#pending++;
      call.begin((error, value) => {
        this.#pending--;
        if (error) reject(error);
        else resolve(value);
      });
    });
    const late = (): never => {
      throw call.late();
    };
    return within(call.limit, work, { ...call, sleep: this.#sleep, late });
  }
}
