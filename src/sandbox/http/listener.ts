import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { JWKS } from "oidc-provider";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { createProvider } from "../authorization/provider.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { platformClosed } from "../operator/closing.ts";
import { headersOf, type Refusal } from "../refusal.ts";
import type { WatchedStanding } from "../store/standing.ts";
import { createApp, ownPaths } from "./app.ts";
import { note, notesOf } from "./notes.ts";

/** First segments of the paths that answer while the platform is closed: those that ask after its health. */
const evenWhenClosed: ReadonlySet<string> = new Set(["health"]);

/** What the platform tells whoever runs it. Holds no token, no assertion, no query. */
export type LogEntry =
  | {
      readonly kind: "access";
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly milliseconds: number;
    }
  | {
      /** A request that was answered no, once each, beside its `access`. */
      readonly kind: "refusal";
      /** A `RefusalReason`, an error code of OAuth 2.0, or `status-404` and the like where there is neither. */
      readonly reason: string;
      readonly method: string;
      /** The pattern of the path that refused; null: nothing is there, and what was asked for may be anything. */
      readonly route: string | null;
      readonly status: number;
      /** Where it came from; null: from this process. */
      readonly address: string | null;
    }
  | { readonly kind: "failure"; readonly error: unknown };

export type Log = (entry: LogEntry) => void;

/** Everything that answers requests, under one issuer identifier. */
export function createListener(
  issuer: string,
  jwks: JWKS,
  parts: Omit<CardGrantParts, "audience"> & MykeyParts & { readonly standing: WatchedStanding },
  log: Log,
): RequestListener {
  const failed = (error: unknown) => log({ kind: "failure", error });
  const provider = createProvider(issuer, jwks, { ...parts, audience: issuer }, failed);
  const authorizationServer = provider.callback();
  const application = getRequestListener(createApp(provider, parts, failed).fetch, { overrideGlobalObjects: false });
  const { standing } = parts;
  const serve = async (request: IncomingMessage, response: ServerResponse, segment: string): Promise<void> => {
    // Where it cannot be read, the request shows that itself.
    await standing.lookAgain().catch(failed);
    const { closed } = standing.current();
    if (closed && !evenWhenClosed.has(segment)) return refuse(request, response, platformClosed(closed), parts.now());
    await (ownPaths.has(segment) ? application : authorizationServer)(request, response);
  };
  return (request, response) => {
    const [path = "/"] = (request.url ?? "/").split("?");
    const start = parts.now();
    const address = request.socket.remoteAddress ?? null;
    response.once("finish", () => {
      const { method = "" } = request;
      const { statusCode: status } = response;
      log({ kind: "access", method, path, status, milliseconds: parts.now() - start });
      const { route = null, reason = status < 400 ? undefined : `status-${status}` } = notesOf(request);
      if (reason) log({ kind: "refusal", reason, method, route, status, address });
    });
    const [, segment = ""] = path.split("/");
    void serve(request, response, segment);
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal, now: number): void {
  const { status, body } = refusal;
  note(request, { reason: body.reason });
  response
    .writeHead(status, { "content-type": "application/json", ...headersOf(refusal, now) })
    .end(JSON.stringify(body));
}
