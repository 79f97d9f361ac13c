import type { Hono } from "hono";
import { html } from "hono/html";
import { dayFor } from "../../../jpki/certificate/japanese-date.ts";
import { longestNickname, type PortalUser, type Registrations } from "../../../portal/wire/user.ts";
import { changeUser, problemIn, register, userOf } from "../../portal/user.ts";
import { keyIn } from "../form.ts";
import { layout } from "../layout.ts";
import { checkbox, errorSummary, facts, field, hidden, type Markup, notice } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Resident, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";
import { keeping } from "./ways.ts";

interface Entry {
  readonly nickname: string;
  readonly email: string | null;
  readonly notify: boolean;
}

/** Registration with Mynaportal (利用者登録), the first time and later. */
export function profilePages(app: Hono<PageEnv>, parts: PageParts): void {
  const userIn = async ({ session, nickname }: Resident) =>
    nickname === undefined ? undefined : userOf(parts.db, session.person, parts.now());
  app.get(
    portalPages.profile,
    forResidents(async (context, resident) => {
      const known = await userIn(resident);
      const saved = context.req.query("notice") === "saved";
      const entry = known ?? { nickname: "", email: null, notify: false };
      return context.html(profilePage(context.var.visit, { entry, known, saved, key: newSecret(parts) }));
    }),
  );
  app.post(
    portalPages.profile,
    forResidents(async (context, resident) => {
      const { visit, form } = context.var;
      const text = (name: string) => (form.get(name) ?? "").trim();
      const email = text("email").normalize("NFKC") || null;
      const entry = { nickname: text("nickname"), email, notify: form.has("notify") };
      const [key, wrong] = [keyIn(context), problemIn(entry)];
      if (wrong) return context.html(profilePage(visit, { entry, known: await userIn(resident), wrong, key }), 422);
      await (form.has("first") ? register : changeUser)(resident.session, { entry, idempotencyKey: key }, parts);
      return context.redirect(keeping(portalPages.profile, { notice: "saved" }), 303);
    }),
  );
}

interface ProfileForm {
  readonly entry: Entry;
  /** As it stands; undefined: not yet. */
  readonly known: PortalUser | undefined;
  readonly key: string;
  readonly saved?: boolean;
  readonly wrong?: ReturnType<typeof problemIn>;
}

function profilePage(visit: Visit, { entry, known, key, saved = false, wrong }: ProfileForm): Markup {
  const { words, formToken } = visit;
  const { profile: text } = words.portal;
  // The form says so itself: sent twice, it must be taken for the same.
  const first = visit.resident?.nickname === undefined;
  const wrongWith = (name: NonNullable<typeof wrong>) => (name === wrong ? text.problems[name] : undefined);
  const nickname = {
    name: "nickname",
    label: text.nickname,
    hint: text.nicknameForm(longestNickname),
    value: entry.nickname,
    wrong: wrongWith("nickname"),
    autocomplete: "nickname",
    longest: 2 * longestNickname,
    required: true,
  };
  const email = {
    name: "email",
    label: words.form.optional(text.email),
    hint: text.noMail,
    type: "email" as const,
    value: entry.email ?? "",
    wrong: wrongWith("email"),
    autocomplete: "email",
    longest: 254,
  };
  const body = html`${saved && notice(text.saved)}${wrong && errorSummary([[wrong, text.problems[wrong]]], words)}
${first && html`<p>${text.first}</p>`}
<form method="post" action="${portalPages.profile}" novalidate>${hidden({ token: formToken, key })}
${first && html`<input type="hidden" name="first" value="on">`}${field(nickname)}${field(email)}
${checkbox({ name: "notify", label: text.notify, wrong: wrongWith("notify"), checked: entry.notify })}
<button>${text.submit}</button></form>${known && registrationsPart(visit, known.registrations)}`;
  return layout(visit, { title: text.title, body, failed: wrong !== undefined });
}

/** What else can be registered with Mynaportal, as it stands. */
function registrationsPart({ words }: Visit, { insuranceCard, publicAccount }: Registrations): Markup {
  const { names, profile } = words.portal;
  const { registrations } = names;
  const since = (day: string | null) =>
    day === null ? registrations.none : registrations.since(dayFor(words.language, day));
  return html`<h2>${profile.registrations}</h2>
${facts([
  [registrations.insuranceCard, since(insuranceCard)],
  [registrations.publicAccount, since(publicAccount)],
])}
<p>${registrations.synthetic}</p>`;
}
