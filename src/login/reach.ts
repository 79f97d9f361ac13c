import { isError, MynakitError, type ReachStep } from "../errors.ts";

/** How long to wait before a platform is asked again, in milliseconds: at first, and the most; each failure doubles it. */
const pause = { least: 1000, most: 60_000 } as const;

export interface ReachOptions {
  /** Milliseconds from the first question on after which no other one is asked; 0: there is one only. */
  readonly patience: number;
  readonly now: () => Date;
  /** Rejects when the person has had enough. */
  sleep(milliseconds: number): Promise<void>;
  /** Told of a failure that may pass, and in how many milliseconds it is tried again. */
  readonly away: (error: MynakitError, milliseconds: number) => void;
}

export interface Reached<T> {
  readonly answer: T;
  /** How long the answer took. */
  readonly milliseconds: number;
  readonly attempts: number;
}

/**
 * Asks until there is an answer, more and more seldom, as long as what fails may pass and there is patience. Nothing that
 * touches a card may be asked in this way.
 * @throws {MynakitError} the last failure, with the step at which it happened; what `sleep` rejects with
 */
export async function reach<T>(ask: () => Promise<T>, options: ReachOptions): Promise<Reached<T>> {
  const { patience, now, sleep, away } = options;
  const milliseconds = (since: Date): number => Math.max(0, now().getTime() - since.getTime());
  const began = now();
  let wait: number = pause.least;
  for (let attempts = 1; ; attempts++) {
    const asked = now();
    try {
      const answer = await ask();
      return { answer, milliseconds: milliseconds(asked), attempts };
    } catch (error) {
      if (!(error instanceof MynakitError)) throw error;
      const step = stepOf(error);
      const failure = step ? error.atStep(step) : error;
      if (!error.retryable || milliseconds(began) + wait > patience) throw failure;
      away(failure, wait);
      await sleep(wait);
      wait = Math.min(wait * 2, pause.most);
    }
  }
}

/** Which of the steps it is that failed, as far as the error tells. */
function stepOf(error: MynakitError): ReachStep | undefined {
  if (isError(error, "ERR_NETWORK_UNREACHABLE"))
    return /^(ENOTFOUND|EAI_)/.test(error.details.reason) ? "resolve" : "connect";
  if (error.code === "ERR_NETWORK_TLS") return "tls";
  if (error.code === "ERR_NETWORK_TIMEOUT" || error.code === "ERR_PLATFORM_ANSWER") return "answer";
  if (!isError(error, "ERR_PLATFORM_REFUSED")) return undefined;
  return error.details.reason === "not-found" ? "answer" : "open";
}
