import type { DataOf } from "../../commands/results.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { historyBlocks } from "./mykey-account.ts";

export const sandboxAuditVerify: View<"sandbox audit verify"> = ({ database, lines, hash, problem }, { words }) => [
  {
    kind: "lines",
    lines: [
      problem
        ? { text: words.auditProblem(problem.kind, problem.sequence), style: "bad" }
        : { text: words.auditWhole, style: "good" },
    ],
  },
  {
    kind: "fields",
    fields: [
      [words.database, database],
      [words.auditLines, String(lines)],
      ...(hash === null ? [] : [[words.auditHash, hash] satisfies [string, string]]),
    ],
  },
  { kind: "lines", lines: [{ text: words.auditLimits }] },
];

const user = (data: DataOf<"sandbox user show">, messages: Messages): Block[] => [
  { kind: "fields", fields: [[messages.words.subjectId, data.person]] },
  ...historyBlocks(data, messages),
];

export const sandboxUserShow: View<"sandbox user show"> = user;

/** The same, below what was done. */
const changedUser =
  (verb: "suspend" | "lift") =>
  (data: DataOf<"sandbox user show">, messages: Messages): Block[] => {
    const { done, already } = messages.operator.user[verb];
    const outcome: Cell = data.changed ? { text: done, style: "good" } : { text: already, style: "muted" };
    return [{ kind: "lines", lines: [outcome] }, ...user(data, messages)];
  };

export const sandboxUserSuspend: View<"sandbox user suspend"> = changedUser("suspend");
export const sandboxUserLift: View<"sandbox user lift"> = changedUser("lift");
