import type { View } from "./index.ts";

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
