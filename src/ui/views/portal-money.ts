import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import type { Block, Cell } from "../layout.ts";
import { amount } from "./amount.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

export const portalLinks: View<"portal links"> = ({ links, changed, platform }, messages) => {
  const { portal } = messages;
  const rows = links.map(({ service, gets, identifier, linkedAt }): (Cell | string)[] => [
    service,
    portal.linkServices[service],
    linkedAt === null ? portal.notLinked : { text: portal.linked(japanTime(linkedAt)), style: "good" },
    messages.words.list(gets.map((topic) => portal.topics[topic])),
    identifier ?? "",
  ]);
  return [
    ...(changed ? [{ kind: "lines", lines: [{ text: portal.linkChanged[changed], style: "good" }] } as const] : []),
    { kind: "table", head: portal.linkHead, rows },
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};

export const portalPay: View<"portal pay"> = ({ demands, platform }, messages) => {
  const { portal } = messages;
  const rows = demands.map(({ id, kind, year, term, yen, due, paid }): (Cell | string)[] => [
    id,
    portal.demand(portal.demandKinds[kind], year, term),
    portal.yen(amount(yen)),
    due,
    paid ? { text: portal.paidWith(portal.means[paid.means], paid.receipt), style: "good" } : portal.notPaid,
  ]);
  const table: Block =
    rows.length === 0
      ? { kind: "lines", lines: [{ text: portal.nothingToPay }] }
      : { kind: "table", head: portal.demandHead, rows };
  return [
    { kind: "lines", lines: [{ text: portal.noMoney, style: "caution" }] },
    table,
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};
