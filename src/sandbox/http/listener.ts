import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { JWKS } from "oidc-provider";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { createProvider } from "../authorization/provider.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { createApp, ownPaths } from "./app.ts";

/** What the platform tells whoever runs it. Holds no token, no assertion, no query. */
export type LogEntry =
  | {
      readonly kind: "access";
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly milliseconds: number;
    }
  | { readonly kind: "failure"; readonly error: unknown };

export type Log = (entry: LogEntry) => void;

/** Everything that answers requests, under one issuer identifier. */
export function createListener(
  issuer: string,
  jwks: JWKS,
  parts: Omit<CardGrantParts, "audience"> & MykeyParts,
  log: Log,
): RequestListener {
  const failed = (error: unknown) => log({ kind: "failure", error });
  const provider = createProvider(issuer, jwks, { ...parts, audience: issuer }, failed);
  const authorizationServer = provider.callback();
  const application = getRequestListener(createApp(issuer, provider, parts, failed).fetch, {
    overrideGlobalObjects: false,
  });
  return (request, response) => {
    const [path = "/"] = (request.url ?? "/").split("?");
    const start = parts.now();
    response.once("finish", () => {
      const { method = "" } = request;
      log({ kind: "access", method, path, status: response.statusCode, milliseconds: parts.now() - start });
    });
    const [, segment = ""] = path.split("/");
    void (ownPaths.has(segment) ? application : authorizationServer)(request, response);
  };
}
