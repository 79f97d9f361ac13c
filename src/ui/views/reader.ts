import type { View } from "./index.ts";

export const readerList: View<"reader list"> = ({ readers }, { words }) =>
  readers.length === 0
    ? [{ kind: "lines", lines: [{ text: words.noReaders }] }]
    : [
        {
          kind: "table",
          head: [words.reader, words.card, "--reader"],
          rows: readers.map(({ name, uri, backend, card }) => [
            backend === "sim" ? `${name} (${words.simulated})` : name,
            card ? card.name : { text: words.noCard, style: "muted" },
            uri,
          ]),
        },
      ];
