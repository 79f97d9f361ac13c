import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { JWKS } from "oidc-provider";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { authorizationRequests } from "../authorization/interactions.ts";
import { createProvider, type MakeErrorPage } from "../authorization/provider.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { platformClosed } from "../operator/closing.ts";
import { headersOf, type Refusal } from "../refusal.ts";
import { closureAt, type WatchedStanding } from "../store/standing.ts";
import { pageSegments } from "../web/paths.ts";
import type { PageEnv, PageParts } from "../web/visit.ts";
import { createApp, ownPaths } from "./app.ts";
import { clientAddress } from "./client-address.ts";
import type { Gate } from "./gate.ts";
import { type LogFailure, note, notesOf, requestId, requestIdHeader } from "./notes.ts";

/** First segments of the paths that answer while the platform is closed: those that ask after its health. Pages say it. */
const evenWhenClosed: ReadonlySet<string> = new Set(["health", "ready"]);
const pages: ReadonlySet<string> = new Set(pageSegments);

/** Of a request. */
interface Answered {
  /** Its name, as `X-Request-Id` in its answer. */
  readonly request: string;
  /** Empty where what came was no HTTP. */
  readonly method: string;
  /** The pattern of the path that answers; null: nothing is there, and what was asked for may be anything. */
  readonly route: string | null;
  readonly status: number;
  /** Where it came from; null: from this process. */
  readonly address: string | null;
}

/** What the platform tells whoever runs it. Holds no token, no assertion, no path or query that a stranger wrote. */
export type LogEntry =
  | (Answered & { readonly kind: "access"; readonly milliseconds: number })
  | (Answered & {
      /** A request that was answered no, once each, beside its `access`. */
      readonly kind: "refusal";
      /** A `RefusalReason`, a `PageProblem`, an error code of OAuth 2.0, or `status-404` and the like where there is neither. */
      readonly reason: string;
    })
  | {
      readonly kind: "failure";
      /** Null: it happened between requests. */
      readonly request: string | null;
      readonly error: unknown;
    };

export type Log = (entry: LogEntry) => void;

/** The status in the log where the client did not wait for its answer, as servers name it; nobody is sent it. */
const clientGone = 499;

/** Makes the pages for browsers; `log` is told of failures that they must not show. */
export type MakePages = (parts: PageParts, log: LogFailure) => Hono<PageEnv>;

/** What a server on the network has in front of the platform. */
export interface Front {
  readonly gate: Gate;
  /** Proxies that are believed. */
  readonly proxies: readonly string[];
  /** Milliseconds by the machine's clock, whatever time it is on the platform. */
  readonly now: () => number;
  /** Where browsers can come. */
  readonly makePages?: MakePages;
  readonly errorPage?: MakeErrorPage;
}

/** Everything that answers requests, under one issuer identifier. */
export function createListener(
  issuer: string,
  jwks: JWKS,
  parts: Omit<CardGrantParts, "audience"> & MykeyParts & { readonly standing: WatchedStanding },
  log: Log,
  { gate, proxies, now, makePages, errorPage }: Front = { gate: () => undefined, proxies: [], now: parts.now },
): RequestListener {
  const failed = (error: unknown, request: IncomingMessage) =>
    log({ kind: "failure", request: notesOf(request).id ?? null, error });
  const provider = createProvider(issuer, jwks, { ...parts, audience: issuer }, failed, errorPage);
  const authorizationServer = provider.callback();
  const authorization = authorizationRequests(provider, { ...parts, audience: issuer });
  const app = createApp(provider, parts, failed, makePages?.({ ...parts, url: issuer, authorization }, failed));
  const application = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const addressOf = clientAddress(proxies);
  const { standing } = parts;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, segment = ""] = (request.url ?? "/").split(/[/?]/);
    if (!evenWhenClosed.has(segment)) {
      // Where it cannot be read, the request shows that itself.
      await standing.lookAgain().catch((error) => failed(error, request));
      const closed = closureAt(standing.current(), parts.now());
      if (closed && !pages.has(segment)) return turnAway(request, response, platformClosed(closed), parts.now());
    }
    await (ownPaths.has(segment) ? application : authorizationServer)(request, response);
  };
  return (request, response) => {
    const start = now();
    const id = requestId(parts.random);
    const address = addressOf(request);
    note(request, { id, address });
    response.setHeader(requestIdHeader, id);
    response.once("close", () => {
      const { method = "" } = request;
      const status = response.writableFinished ? response.statusCode : clientGone;
      const unnamed = status < 400 || status === clientGone ? undefined : `status-${status}`;
      const { route = null, reason = unnamed } = notesOf(request);
      const answered = { request: id, method, route, status, address };
      log({ kind: "access", ...answered, milliseconds: Math.max(0, now() - start) });
      if (reason) log({ kind: "refusal", ...answered, reason });
    });
    const refusal = gate(request, address);
    if (refusal) return turnAway(request, response, refusal, parts.now());
    void serve(request, response);
  };
}

function turnAway(request: IncomingMessage, response: ServerResponse, refusal: Refusal, now: number): void {
  const { body, status } = refusal;
  note(request, { reason: body.reason });
  const text = JSON.stringify(body);
  const own = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headersOf(refusal, now), ...own }).end(text);
}
