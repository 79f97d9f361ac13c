import type { Context } from "hono";
import type { Submission } from "../../portal/procedures/wire.ts";
import type { LinkChange } from "../../portal/wire/links.ts";
import type { UserChange, UserRegistration } from "../../portal/wire/user.ts";
import { Refusal } from "../refusal.ts";
import { bodyOf, flagIn, oneOfIn, textIn, textOrNullIn } from "./request.ts";

/** What requests bring to Mynaportal that more than one path takes. */

/** @throws {Refusal} request-malformed */
export async function registrationIn(context: Context): Promise<UserRegistration> {
  const nickname = await textIn(context, "nickname");
  return { ...userChangeIn(await bodyOf(context)), nickname };
}

/** @throws {Refusal} request-malformed */
export function userChangeIn(body: ReadonlyMap<string, unknown>): UserChange {
  const { nickname } = textOrNullIn(body, "nickname");
  if (nickname === null) throw new Refusal("request-malformed", "nickname is not a text");
  const others = { ...textOrNullIn(body, "email"), ...flagIn(body, "notify") };
  return nickname === undefined ? others : { nickname, ...others };
}

/** @throws {Refusal} request-malformed */
export const linkActionIn = (context: Context): Promise<LinkChange["action"]> =>
  oneOfIn(context, "action", ["connect", "remove"]);

/** @throws {Refusal} request-malformed */
export async function submissionIn(context: Context): Promise<Submission> {
  const attachments = (await bodyOf(context)).get("attachments");
  if (!Array.isArray(attachments)) throw new Refusal("request-malformed", "attachments is not a list");
  return {
    application: await textIn(context, "application"),
    signature: await textIn(context, "signature"),
    attachments: attachments.map((each: unknown) => {
      const { name, content } = (each ?? {}) as { name?: unknown; content?: unknown };
      if (typeof name === "string" && typeof content === "string") return { name, content };
      throw new Refusal("request-malformed", "an attachment is not an object with name and content");
    }),
  };
}
