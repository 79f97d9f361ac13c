import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { Host } from "../../host.ts";
import { requestOf } from "./request.ts";

/** What is found out about a request while it is answered, for the log. */
export interface Notes {
  /** Names it in the log and, as `X-Request-Id`, in its answer. */
  readonly id?: string;
  /** Where it came from; null: from this process. */
  readonly address?: string | null;
  /** The pattern of the path that answers, e.g. `/portal/v1/me`: ours, with nothing in it that a stranger wrote. */
  readonly route?: string;
  /** Why it is refused: the `reason` of the answer, else its `error` (RFC 6749, 5.2). */
  readonly reason?: string;
}

/** The header field with a request's name. */
export const requestIdHeader = "X-Request-Id";

/** A name for a request. */
export const requestId = (random: Host["random"]): string => Buffer.from(random(8)).toString("hex");

/** Tells of a failure while a request was answered, which the answer must not show. */
export type LogFailure = (failure: unknown, request: IncomingMessage) => void;

const noted = new WeakMap<IncomingMessage, Notes>();

/** Adds to what is known of a request. */
export function note(request: IncomingMessage, notes: Notes): void {
  noted.set(request, { ...noted.get(request), ...notes });
}

/** Notes which of our routes answers: not what stands before several of them. */
export function noteRoute(context: Context): void {
  const route = matchedRoutes(context).findLast(({ path }) => !path.endsWith("*"))?.path;
  if (route !== undefined) note(requestOf(context), { route });
}

export const notesOf = (request: IncomingMessage): Notes => noted.get(request) ?? {};
