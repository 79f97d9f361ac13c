import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { tokenField } from "./forgery.ts";
import type { PageWords } from "./words.ts";

/** A piece of a page. Only `html` makes one, and it escapes all that is not one itself. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Fields that a form brings back unseen. `key` names the change, so that sending it twice does it once. */
export const hidden = ({ token, key }: { readonly token: string; readonly key?: string }): Markup =>
  html`<input type="hidden" name="${tokenField}" value="${token}">${
    key === undefined ? "" : html`<input type="hidden" name="key" value="${key}">`
  }`;

export type Cell = string | Markup | { readonly amount: string };

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A table that scrolls where it is wider than the page; what is scrolled can be reached by keyboard. */
export function table({ caption, head, rows }: Table, words: PageWords): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${words.frame.scrolled(caption)}"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cellAt)}</tr>`)}</tbody>
</table></div>`;
}

function cellAt(cell: Cell, at: number): Markup {
  if (typeof cell === "object" && "amount" in cell) return html`<td class="amount">${cell.amount}</td>`;
  return at === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`;
}

/** Facts by name. */
export const facts = (entries: readonly (readonly [name: string, value: string | Markup])[]): Markup =>
  html`<dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

/** A command to be typed or copied. Its options are not broken at their hyphens. */
export const commandLine = (command: string): Markup =>
  html`<pre lang="en"><code>${command
    .split(/( )/)
    .map((word) => (word.startsWith("--") ? html`<span class="option">${word}</span>` : word))}</code></pre>`;

/** Something that was done or that has happened. */
export const notice = (text: string): Markup => html`<div class="notice" role="status"><p>${text}</p></div>`;

/** Something that is not as it should be, and what to do. */
export const problem = ({ title, text }: { readonly title: string; readonly text: string }): Markup =>
  html`<section class="problem" aria-labelledby="problem"><h2 id="problem">${title}</h2><p>${text}</p></section>`;

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password";
  readonly value?: string;
  /** What a browser may fill in (HTML, "autofill detail tokens"). */
  readonly autocomplete: string;
  /** What is wrong with what was entered. */
  readonly wrong?: string | undefined;
  readonly required?: boolean;
  readonly longest: number;
}

/** A labelled field; hint and error belong to it for those who hear the page. */
export function field({ name, label, hint, type = "text", value = "", wrong, ...rest }: Field): Markup {
  return html`<div class="field"><label for="${name}">${label}</label>
${hintIn(name, hint)}${wrongIn(name, wrong)}
<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="${rest.longest}"
 autocomplete="${rest.autocomplete}" autocapitalize="none" spellcheck="false"${rest.required ? html` required` : ""}${
   wrong ? html` aria-invalid="true"` : ""
 }${describedBy(name, { hint, wrong })}></div>`;
}

/** A box to tick. */
export function checkbox({
  name,
  label,
  hint,
  wrong,
  checked,
}: Pick<Field, "name" | "label" | "hint" | "wrong"> & { checked: boolean }) {
  return html`<div class="field check">${wrongIn(name, wrong)}
<input id="${name}" name="${name}" type="checkbox" value="on"${checked ? html` checked` : ""}${
    wrong ? html` aria-invalid="true"` : ""
  }${describedBy(name, { hint, wrong })}><label for="${name}">${label}</label>${hintIn(name, hint)}</div>`;
}

function describedBy(name: string, { hint, wrong }: Record<"hint" | "wrong", string | undefined>): Markup | "" {
  const described = [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(" ");
  return described === "" ? "" : html` aria-describedby="${described}"`;
}

const hintIn = (name: string, hint: string | undefined) => hint && html`<p class="hint" id="${name}-hint">${hint}</p>`;

const wrongIn = (name: string, wrong: string | undefined) =>
  wrong && html`<p class="wrong" id="${name}-wrong">${wrong}</p>`;

/** What is wrong with a form, first of all and with the way to each field. */
export function errorSummary(
  errors: readonly (readonly [name: string, wrong: string | undefined])[],
  words: PageWords,
): Markup | "" {
  const wrong = errors.filter(([, text]) => text !== undefined);
  if (wrong.length === 0) return "";
  return html`<section class="problem" role="alert" aria-labelledby="problem"><h2 id="problem">${words.form.summary}</h2>
<ul>${wrong.map(([name, text]) => html`<li><a href="#${name}">${text}</a></li>`)}</ul></section>`;
}
