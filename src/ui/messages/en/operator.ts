import { shownSpan } from "../../dates.ts";
import type { Messages } from "../messages.ts";

export const operator: Messages["operator"] = {
  user: {
    suspend: { done: "The account is suspended, and its sessions have ended.", already: "It was suspended already." },
    lift: { done: "The suspension is lifted.", already: "It was not suspended." },
  },
  time: "Platform's time",
  ahead: (seconds) =>
    seconds === 0
      ? "the same as this computer's"
      : `${shownSpan(Math.abs(seconds), [" d", " h", " min", " s"])} ${seconds > 0 ? "ahead of" : "behind"} this computer's`,
  movedAt: "Last moved at",
  limit: "Reservations",
  published: "as published",
  taken: "Taken",
  left: "Left",
  open: "The platform is open.",
  closed: "The platform is closed for maintenance.",
  today: "Today, for the platform",
  source: "the operator of this platform",
  setByOperator: "set by the operator",
  since: (day) => `the operator, on ${day}`,
  untilClosed: "until the operator closes it",
  closesAt: "Closes at",
  until: "Open again, probably",
  accounts: "Accounts",
  auditLines: "Lines of the audit log",
  digest: "SHA-256",
  client: "Client ID",
  clientName: "Name",
  redirectUris: "Answers go to",
  scope: "May ask for",
  registeredAt: "Registered at",
  noClients: "No client is registered.",
  clientRemoved: "The client is removed.",
  sessionsEnded: "Sessions ended",
};
