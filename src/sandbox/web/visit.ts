import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { AuthorizationRequests } from "../authorization/interactions.ts";
import type { Session } from "../http/session.ts";
import type { NamedSession } from "../login/sessions.ts";
import { requireAccess } from "../mykey/access.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { currentIdOf } from "../points/applications.ts";
import { Refusal } from "../refusal.ts";
import type { WatchedStanding } from "../store/standing.ts";
import { type CookieName, cookieIn, setCookie } from "./cookies.ts";
import { tokenFor, visitorIn } from "./forgery.ts";
import { keepLanguage, languageOf } from "./language.ts";
import { pagePaths } from "./paths.ts";
import { continuePortalSession, endPortalSession } from "./portal/session.ts";
import { continueSession, endSession } from "./sessions.ts";
import { type PageWords, wordsIn } from "./words.ts";

export interface PageParts extends MykeyParts {
  /** Where the platform is reached: what a page's address begins with. */
  readonly url: string;
  readonly standing: Pick<WatchedStanding, "current">;
  /** What other services have sent browsers for. */
  readonly authorization: AuthorizationRequests;
}

/** Somebody who is logged in. */
export interface Member {
  readonly session: Session;
  /** The ID that the person has now, in use or suspended. */
  readonly mykeyId: string | undefined;
  /** Why the account cannot be used; undefined: it can. Its state and history can be seen in any case. */
  readonly blocked: Refusal | undefined;
}

/** Somebody who is logged in to Mynaportal. */
export interface Resident {
  readonly session: NamedSession;
  /** As registered (利用者登録); undefined: not yet. */
  readonly nickname: string | undefined;
}

/** What a page needs to know of the request that it answers. */
export interface Visit {
  readonly words: PageWords;
  /** Whose page it is: each has a login of its own. */
  readonly realm: "mykey" | "portal";
  /** The address of this page, with its query. */
  readonly path: string;
  /** Who is logged in at the MyKey Platform, on its pages. */
  readonly member: Member | undefined;
  /** Who is logged in at Mynaportal, on its pages. */
  readonly resident: Resident | undefined;
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

type LoggedIn = Pick<Visit, "member" | "resident">;

/** How the login of each realm is known: by which cookie, whose it is, and how it ends. */
const logins: Readonly<
  Record<
    Visit["realm"],
    {
      readonly cookie: CookieName;
      find(secret: string, parts: PageParts): Promise<Partial<LoggedIn>>;
      end(secret: string, parts: PageParts): Promise<void>;
    }
  >
> = {
  mykey: {
    cookie: "session",
    find: async (secret, parts) => ({ member: await memberOf(secret, parts) }),
    end: (secret, { db }) => endSession(secret, db),
  },
  portal: {
    cookie: "portal",
    find: async (secret, parts) => ({ resident: await residentOf(secret, parts) }),
    end: (secret, { db }) => endPortalSession(secret, db),
  },
};

/** Finds out who asks, and in which language. */
export const visiting =
  (parts: PageParts): MiddlewareHandler<PageEnv> =>
  async (context, next) => {
    keepLanguage(context);
    const visit = strangersVisit(context);
    const { cookie, find, end } = logins[visit.realm];
    const secret = cookieIn(context, cookie);
    const found = secret === undefined ? {} : await find(secret, parts);
    const known = found.member !== undefined || found.resident !== undefined;
    if (secret !== undefined && !known) {
      await end(secret, parts);
      setCookie(context, cookie, "");
    }
    const formToken = tokenFor(visitorIn(context, parts), known ? secret : undefined);
    context.set("visit", { ...visit, ...found, ended: secret !== undefined && !known, formToken });
    await next();
  };

/** A visit of which nothing is known but the request: for a page that tells of a failure. */
export function strangersVisit(context: PageContext): Visit {
  const { pathname, search } = new URL(context.req.url);
  return {
    words: wordsIn[languageOf(context)],
    realm: pathname.startsWith(pagePaths.top) ? "mykey" : "portal",
    path: context.req.method === "GET" ? pathname + search : pathname,
    member: undefined,
    resident: undefined,
    ended: false,
    formToken: "",
  };
}

async function memberOf(secret: string, parts: PageParts): Promise<Member | undefined> {
  const session = await continueSession(secret, parts);
  return session && unlessEnded(memberIn(session, parts));
}

async function memberIn(session: Session, parts: PageParts): Promise<Member> {
  const blocked = await obstacle(session, parts);
  return { session, blocked, mykeyId: await currentIdOf(parts.db, session.person) };
}

async function residentOf(secret: string, parts: PageParts): Promise<Resident | undefined> {
  const session = await continuePortalSession(secret, parts);
  return session && unlessEnded(residentIn(session, parts));
}

async function residentIn(session: NamedSession, parts: PageParts): Promise<Resident> {
  await requireAccess(session, "history", parts);
  const user = await parts.db
    .selectFrom("portal_user")
    .select("nickname")
    .where("person", "=", session.person)
    .executeTakeFirst();
  return { session, nickname: user?.nickname };
}

/** Nobody where the account has changed since the login. */
const unlessEnded = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    if (error instanceof Refusal && error.body.reason === "session-expired") return undefined;
    throw error;
  });

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
