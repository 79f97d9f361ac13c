import type { DataOf } from "../../commands/results.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";

type Entry = NonNullable<DataOf<"explain">["entries"]>[number];
type Explanation = NonNullable<DataOf<"explain">["explanation"]>;

export const explain: View<"explain"> = ({ entries, explanation }, messages) =>
  explanation ? explanationBlocks(explanation, messages) : listBlocks(entries ?? [], messages);

function listBlocks(entries: readonly Entry[], { words }: Messages): Block[] {
  // The codes of mynakit are many; who looks for one has seen it.
  const kinds = [...new Set(entries.map(({ kind }) => kind))].filter((kind) => kind !== "mynakit-code");
  return [
    ...kinds.map((kind): Block => {
      const fields = entries.filter((entry) => entry.kind === kind).map(({ id, title }) => [id, title] as const);
      return { kind: "fields", title: words.explanationKinds[kind], fields };
    }),
    { kind: "lines", lines: words.explainClosing.split("\n").map((text) => ({ text })) },
  ];
}

function explanationBlocks(explanation: Explanation, { words }: Messages): Block[] {
  const { id, title, paragraphs, sites = [], steps, cases, addresses, sources, exit, retryable } = explanation;
  const lines = (...texts: readonly (Cell | string)[]): Block => ({
    kind: "lines",
    lines: texts.map((text) => (typeof text === "string" ? { text } : text)),
  });
  const heading: Cell = { text: title === id ? id : `${id}: ${title}`, style: "heading" };
  return [
    lines(heading, ...paragraphs),
    ...(sites.length > 0 ? [siteTable(sites, words)] : []),
    ...(steps.length > 0 ? [lines(...steps.map((step, index) => `${index + 1}. ${step}`))] : []),
    ...cases.map(({ cause, remedy }) => lines(...cause.split("\n"), ...indented(remedy))),
    ...(retryable ? [lines(words.mayRetry)] : []),
    ...(addresses.length > 0 ? [lines({ text: words.officialAddresses, style: "label" }, ...addresses)] : []),
    ...(exit === null && sources.length === 0 ? [] : [footer(explanation, words)]),
  ];
}

const siteTable = (sites: NonNullable<Explanation["sites"]>, { siteHead }: Messages["words"]): Block => ({
  kind: "table",
  head: siteHead,
  rows: sites.map(({ name, purpose, address, seen, command }) => [
    name,
    purpose,
    address ?? "",
    seen ?? "",
    command ?? "",
  ]),
});

const indented = (remedy: string): string[] => (remedy === "" ? [] : remedy.split("\n").map((line) => `  ${line}`));

const footer = ({ exit, sources }: Explanation, words: Messages["words"]): Block => ({
  kind: "fields",
  fields: [
    ...(exit === null ? [] : [[words.exitCode, String(exit)] as const]),
    ...(sources.length > 0 ? [[words.sources, words.list(sources)] as const] : []),
  ],
});
