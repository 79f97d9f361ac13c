import type { DataOf } from "../../commands/results.ts";
import { shownTime } from "../dates.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";

type Clients = DataOf<"sandbox client list">;

export const sandboxClients = ({ clients, database }: Clients, { operator, words }: Messages): Block[] => [
  ...(clients.length === 0 ? [{ kind: "lines" as const, lines: [{ text: operator.noClients }] }] : []),
  ...clients.map(({ id, name, redirectUris, scope, createdAt }) => ({
    kind: "fields" as const,
    title: name,
    fields: [
      [operator.client, { text: id, style: "strong" as const }] as const,
      [operator.scope, scope] as const,
      ...redirectUris.map((uri) => [operator.redirectUris, uri] as const),
      [operator.registeredAt, shownTime(createdAt)] as const,
    ],
  })),
  { kind: "fields", fields: [[words.database, database]] },
];

export const sandboxClientRemove: View<"sandbox client remove"> = (
  { id, sessionsEnded, database },
  { operator, words },
) => [
  { kind: "lines", lines: [{ text: operator.clientRemoved, style: "good" }] },
  {
    kind: "fields",
    fields: [
      [operator.client, id],
      [operator.sessionsEnded, String(sessionsEnded)],
      [words.database, database],
    ],
  },
];
