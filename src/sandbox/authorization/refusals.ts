import type { Provider } from "oidc-provider";
import { note } from "../http/notes.ts";
import { Refusal } from "../refusal.ts";

/** Notes why the authorization server refuses a request, and answers where it has no answer, as for unknown paths. */
export function noteRefusals(provider: Provider): void {
  provider.use(async (context, next) => {
    await next();
    const route: unknown = context._matchedRoute;
    if (typeof route === "string") note(context.req, { route });
    if (context.status < 400) return;
    if (!context.body) {
      const { status, body } = new Refusal("not-found", "nothing is here");
      Object.assign(context, { status, body });
    }
    const reason = reasonIn(context.body);
    if (reason) note(context.req, { reason });
  });
  // What goes back to the client's own address is no error by its status.
  provider.on("authorization.error", ({ req }, { error }) => note(req, { reason: error }));
}

function reasonIn(body: unknown): string | undefined {
  const { reason, error } = Object(body) as { reason?: unknown; error?: unknown };
  return [reason, error].find((text) => typeof text === "string");
}
