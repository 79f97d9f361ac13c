import type { Hono } from "hono";
import { html } from "hono/html";
import type { Profile, ProfileChange } from "../../../mykey/wire.ts";
import { passwordRules, setPassword } from "../../mykey/password.ts";
import { changeProfile, problemIn, profileOf } from "../../mykey/profile.ts";
import { Refusal } from "../../refusal.ts";
import { setCookie } from "../cookies.ts";
import { keyIn } from "../form.ts";
import { layout } from "../layout.ts";
import { checkbox, errorSummary, field, hidden, type Markup, notice } from "../markup.ts";
import { forUsers, loginWith } from "../members.ts";
import { pagePaths } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";

/** What a person can change here: settings and, with the card, the password. */
export function settingsPages(app: Hono<PageEnv>, parts: PageParts): void {
  const { db } = parts;
  const byCard = (answer: Parameters<typeof forUsers>[0]) =>
    forUsers((context, member) => {
      if (member.session.method === "card") return answer(context, member);
      throw new Refusal("card-required", "a password is set after a login with the card");
    });

  app.get(
    pagePaths.profile,
    forUsers(async (context, { session }) => {
      const profile = await profileOf(db, session.person);
      const saved = context.req.query("notice") === "saved";
      return context.html(profilePage(context.var.visit, { profile, saved, key: newSecret(parts) }));
    }),
  );
  app.post(
    pagePaths.profile,
    forUsers(async (context, { session }) => {
      const { visit, form } = context.var;
      const change = changeIn(form);
      const profile: Profile = { sandbox: true, ...change };
      const wrong = problemIn(profile);
      const key = keyIn(context);
      if (wrong) return context.html(profilePage(visit, { profile, wrong, key }), 422);
      await changeProfile(session, { change, idempotencyKey: key }, parts);
      return context.redirect(`${pagePaths.profile}?notice=saved`, 303);
    }),
  );

  app.get(
    pagePaths.password,
    byCard((context) => context.html(passwordPage(context.var.visit, { key: newSecret(parts) }))),
  );
  app.post(
    pagePaths.password,
    byCard(async (context, { session }) => {
      const { visit, form } = context.var;
      const password = form.get("password") ?? "";
      const key = keyIn(context);
      if (password !== form.get("again")) return context.html(passwordPage(visit, { key, wrong: "differ" }), 422);
      try {
        await setPassword(session, { password, idempotencyKey: key }, parts);
      } catch (error) {
        if (!(error instanceof Refusal && error.body.reason === "password-malformed")) throw error;
        return context.html(passwordPage(visit, { key, wrong: "malformed" }), 422);
      }
      setCookie(context, "session", "");
      return context.redirect(loginWith("password-changed"), 303);
    }),
  );
}

/** All three settings; an empty field is none. */
function changeIn(form: URLSearchParams): Required<ProfileChange> {
  const text = (name: string) => (form.get(name) ?? "").normalize("NFKC").trim() || null;
  return { email: text("email"), notify: form.has("notify"), pointsMunicipality: text("pointsMunicipality") };
}

interface ProfileForm {
  readonly profile: Profile;
  readonly key: string;
  readonly saved?: boolean;
  readonly wrong?: ReturnType<typeof problemIn>;
}

function profilePage(visit: Visit, { profile, key, saved = false, wrong }: ProfileForm): Markup {
  const { words, formToken } = visit;
  const { profile: text } = words;
  const wrongWith = (name: NonNullable<typeof wrong>) => (name === wrong ? text.problems[name] : undefined);
  const email = {
    name: "email",
    label: words.form.optional(text.email),
    type: "email" as const,
    value: profile.email ?? "",
    wrong: wrongWith("email"),
    autocomplete: "email",
    longest: 254,
  };
  const municipality = {
    name: "pointsMunicipality",
    label: words.form.optional(text.municipality),
    hint: text.municipalityForm,
    value: profile.pointsMunicipality ?? "",
    wrong: wrongWith("pointsMunicipality"),
    autocomplete: "off",
    longest: 6,
  };
  const body = html`${saved && notice(text.saved)}${wrong && errorSummary([[wrong, text.problems[wrong]]], words)}
<form method="post" action="${pagePaths.profile}" novalidate>${hidden({ token: formToken, key })}
${field(email)}${checkbox({ name: "notify", label: text.notify, wrong: wrongWith("notify"), checked: profile.notify })}
${field(municipality)}<button>${text.submit}</button></form>`;
  return layout(visit, { title: text.title, body, failed: wrong !== undefined });
}

function passwordPage(visit: Visit, { key, wrong }: { readonly key: string; readonly wrong?: "differ" | "malformed" }) {
  const { words, formToken } = visit;
  const { password: text } = words;
  const { shortest, longest } = passwordRules;
  const secret = { type: "password" as const, autocomplete: "new-password", longest, required: true };
  const malformed = wrong === "malformed" ? text.malformed(shortest, longest) : undefined;
  const differ = wrong === "differ" ? text.differ : undefined;
  const summary = errorSummary(
    [
      ["password", malformed],
      ["again", differ],
    ],
    words,
  );
  const fresh = {
    ...secret,
    name: "password",
    label: text.fresh,
    hint: text.form(shortest, longest),
    wrong: malformed,
  };
  const again = { ...secret, name: "again", label: text.again, wrong: differ };
  const body = html`${summary}<p>${text.after}</p>
<form method="post" action="${pagePaths.password}" novalidate>${hidden({ token: formToken, key })}
${field(fresh)}${field(again)}<button>${text.submit}</button></form>`;
  return layout(visit, { title: text.title, body, failed: wrong !== undefined });
}
