import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { Session } from "../http/session.ts";
import { requireAccess } from "../mykey/access.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { currentIdOf } from "../points/applications.ts";
import { Refusal } from "../refusal.ts";
import type { WatchedStanding } from "../store/standing.ts";
import { cookieIn, setCookie } from "./cookies.ts";
import { tokenFor, visitorIn } from "./forgery.ts";
import { keepLanguage, languageOf } from "./language.ts";
import { continueSession, endSession } from "./sessions.ts";
import { type PageWords, wordsIn } from "./words.ts";

export interface PageParts extends MykeyParts {
  /** Where the platform is reached: what a page's address begins with. */
  readonly url: string;
  readonly standing: Pick<WatchedStanding, "current">;
}

/** Somebody who is logged in. */
export interface Member {
  readonly session: Session;
  /** The ID that the person has now, in use or suspended. */
  readonly mykeyId: string | undefined;
  /** Why the account cannot be used; undefined: it can. Its state and history can be seen in any case. */
  readonly blocked: Refusal | undefined;
}

/** What a page needs to know of the request that it answers. */
export interface Visit {
  readonly words: PageWords;
  /** The address of this page, with its query. */
  readonly path: string;
  readonly member: Member | undefined;
  /** True where a login has ended since the last page. */
  readonly ended: boolean;
  /** What every form of the page must bring back. */
  readonly formToken: string;
}

export interface PageEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Whether browsers come over HTTPS. */
    secure: boolean;
    visit: Visit;
    /** What a POST brought; its origin and token have been checked. */
    form: URLSearchParams;
  };
}

export type PageContext = Context<PageEnv>;

/** Finds out who asks, and in which language. */
export const visiting =
  (parts: PageParts): MiddlewareHandler<PageEnv> =>
  async (context, next) => {
    keepLanguage(context);
    const secret = cookieIn(context, "session");
    const member = secret === undefined ? undefined : await memberOf(secret, parts);
    const ended = secret !== undefined && member === undefined;
    if (ended) {
      await endSession(secret, parts.db);
      setCookie(context, "session", "");
    }
    const visitor = visitorIn(context, parts);
    context.set("visit", {
      ...strangersVisit(context),
      member,
      ended,
      formToken: tokenFor(visitor, member && secret),
    });
    await next();
  };

/** A visit of which nothing is known but the request: for a page that tells of a failure. */
export function strangersVisit(context: PageContext): Visit {
  const { pathname, search } = new URL(context.req.url);
  return {
    words: wordsIn[languageOf(context)],
    path: context.req.method === "GET" ? pathname + search : pathname,
    member: undefined,
    ended: false,
    formToken: "",
  };
}

async function memberOf(secret: string, parts: PageParts): Promise<Member | undefined> {
  const session = await continueSession(secret, parts);
  if (!session) return undefined;
  try {
    const blocked = await obstacle(session, parts);
    return { session, blocked, mykeyId: await currentIdOf(parts.db, session.person) };
  } catch (error) {
    if (error instanceof Refusal && error.body.reason === "session-expired") return undefined;
    throw error;
  }
}

/** @throws {Refusal} session-expired where the account has changed since the login */
async function obstacle(session: Session, parts: PageParts): Promise<Refusal | undefined> {
  await requireAccess(session, "history", parts);
  return requireAccess(session, "account", parts).then(
    () => undefined,
    (error) => {
      if (error instanceof Refusal && error.body.reason !== "session-expired") return error;
      throw error;
    },
  );
}
