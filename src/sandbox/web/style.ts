/**
 * The one style sheet, served as a file of its own: the pages allow no other. Every pair of colours has a contrast of
 * 4.5 to 1 or more (WCAG 2.2, 1.4.3), what is to be pressed is 44 pixels high (2.5.5), and nothing needs a width of
 * more than 320 pixels (1.4.10) but tables, which scroll by themselves.
 */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1b1b1f; --quiet: #4f5361; --line: #767a86; --link: #0b4fa8;
  --button: #0b4fa8; --on-button: #ffffff; --banner: #ffe08a; --on-banner: #2b2000;
  --bad: #a3140f; --good: #12602f; --panel: #f3f5f9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161a; --text: #ececf1; --quiet: #b9bdc9; --line: #8d92a0; --link: #9cc4ff;
    --button: #9cc4ff; --on-button: #0b1a30; --banner: #5a4500; --on-banner: #ffedb3;
    --bad: #ffb4ab; --good: #8fdcaa; --panel: #1f232b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text); line-height: 1.7;
  font-family: system-ui, "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 0; top: 0; padding: 0.6rem 1rem; background: var(--ground); z-index: 1; }
.sandbox { background: var(--banner); color: var(--on-banner); padding: 0.5rem 1rem; }
.sandbox p { margin: 0; }
.bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: center; padding: 0.5rem 1rem; }
.bar .service { font-weight: bold; margin-inline-end: auto; }
.bar a, nav a { display: inline-block; padding: 0.5rem 0; min-height: 44px; }
.bar p { margin: 0; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.pages { padding: 0 1rem; border-block: 1px solid var(--line); }
nav [aria-current] { font-weight: bold; text-decoration-thickness: 3px; }
main { padding: 1rem; max-width: 60rem; margin-inline: auto; }
footer { padding: 1rem; color: var(--quiet); border-top: 1px solid var(--line); }
h1 { line-height: 1.3; }
dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: 0.4rem 1.5rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
.id { font-family: ui-monospace, monospace; font-size: 1.6rem; letter-spacing: 0.15em; }
.bar .id, td .id, th .id { font-size: 1rem; letter-spacing: 0.1em; }
/* A shadow at each edge behind which there is more: what is there is covered at the table's own edges. */
.scroll {
  overflow-x: auto; margin-block: 1rem;
  background:
    linear-gradient(to right, var(--ground) 40%, transparent) left / 2rem 100% no-repeat local,
    linear-gradient(to left, var(--ground) 40%, transparent) right / 2rem 100% no-repeat local,
    linear-gradient(to right, var(--line), transparent) left / 0.5rem 100% no-repeat scroll,
    linear-gradient(to left, var(--line), transparent) right / 0.5rem 100% no-repeat scroll;
}
table { border-collapse: collapse; min-width: 100%; }
caption { text-align: start; font-weight: bold; padding-block: 0.4rem; }
th, td {
  border: 1px solid var(--line); padding: 0.4rem 0.7rem; text-align: start; min-width: 5.5rem;
  overflow-wrap: normal; word-break: normal; word-break: auto-phrase;
}
td time { display: inline-block; min-width: 6rem; }
td ul { margin: 0; padding-inline-start: 1.2rem; }
th { background: var(--panel); }
.amount { text-align: end; font-variant-numeric: tabular-nums; }
pre { background: var(--panel); padding: 0.7rem 1rem; white-space: pre-wrap; }
.option { display: inline-block; }
.field { margin-block: 1.2rem; }
.field label { display: block; font-weight: bold; }
.field .hint, .field .wrong { margin: 0; }
.hint { color: var(--quiet); }
.wrong { color: var(--bad); font-weight: bold; }
input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
input:not([type=checkbox]) { width: 100%; max-width: 28rem; min-height: 44px; padding: 0.4rem 0.6rem; }
input[aria-invalid=true] { border: 2px solid var(--bad); }
.field.check { display: flex; flex-wrap: wrap; gap: 0 0.7rem; align-items: center; }
.field.check .wrong, .field.check .hint { flex-basis: 100%; }
.check input { width: 1.6rem; height: 1.6rem; }
.check label { font-weight: normal; padding-block: 0.5rem; }
button {
  font: inherit; min-height: 44px; padding: 0.4rem 1.4rem; cursor: pointer;
  color: var(--on-button); background: var(--button); border: 2px solid var(--button); border-radius: 4px;
}
form + form { margin-block-start: 1rem; }
button.plain { color: var(--link); background: transparent; border-color: currentcolor; }
a.button {
  display: inline-block; min-height: 44px; padding: 0.4rem 1.4rem; text-decoration: none;
  color: var(--on-button); background: var(--button); border: 2px solid var(--button); border-radius: 4px;
}
.qr { width: min(100%, 18rem); background: #ffffff; }
.qr svg { display: block; shape-rendering: crispEdges; }
.address { font-family: ui-monospace, monospace; }
.notice, .problem { border-inline-start: 6px solid var(--good); background: var(--panel); padding: 0.7rem 1rem; }
.problem { border-color: var(--bad); }
.notice p, .problem p, .problem h2 { margin: 0; }
.problem h2 { font-size: 1.1rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-block-end: 0.8rem; }
  .bar .service { flex-basis: 100%; }
}
@media print { .pages, .skip, form, footer { display: none; } }
`;
