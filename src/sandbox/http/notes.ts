import type { IncomingMessage } from "node:http";

/** What is found out about a request while it is answered, for the log. */
export interface Notes {
  /** The pattern of the path that answers, e.g. `/portal/v1/me`: ours, with nothing in it that a stranger wrote. */
  readonly route?: string;
  /** Why it is refused: the `reason` of the answer, else its `error` (RFC 6749, 5.2). */
  readonly reason?: string;
}

const noted = new WeakMap<IncomingMessage, Notes>();

/** Adds to what is known of a request. */
export function note(request: IncomingMessage, notes: Notes): void {
  noted.set(request, { ...noted.get(request), ...notes });
}

export const notesOf = (request: IncomingMessage): Notes => noted.get(request) ?? {};
