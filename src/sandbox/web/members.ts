import { Refusal } from "../refusal.ts";
import { pagePaths } from "./paths.ts";
import type { Member, PageContext } from "./visit.ts";
import { type LoginNotice, loginNotices } from "./words.ts";

type Answer = Response | Promise<Response>;

/** A page for those who are logged in; others are sent to the login, and told why. */
export const forMembers =
  (answer: (context: PageContext, member: Member) => Answer) =>
  (context: PageContext): Answer => {
    const { member, ended } = context.var.visit;
    if (member) return answer(context, member);
    return context.redirect(ended ? loginWith("ended") : pagePaths.login, 303);
  };

/** A page for those whose account can be used, with an ID. @throws {Refusal} why it cannot; no-mykey-id */
export const forUsers = (answer: (context: PageContext, member: Member & { readonly mykeyId: string }) => Answer) =>
  forMembers((context, { session, mykeyId, blocked }) => {
    if (blocked) throw blocked;
    if (mykeyId === undefined) throw new Refusal("no-mykey-id", "this person has no MyKey ID");
    return answer(context, { session, mykeyId, blocked });
  });

/** Where the login tells what has happened. */
export const loginWith = (notice: LoginNotice): string => `${pagePaths.login}?notice=${notice}`;

export const noticeIn = (context: PageContext): LoginNotice | undefined =>
  loginNotices.find((notice) => notice === context.req.query("notice"));
