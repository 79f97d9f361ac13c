import type { DataOf } from "../../commands/results.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import type { Block, Cell } from "../layout.ts";
import type { Style } from "../style.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

const styles: Readonly<Record<DataOf<"portal consents">["consents"][number]["state"], Style>> = {
  standing: "good",
  withdrawn: "caution",
  over: "muted",
};

export const portalConsents: View<"portal consents"> = ({ consents, withdrawn, platform }, messages) => {
  const { portal, words } = messages;
  const rows = consents.map(({ id, service, scopes, state, givenAt, until }): (Cell | string)[] => [
    id,
    service,
    words.list(scopes.map((scope) => portal.scopes[scope])),
    { text: portal.consentStates[state], style: styles[state] },
    japanTime(givenAt),
    japanTime(until),
  ]);
  const table: Block =
    rows.length === 0
      ? { kind: "lines", lines: [{ text: portal.noConsents }] }
      : { kind: "table", head: portal.consentHead, rows };
  return [
    ...(withdrawn === null
      ? []
      : [{ kind: "lines", lines: [{ text: portal.consentWithdrawn, style: "good" }] } as const]),
    table,
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};

export const portalFunctions: View<"portal functions"> = ({ asOf, functions }, { points, portal }) => [
  { kind: "fields", fields: [[points.asOf, asOf]] },
  {
    kind: "table",
    head: portal.functionHead,
    rows: functions.map(({ name, since, available, source }) => [
      portal.functions[name],
      since,
      { text: portal.functionAvailable[available ? "yes" : "no"], style: available ? "good" : "muted" },
      source,
    ]),
  },
];
