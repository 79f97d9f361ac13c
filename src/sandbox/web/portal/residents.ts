import { portalPages } from "../paths.ts";
import type { PageContext, Resident } from "../visit.ts";
import { keeping } from "./ways.ts";

type Answer = Response | Promise<Response>;

/** A page for those who are logged in to Mynaportal; others are sent to the login, and come back from it. */
export const forResidents =
  (answer: (context: PageContext, resident: Resident) => Answer) =>
  (context: PageContext): Answer => {
    const { resident, ended } = context.var.visit;
    if (resident) return answer(context, resident);
    const next = context.req.method === "GET" ? context.req.path : undefined;
    return context.redirect(keeping(portalPages.login, { notice: ended ? "ended" : undefined, next }), 303);
  };
